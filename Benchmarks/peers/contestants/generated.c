/* Plain C for one model, as generators emit it: generated.h, which convert_c.py wrote. */
#include "generated.h"

#include "peer.h"

void *peer_open(const char *model, size_t batch) {
  static int any;
  (void)model; /* the weights are in the code */
  return batch == 1 ? &any : 0;
}

int peer_run(void *self, const float *in, float *out) {
  (void)self;
  entry((const float(*)[GENERATED_INPUTS])in, (float(*)[GENERATED_OUTPUTS])out);
  return 0;
}
