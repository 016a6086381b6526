/* OpenBLAS on one thread: sgemv a layer, or sgemm for a batch. */
#include <cblas.h>

#include "layers.h"
#include "peer.h"

void openblas_set_num_threads(int);

typedef struct {
  const layers *all;
  float *buffer[2];
  int batch;
} blas;

void *peer_open(const char *model, size_t batch) {
  blas *b = malloc(sizeof *b);
  const layers *all = layers_read(model, 0);
  if (!b || !all) return NULL;
  b->all = all;
  b->batch = (int)batch;
  for (int i = 0; i < 2; i++)
    if (!(b->buffer[i] = floats_new(batch * PEER_WIDEST))) return NULL;
  openblas_set_num_threads(1);
  return b;
}

static void product(int batch, const float *w, const float *bias, const float *x, float *y,
                    int inputs, int outputs, int relu) {
  for (int r = 0; r < batch; r++) memcpy(y + r * outputs, bias, (size_t)outputs * sizeof *y);
  if (batch == 1)
    cblas_sgemv(CblasRowMajor, CblasTrans, inputs, outputs, 1, w, outputs, x, 1, 1, y, 1);
  else
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, batch, outputs, inputs, 1, x, inputs, w,
                outputs, 1, y, outputs);
  if (relu)
    for (int i = 0; i < batch * outputs; i++) y[i] = y[i] > 0 ? y[i] : 0;
}

int peer_run(void *self, const float *in, float *out) {
  const blas *b = self;
  const float *x = in;
  float *y = b->buffer[0];
#define LAYER(number, inputs, outputs, relu)                                          \
  product(b->batch, b->all->layer[number].weights, b->all->layer[number].bias, x, y, \
          inputs, outputs, relu);                                                     \
  x = y;                                                                              \
  y = y == b->buffer[0] ? b->buffer[1] : b->buffer[0];
  PEER_LAYERS(LAYER)
  memcpy(out, x, (size_t)b->batch * PEER_OUTPUTS * sizeof *out);
  return 0;
}
