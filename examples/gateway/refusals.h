/* Says why connections get no score, where somebody can do something about it: at the first, and then
 * once an hour as long as there are more. */
#ifndef PICKETD_REFUSALS_H
#define PICKETD_REFUSALS_H

#include "counts.h"

struct refusals {
  uint64_t said[COUNTS_REFUSALS];    /* the counts when it was said */
  uint64_t next_ns[COUNTS_REFUSALS]; /* by the monotonic clock: not before; 0: never said */
};

/* Call it every second or so. */
void refusals_say(struct refusals *refusals, const struct counts *counts);

#endif
