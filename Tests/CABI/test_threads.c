#include "testing.h"

#include <pthread.h>
#include <stdlib.h>

enum { THREADS = 16, ROUNDS = 60 };

/* cmocka cannot fail a test from another thread: each thread counts what it sees. */
typedef struct worker {
  pthread_t thread;
  const golden *g;
  const picket_result *want;
  unsigned char *scratch;
  size_t need, scored, wrong;
} worker;

static void *score_all(void *argument) {
  worker *w = argument;
  const golden *g = w->g;
  for (int round = 0; round < ROUNDS; round++)
    for (size_t i = 0; i < g->records; i++) {
      picket_result result;
      picket_info info;
      float p;
      if (picket_score(&g->model, record_at(g, i), w->scratch, w->need, &result) != PICKET_OK ||
          memcmp(&result, &w->want[i], sizeof result) != 0 ||
          picket_p_value(&g->model, result.score, &p) != PICKET_OK || p != result.p_value ||
          picket_model_info(&g->model, &info) != PICKET_OK || info.scratch_bytes != w->need)
        w->wrong++;
      w->scored++;
    }
  return NULL;
}

static void sixteen_threads_score_one_model_with_the_same_bits(void **state) {
  (void)state;
  const char *little[] = {"anoean-f32", "vae-kl", "vae-kl-f16"}, *big[] = {"vae-kl-big-endian"};
  const char **names = is_big_endian() ? big : little;
  for (size_t n = 0; n < (is_big_endian() ? COUNT(big) : COUNT(little)); n++) {
    golden *g = golden_named(names[n]);
    size_t need = picket_scratch_size(&g->model);
    unsigned char *scratch = malloc(need * THREADS); /* side by side, so that none may stray */
    picket_result *want = calloc(g->records, sizeof *want);
    worker workers[THREADS];
    for (size_t i = 0; i < g->records; i++)
      assert_int_equal(picket_score(&g->model, record_at(g, i), scratch, need, &want[i]), PICKET_OK);
    for (size_t t = 0; t < THREADS; t++) {
      workers[t] = (worker){.g = g, .want = want, .scratch = scratch + t * need, .need = need};
      assert_int_equal(pthread_create(&workers[t].thread, NULL, score_all, &workers[t]), 0);
    }
    for (size_t t = 0; t < THREADS; t++) assert_int_equal(pthread_join(workers[t].thread, NULL), 0);
    for (size_t t = 0; t < THREADS; t++) {
      expect(workers[t].wrong == 0, "%s, thread %zu: %zu wrong", g->name, t, workers[t].wrong);
      assert_int_equal(workers[t].scored, ROUNDS * g->records);
    }
    free(want);
    free(scratch);
  }
}

const struct CMUnitTest threads_tests[] = {
    cmocka_unit_test(sixteen_threads_score_one_model_with_the_same_bits),
};
const size_t threads_count = COUNT(threads_tests);
