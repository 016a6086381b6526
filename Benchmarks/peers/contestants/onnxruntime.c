/*
 * ONNX Runtime through its C interface, on one thread: the library of the PyPI package, which has
 * no header. Its table of functions only ever grows at its end, so the places below are fixed.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "peer.h"
#include "shape.h"

typedef void *status;
typedef struct {
  const void *const *(*table)(uint32_t version);
  const char *(*version)(void);
} api_base;
const api_base *OrtGetApiBase(void);

enum {
  VERSION = 17, /* of the table: older than any release of the last years */
  GET_ERROR_MESSAGE = 2,
  CREATE_ENVIRONMENT = 3,
  CREATE_SESSION = 7,
  RUN = 9,
  CREATE_OPTIONS = 10,
  SET_OPTIMISATION = 23,
  SET_THREADS = 24,
  CREATE_TENSOR = 49,
  CREATE_CPU_MEMORY = 69,
  ALL_OPTIMISATIONS = 99,
  ARENA = 1,
  DEFAULT_MEMORY = 0,
  FLOAT = 1,
  WARNINGS = 2,
};

typedef struct {
  status (*run)(void *session, const void *options, const char *const *in_names,
                const void *const *in, size_t ins, const char *const *out_names, size_t outs,
                void **out);
  void *session, *in_tensor, *out_tensor;
  float *in, *out;
  size_t batch;
} session;

static const void *const *api;

static int failed(status s) {
  if (!s) return 0;
  const char *(*message)(status);
  *(const void **)&message = api[GET_ERROR_MESSAGE];
  fprintf(stderr, "ONNX Runtime: %s\n", message(s));
  return 1;
}

#define CALL(place, types, ...) failed(((status(*) types)(uintptr_t)api[place])(__VA_ARGS__))

static int tensor(void *memory, float *numbers, size_t batch, int64_t width, void **made) {
  const int64_t shape[2] = {(int64_t)batch, width};
  return CALL(CREATE_TENSOR, (void *, void *, size_t, const int64_t *, size_t, int, void **),
              memory, numbers, batch * (size_t)width * sizeof(float), shape, 2, FLOAT, made);
}

void *peer_open(const char *model, size_t batch) {
  session *s = calloc(1, sizeof *s);
  void *environment, *options, *memory;
  api = OrtGetApiBase()->table(VERSION);
  if (!s || !api) return NULL;
  s->batch = batch;
  s->in = aligned_alloc(64, (batch * PEER_INPUTS * 4 + 63) / 64 * 64);
  s->out = aligned_alloc(64, (batch * PEER_OUTPUTS * 4 + 63) / 64 * 64);
  *(const void **)&s->run = api[RUN];
  if (!s->in || !s->out ||
      CALL(CREATE_ENVIRONMENT, (int, const char *, void **), WARNINGS, "bench", &environment) ||
      CALL(CREATE_OPTIONS, (void **), &options) ||
      CALL(SET_THREADS, (void *, int), options, 1) ||
      CALL(SET_OPTIMISATION, (void *, int), options, ALL_OPTIMISATIONS) ||
      CALL(CREATE_SESSION, (void *, const char *, void *, void **), environment, model, options,
           &s->session) ||
      CALL(CREATE_CPU_MEMORY, (int, int, void **), ARENA, DEFAULT_MEMORY, &memory) ||
      tensor(memory, s->in, batch, PEER_INPUTS, &s->in_tensor) ||
      tensor(memory, s->out, batch, PEER_OUTPUTS, &s->out_tensor))
    return NULL;
  return s;
}

int peer_run(void *self, const float *in, float *out) {
  session *s = self;
  static const char *const in_name[] = {"inputs"}, *const out_name[] = {"outputs"};
  const void *const ins[] = {s->in_tensor};
  void *outs[] = {s->out_tensor};
  memcpy(s->in, in, s->batch * PEER_INPUTS * sizeof *in);
  const int bad = failed(s->run(s->session, NULL, in_name, ins, 1, out_name, 1, outs));
  memcpy(out, s->out, s->batch * PEER_OUTPUTS * sizeof *out);
  return bad;
}
