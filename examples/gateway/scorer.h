/* Scores connections that ended and tells alerts: the model in use and the outputs. */
#ifndef PICKETD_SCORER_H
#define PICKETD_SCORER_H

#include "append.h"
#include "arena.h"
#include "cooldown.h"
#include "counts.h"
#include "hook.h"
#include "journal.h"
#include "model.h"

struct scorer {
  struct config *config;   /* its [alert], [[host]] and model.path change at a reload */
  uint64_t specification;  /* hash of what the flow's columns mean */
  struct model models[2];  /* the one in use, and the place for the next */
  struct model *model;
  void *scratch;           /* PICKET_EXPLAIN_SCRATCH_MAX bytes, enough for scoring too */
  picket_drift drift;
  int has_drift;           /* 0: the model's table has too few points */
  struct cooldown cooldown;
  struct counts counts;
  struct append_file alerts;
  struct hook hook;
  struct journal journal;
};

/* Bytes of arena that a scorer takes. */
size_t scorer_memory(const struct config *config);

/* Opens the model and the outputs. */
int scorer_open(struct scorer *scorer, struct config *config, struct arena *arena,
                uint64_t specification, struct error *error);

/* Takes a connection that ended, or PICKET_FLOW_OPEN one that goes on, which is counted in alerts
 * alone. `now_ns` is the records' time. */
void scorer_take(struct scorer *scorer, const picket_flow_event *event, const float *record,
                 uint64_t now_ns);

/* Counts a connection that gets no score, by one of column_refusal_name. */
void scorer_pass(struct scorer *scorer, const picket_flow_event *event, const char *reason);

/* Reads a new configuration's model, budgets and hosts, checks them, and takes them into use: all or
 * nothing. On failure everything stays as it was. */
int scorer_reload(struct scorer *scorer, const struct config *config, struct error *error);

/* Whether two configurations differ in what a reload does not change. */
int scorer_needs_restart(const struct config *old_config, const struct config *new_config);

#endif
