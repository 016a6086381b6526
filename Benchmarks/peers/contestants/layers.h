/* The layers that prepare.py wrote, for contestants that have no format of their own. */
#ifndef LAYERS_H
#define LAYERS_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* PEER_LAYERS(X), generated: X(number, inputs, outputs, relu) of each layer; PEER_WIDEST. */
#include "shape.h"

enum { PEER_MOST_LAYERS = 16 };

typedef struct {
  int count;
  struct {
    float *weights; /* [inputs][outputs], or [outputs][inputs] if turned */
    float *bias;
  } layer[PEER_MOST_LAYERS];
} layers;

/* Memory for rows that vectors are loaded from. */
static inline float *floats_new(size_t count) {
  return (float *)aligned_alloc(64, (count * sizeof(float) + 63) / 64 * 64);
}

/* Reads them, or returns null: int32 count; for each int32 inputs, outputs, relu; weights; bias. */
static inline layers *layers_read(const char *path, int turned) {
  FILE *f = fopen(path, "rb");
  layers *all = (layers *)calloc(1, sizeof *all);
  int32_t count, shape[3];
  if (!f || !all || fread(&count, 4, 1, f) != 1 || count > PEER_MOST_LAYERS) return NULL;
  all->count = count;
  for (int i = 0; i < count; i++) {
    if (fread(shape, 4, 3, f) != 3) return NULL;
    const size_t inputs = (size_t)shape[0], outputs = (size_t)shape[1];
    float *read = floats_new(inputs * outputs), *kept = floats_new(inputs * outputs);
    all->layer[i].bias = floats_new(outputs);
    if (!read || !kept || !all->layer[i].bias ||
        fread(read, 4, inputs * outputs, f) != inputs * outputs ||
        fread(all->layer[i].bias, 4, outputs, f) != outputs)
      return NULL;
    for (size_t row = 0; row < inputs; row++)
      for (size_t o = 0; o < outputs; o++)
        kept[turned ? o * inputs + row : row * outputs + o] = read[row * outputs + o];
    free(read);
    all->layer[i].weights = kept;
  }
  fclose(f);
  return all;
}

#endif
