/* The counters as a text file for Prometheus: for the node exporter's textfile collector. */
#ifndef PICKETD_METRICS_H
#define PICKETD_METRICS_H

#include "append.h"
#include "cooldown.h"
#include "counts.h"
#include "engine.h"
#include "hook.h"
#include "journal.h"
#include "model.h"
#include "source.h"

/* What there is to tell; what is NULL is left out. */
struct metrics {
  const struct counts *counts;
  const struct engine *engine;
  const struct source *source;
  const struct model *model;
  const picket_drift *drift; /* NULL also if the model's table is too small for one */
  const struct cooldown *cooldown;
  const struct append_file *log, *alerts;
  const struct hook *hook;
  const struct journal *journal;
};

/* Writes the file anew: beside it, synchronised, and renamed over it, so that a reader sees the old
 * one or the new one. Returns 0, or -1 with *error. */
int metrics_write(const struct metrics *metrics, const char *path, struct error *error);

/* The same at intervals: what is wrong is said once, until it has worked again. */
void metrics_keep(const struct metrics *metrics, const char *path);

#endif
