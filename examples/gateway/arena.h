/* All memory of a run, taken at the start: nothing is allocated later, so nothing can fail later. */
#ifndef PICKETD_ARENA_H
#define PICKETD_ARENA_H

#include <stddef.h>

#include "message.h"

struct arena {
  unsigned char *start;
  size_t used;
  size_t size;
};

/* Takes size bytes of zeros from the system: pages that are never touched cost no memory. */
int arena_open(struct arena *arena, size_t size, struct error *error);

/* The next size bytes, on a 64-byte boundary; NULL if there are fewer left. */
void *arena_take(struct arena *arena, size_t size);

/* What arena_take(size) uses up at most. */
size_t arena_cost(size_t size);

/* Gives the pages of a block back to the system; they read as zeros afterwards. */
void arena_forget(void *block, size_t size);

#endif
