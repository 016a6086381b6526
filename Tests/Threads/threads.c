/* Sixteen threads under one model, for ThreadSanitizer: every function, with scratch, results and
 * monitors of one's own. The model is opened by the main thread while nobody uses it, and then only read.
 *
 *   threads MODEL          no race: exits with 0
 *   threads MODEL shared   all threads with one scratch, against the header's word: a race that
 *                          ThreadSanitizer must report */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <picket.h>

enum { THREADS = 16, ROUNDS = 200 };

static picket_model model;
static picket_info info;
static void *one_scratch;
static pthread_barrier_t start;

typedef struct worker {
  pthread_t thread;
  int shared;
  unsigned wrong;
  picket_result first;
} worker;

static void *work(void *argument) {
  worker *w = argument;
  float record[PICKET_MAX_FIELDS] = {0}, parsed[PICKET_MAX_FIELDS], threshold, p, value;
  float part[PICKET_MAX_FIELDS];
  size_t need = picket_explain_scratch_size(&model);
  void *scratch = w->shared ? one_scratch : malloc(info.scratch_bytes), *more = malloc(need);
  picket_drift drift, other;
  picket_drift_figures figures;
  int monitored = picket_drift_init(&drift, &model) == PICKET_OK;
  if (monitored) picket_drift_init(&other, &model);
  pthread_barrier_wait(&start);
  for (unsigned round = 0; round < ROUNDS; round++) {
    picket_result result = {0}, batch[2];
    picket_info mine;
    picket_field field;
    size_t scored = 0, index = round % info.field_count;
    int32_t status = picket_score(&model, record, scratch, info.scratch_bytes, &result);
    if (round == 0) w->first = result;
    w->wrong += status != PICKET_OK;
    w->wrong += picket_score_batch(&model, record, info.field_count, 1, scratch,
                                   info.scratch_bytes, batch, &scored) != PICKET_OK;
    w->wrong += !w->shared && memcmp(&w->first, &result, sizeof result) != 0;
    w->wrong += !w->shared && memcmp(&w->first, batch, sizeof result) != 0;
    w->wrong += picket_p_value(&model, result.score, &p) != PICKET_OK;
    w->wrong += picket_threshold(&model, 0.5f, &threshold) != PICKET_OK;
    w->wrong += picket_scratch_size(&model) != info.scratch_bytes;
    w->wrong += picket_model_info(&model, &mine) != PICKET_OK;
    w->wrong += picket_field_info(&model, index, &field) != PICKET_OK;
    w->wrong += picket_field_index(&model, field.name, &index) != PICKET_OK;
    if (field.kind == PICKET_SYMBOLIC) {
      const char *name;
      w->wrong += picket_category_name(&model, index, 0, &name) != PICKET_OK;
      w->wrong += picket_category_index(&model, index, name, &value) != PICKET_OK;
    }
    w->wrong += picket_record_parse(&model, "1", 1, ',', parsed, NULL) == PICKET_E_MODEL;
    w->wrong += picket_status_text(status) == NULL;
    status = picket_explain(&model, record, more, need, part, NULL);
    w->wrong += status != PICKET_OK && status != PICKET_E_UNSUPPORTED;
    if (monitored) {
      w->wrong += picket_drift_add(&drift, result.score) != PICKET_OK;
      w->wrong += picket_drift_add_results(&other, &result, 1) != PICKET_OK;
      w->wrong += picket_drift_merge(&drift, &other) != PICKET_OK;
      w->wrong += picket_drift_report(&drift, &figures) != PICKET_OK;
      w->wrong += picket_drift_reset(&other) != PICKET_OK;
    }
    w->wrong += picket_version() != PICKET_VERSION || picket_abi_version() != PICKET_ABI_VERSION ||
                picket_format_version() != PICKET_FORMAT_VERSION;
  }
  free(more);
  if (!w->shared) free(scratch);
  return NULL;
}

int main(int argc, char **argv) {
  static unsigned char bytes[1 << 20] __attribute__((aligned(64)));
  static worker workers[THREADS];
  int shared = argc > 2 && strcmp(argv[2], "shared") == 0;
  FILE *file = argc > 1 ? fopen(argv[1], "rb") : NULL;
  if (!file) return fprintf(stderr, "usage: threads MODEL [shared]\n"), 2;
  size_t size = fread(bytes, 1, sizeof bytes, file);
  fclose(file);
  int32_t status = picket_open(&model, bytes, size, NULL);
  if (status != PICKET_OK || picket_model_info(&model, &info) != PICKET_OK)
    return fprintf(stderr, "%s\n", picket_status_text(status)), 2;
  one_scratch = malloc(info.scratch_bytes);
  pthread_barrier_init(&start, NULL, THREADS);
  for (int i = 0; i < THREADS; i++) {
    workers[i].shared = shared;
    pthread_create(&workers[i].thread, NULL, work, &workers[i]);
  }
  unsigned wrong = 0;
  for (int i = 0; i < THREADS; i++) {
    pthread_join(workers[i].thread, NULL);
    wrong += workers[i].wrong;
    wrong += !shared && memcmp(&workers[0].first, &workers[i].first, sizeof(picket_result)) != 0;
  }
  free(one_scratch);
  if (wrong) fprintf(stderr, "%u calls went wrong\n", wrong);
  return wrong != 0;
}
