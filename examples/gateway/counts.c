#include "counts.h"

#include <string.h>

#include "columns.h"

const double counts_bounds[COUNTS_BUCKETS - 1] = {0.0001, 0.001, 0.01, 0.05, 0.1,
                                                  0.25,   0.5,   0.75, 0.9};

void counts_add(struct counts *counts, double p_value) {
  size_t bucket = 0;
  while (bucket < COUNTS_BUCKETS - 1 && p_value > counts_bounds[bucket]) bucket++;
  counts->buckets[bucket]++;
  counts->p_values += p_value;
  counts->scored++;
}

void counts_refuse(struct counts *counts, const char *reason) {
  for (size_t i = 0; i < COUNTS_REFUSALS; i++) {
    const char *name = column_refusal_name(i);
    if (!name) return;
    if (strcmp(name, reason) == 0) counts->refused[i]++;
  }
}
