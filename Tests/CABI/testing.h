/* What the tests of the C library share: golden models in memory, guard pages, random numbers.
 * The tests see include/picket.h and the archive, and nothing else of the library. */
#ifndef PICKET_TESTING_H
#define PICKET_TESTING_H

#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <picket.h>

#include "../Shared/expect.h"
#include "../Shared/models.h"

/* gcc and clang say differently that AddressSanitizer is on. */
#if defined __SANITIZE_ADDRESS__
#define WITH_ADDRESS_SANITIZER 1
#elif defined __has_feature
#if __has_feature(address_sanitizer)
#define WITH_ADDRESS_SANITIZER 1
#endif
#endif

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- Golden models ---- */

typedef struct expected {
  int32_t status;
  double score, p_value;
  uint32_t flags;
} expected;

typedef struct golden {
  char name[64];
  const char *folder;
  int native; /* written in this machine's byte order, and open */
  unsigned char *bytes;
  size_t size;
  picket_model model;
  size_t fields, records;
  float *record; /* records rows of fields floats */
  expected *want;
} golden;

extern golden goldens[128];
extern size_t golden_count;

/* The bytes of a golden model, aligned, and `extra` zeros behind them; for free(). */
unsigned char *copy_of(const golden *g, size_t extra);

/* Reads every golden model; the group's setup. */
int load_goldens(void **state);
int free_goldens(void **state);
golden *golden_named(const char *name);
const float *record_at(const golden *g, size_t index);

/* ---- Files ---- */

/* A whole file, on a 64-byte boundary, with `extra` more bytes of room; null if there is none. */
unsigned char *read_file(const char *folder, const char *name, size_t extra, size_t *size);

/* ---- Memory whose ends trap ---- */

typedef struct guarded {
  unsigned char *start, *end; /* readable from start up to end; a page without access on each side */
} guarded;

guarded guard_new(size_t bytes);
void guard_read_only(const guarded *memory);
void guard_free(guarded *memory);

/* ---- Random records, the same in every run ---- */

float random_between(uint64_t *state, float low, float high);

/* A record with any finite value in numeric fields and any legal one in symbolic fields. */
void random_record(const picket_model *model, uint64_t *state, float *record);

/* Calls every function on an open model and looks at what must hold under any model. */
void exercise(const picket_model *model, uint64_t *state);

/* ---- The watch over library calls (no_malloc.c) ---- */

extern unsigned long watched_calls;
void watch_begin(void);
void watch_end(const char *function);

#endif
