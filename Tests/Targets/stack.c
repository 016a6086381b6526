#define _DEFAULT_SOURCE
#include "checks.h"
#include "support.h"

#include "../Shared/minimal.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How much stack the calls use: on a thread whose stack is ours, everything below the caller's
 * frame is painted, and what has lost its paint behind the call was used. */

enum { STACK = 1 << 18, SLACK = 512, PAINT = 0xA7 };

typedef struct job {
  unsigned char *stack;
  picket_model *model;
  bytes file, scratch;
  float record[PICKET_MAX_FIELDS];
  int idle; /* calls a function that takes next to nothing: what is used then is our own */
  unsigned long used;
} job;

/* Not inlined: its frame lies between the caller's and the library's, and is larger than what could
 * not be painted, so that an idle call shows how large it is. */
static __attribute__((noinline)) void call(job *work) {
  picket_result result;
  picket_drift drift;
  picket_drift_figures figures;
  float contributions[PICKET_MAX_FIELDS];
  volatile unsigned char room[2 * SLACK];
  for (size_t i = 0; i < sizeof room; i++) room[i] = 1;
  if (work->idle) {
    if (picket_version() == 0) abort();
    return;
  }
  if (picket_open(work->model, work->file.data, work->file.size, NULL) != PICKET_OK) abort();
  (void)picket_score(work->model, work->record, work->scratch.data, work->scratch.size, &result);
  if (BUILT == MINIMAL) return;
  (void)picket_explain(work->model, work->record, work->scratch.data, work->scratch.size,
                       contributions, &result);
  if (picket_drift_init(&drift, work->model) == PICKET_OK) {
    (void)picket_drift_add(&drift, result.score);
    (void)picket_drift_report(&drift, &figures);
  }
}

static void *run(void *argument) {
  job *work = argument;
  volatile unsigned char mark = 0;
  unsigned char *here = (unsigned char *)(uintptr_t)&mark;
  memset(work->stack, PAINT, (size_t)(here - work->stack) - SLACK);
  call(work);
  unsigned char *at = work->stack;
  while (at < here && *at == PAINT) at++;
  work->used = (unsigned long)(here - at);
  return NULL;
}

static unsigned long used_by(job *work, int idle) {
  pthread_attr_t attributes;
  pthread_t thread;
  work->idle = idle;
  if (pthread_attr_init(&attributes) != 0 ||
      pthread_attr_setstack(&attributes, work->stack, STACK) != 0 ||
      pthread_create(&thread, &attributes, run, work) != 0 || pthread_join(thread, NULL) != 0)
    abort();
  pthread_attr_destroy(&attributes);
  return work->used;
}

unsigned long measure_stack(const char *folder) {
  static const char *const names[] = {"anoean-f32", "anoean-f16", "anoean-tanh", "vae-kl",
                                      "vae-kl-f16", "planes"};
  size_t count = BUILT == MINIMAL ? 1 : COUNT(names);
  const char *const *models = BUILT == MINIMAL ? minimal_models : names;
  unsigned long most = 0;
  void *stack;
  if (posix_memalign(&stack, 4096, STACK) != 0) abort();
  for (size_t i = 0; i < count; i++) {
    char name[64];
    snprintf(name, sizeof name, "%s.picket", models[i]);
    picket_model model;
    job work;
    memset(&work, 0, sizeof work);
    work.stack = stack;
    work.model = &model;
    bytes plain = read_file(folder, name, 0, 0, 0);
    work.file = BUILT == MINIMAL ? plain : with_typical(plain);
    if (!work.file.data) abort();
    work.scratch = guard_new(PICKET_EXPLAIN_SCRATCH_MAX);
    for (size_t j = 0; j < COUNT(work.record); j++) work.record[j] = 0;
    unsigned long ours = used_by(&work, 1), all = used_by(&work, 0);
    if (all > ours && all - ours > most) most = all - ours;
    guard_free(work.scratch);
    if (BUILT != MINIMAL) guard_free(work.file);
    guard_free(plain);
  }
  free(stack);
  return most;
}
