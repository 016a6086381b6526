/* A contestant as the harness holds it: loaded, opened, with its records and what it should give. */
#ifndef CONTESTANT_H
#define CONTESTANT_H

#include <stddef.h>

typedef struct {
  char name[64];
  size_t batch;
  size_t count;      /* records, a multiple of batch */
  size_t in_width;   /* floats of a record */
  size_t out_width;  /* floats that the contestant gives for one */
  const float *in;
  float *out;
  const double *expected;
  void *self;
  int (*run)(void *self, const float *in, float *out);
} contestant;

/*
 * Reads "NAME LIBRARY MODEL BATCH RECORDS IN-WIDTH EXPECTED OUT-WIDTH", tabs between, loads and
 * opens. Ends the program with a sentence if anything is missing.
 */
void contestant_open(contestant *c, const char *line);

/* The seven fields are at most this long together. */
enum { CONTESTANT_LINE = 4096 };

/* Scores records first ... first + count - 1; both are multiples of the batch. */
void contestant_pass(const contestant *c, size_t first, size_t count);

#endif
