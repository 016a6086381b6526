/*
 * LiteRT (TensorFlow Lite's successor) through its C interface, with XNNPACK, on one thread: the
 * library of the PyPI package, which has no header.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "peer.h"
#include "shape.h"

typedef struct {
  int32_t element;
  unsigned rank : 7, has_strides : 1;
  int32_t dimensions[8];
  uint32_t strides[8];
} tensor_type;

enum { FLOAT = 1, CPU = 1, READ = 0, WRITE = 1 };

int LiteRtCreateEnvironment(int options, const void *option, void **environment);
int LiteRtCreateModelFromFile(void *environment, const char *path, void **model);
int LiteRtCreateOptions(void **options);
int LiteRtSetOptionsHardwareAccelerators(void *options, int set);
int LiteRtCreateCompiledModel(void *environment, void *model, void *options, void **compiled);
int LiteRtGetCompiledModelInputBufferRequirements(void *compiled, size_t signature, size_t index,
                                                  void **needs);
int LiteRtGetCompiledModelOutputBufferRequirements(void *compiled, size_t signature, size_t index,
                                                   void **needs);
int LiteRtCreateManagedTensorBufferFromRequirements(void *environment, const tensor_type *type,
                                                    void *needs, void **buffer);
int LiteRtLockTensorBuffer(void *buffer, void **memory, int mode);
int LiteRtUnlockTensorBuffer(void *buffer);
int LiteRtRunCompiledModel(void *compiled, size_t signature, size_t ins, void **in, size_t outs,
                           void **out);

typedef struct {
  void *compiled, *in, *out;
  size_t batch;
} runner;

static tensor_type floats(size_t batch, int32_t width) {
  return (tensor_type){.element = FLOAT, .rank = 2, .dimensions = {(int32_t)batch, width}};
}

void *peer_open(const char *model, size_t batch) {
  runner *r = calloc(1, sizeof *r);
  void *environment, *file, *options, *in_needs, *out_needs;
  const tensor_type in = floats(batch, PEER_INPUTS), out = floats(batch, PEER_OUTPUTS);
  if (!r || LiteRtCreateEnvironment(0, NULL, &environment) ||
      LiteRtCreateModelFromFile(environment, model, &file) || LiteRtCreateOptions(&options) ||
      LiteRtSetOptionsHardwareAccelerators(options, CPU) ||
      LiteRtCreateCompiledModel(environment, file, options, &r->compiled) ||
      LiteRtGetCompiledModelInputBufferRequirements(r->compiled, 0, 0, &in_needs) ||
      LiteRtGetCompiledModelOutputBufferRequirements(r->compiled, 0, 0, &out_needs) ||
      LiteRtCreateManagedTensorBufferFromRequirements(environment, &in, in_needs, &r->in) ||
      LiteRtCreateManagedTensorBufferFromRequirements(environment, &out, out_needs, &r->out))
    return fprintf(stderr, "LiteRT: %s could not be made ready\n", model), NULL;
  r->batch = batch;
  return r;
}

int peer_run(void *self, const float *in, float *out) {
  runner *r = self;
  void *memory;
  if (LiteRtLockTensorBuffer(r->in, &memory, WRITE)) return 1;
  memcpy(memory, in, r->batch * PEER_INPUTS * sizeof *in);
  if (LiteRtUnlockTensorBuffer(r->in) ||
      LiteRtRunCompiledModel(r->compiled, 0, 1, &r->in, 1, &r->out) ||
      LiteRtLockTensorBuffer(r->out, &memory, READ))
    return 1;
  memcpy(out, memory, r->batch * PEER_OUTPUTS * sizeof *out);
  return LiteRtUnlockTensorBuffer(r->out);
}
