/* What the fuzz targets of picket_flow.h share: a small flow, so that its tables are full soon, and
 * beside it one that replays the log. A broken promise aborts. */
#ifndef PICKET_FUZZ_FLOW_H
#define PICKET_FUZZ_FLOW_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <picket_flow.h>

#define PROMISE(condition, what)                                   \
  do {                                                             \
    if (!(condition)) broken(__FILE__, __LINE__, #condition, what); \
  } while (0)
__attribute__((noreturn)) void broken(const char *file, int line, const char *condition,
                                      const char *what);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Two flows in blocks of their exact size; the time goes on by what an input says. */
typedef struct world {
  picket_flow *flow, *again;
  uint64_t now;
  size_t told;            /* events in all */
  picket_flow_event last; /* of them */
} world;

void open_world(world *w);
void close_world(world *w);

/* Takes all events, and holds each to the promises: it can be logged, the log gives the same event
 * and the same bits, and every column of the record is within its range. */
void drain(world *w);

/* An input's head: a kind, how much time passes, and the bytes behind it, in a block of their exact
 * size that the caller frees; null behind the last. */
typedef struct piece {
  uint8_t kind;
  uint8_t *bytes;
  size_t size;
} piece;
int next_piece(world *w, const uint8_t **data, size_t *size, piece *p);

#endif
