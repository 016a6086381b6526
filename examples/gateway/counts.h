/* What was counted since the start: what metrics.c writes out. */
#ifndef PICKETD_COUNTS_H
#define PICKETD_COUNTS_H

#include <stdint.h>

enum { COUNTS_REFUSALS = 8, COUNTS_BUCKETS = 10 };

struct counts {
  uint64_t connections;  /* that ended */
  uint64_t looked;       /* times that one was looked at while it was open */
  uint64_t scored;
  uint64_t refused[COUNTS_REFUSALS]; /* not scored, by column_refusal_name */
  uint64_t excluded;     /* scored above the threshold, but of a host that is excluded */
  uint64_t alerts;       /* scored above the threshold, and not excluded */
  uint64_t told;         /* of these, alerts that were written */
  uint64_t unknown, out_of_range; /* scored, with a category or a number that training had not */
  uint64_t buckets[COUNTS_BUCKETS]; /* scored, by p-value: see counts_bounds */
  double p_values;       /* their sum */
  uint64_t scoring_ns;   /* spent on scoring */
  uint64_t reloads, reload_failures;
};

/* Upper ends of the buckets but the last. The p-value is the score on a scale that all models share:
 * of normal traffic, a share of 0.01 falls at or below 0.01. */
extern const double counts_bounds[COUNTS_BUCKETS - 1];

/* Counts one score by its p-value. */
void counts_add(struct counts *counts, double p_value);

/* Counts a connection without a score; `reason` is one of column_refusal_name. */
void counts_refuse(struct counts *counts, const char *reason);

#endif
