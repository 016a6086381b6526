/*
 * What one writes by hand: two loops a layer, sizes known to the compiler. Weights are stored by
 * input, so that plain -O3 vectorises over the outputs; or, with BY_OUTPUT, each output is one sum,
 * which vectorises if the compiler may reorder it (-ffast-math).
 */
#include "layers.h"
#include "peer.h"

typedef struct {
  const layers *all;
  size_t batch;
} loops;

void *peer_open(const char *model, size_t batch) {
  loops *l = malloc(sizeof *l);
#ifdef BY_OUTPUT
  const layers *all = layers_read(model, 1);
#else
  const layers *all = layers_read(model, 0);
#endif
  if (!l || !all) return NULL;
  l->all = all;
  l->batch = batch;
  return l;
}

static inline __attribute__((always_inline)) void product(
    const float *restrict w, const float *restrict bias, const float *restrict x,
    float *restrict y, const int inputs, const int outputs, const int relu) {
#ifdef BY_OUTPUT
  for (int o = 0; o < outputs; o++) {
    float sum = 0;
    for (int i = 0; i < inputs; i++) sum += x[i] * w[o * inputs + i];
    y[o] = sum + bias[o];
  }
#else
  for (int o = 0; o < outputs; o++) y[o] = bias[o];
  for (int i = 0; i < inputs; i++)
    for (int o = 0; o < outputs; o++) y[o] += x[i] * w[i * outputs + o];
#endif
  if (relu)
    for (int o = 0; o < outputs; o++) y[o] = y[o] > 0 ? y[o] : 0;
}

int peer_run(void *self, const float *in, float *out) {
  const loops *l = self;
  for (size_t record = 0; record < l->batch; record++) {
    float a[PEER_WIDEST], b[PEER_WIDEST], *y = a;
    const float *x = in + record * PEER_INPUTS;
#define LAYER(number, inputs, outputs, relu)                                                  \
  product(l->all->layer[number].weights, l->all->layer[number].bias, x, y, inputs, outputs, \
          relu);                                                                              \
  x = y;                                                                                      \
  y = y == a ? b : a;
    PEER_LAYERS(LAYER)
    memcpy(out + record * PEER_OUTPUTS, x, PEER_OUTPUTS * sizeof *out);
  }
  return 0;
}
