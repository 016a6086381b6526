/* What a model costs: cost MODEL RECORD [BUDGET_MS] prints bytes of file, bytes of scratch
 * to score and to explain, nanoseconds to open, nanoseconds to score. RECORD holds the floats of one record. Times are the
 * least of many repetitions: what the work takes when nobody else is on the core. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <picket.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return 1e9 * (double)t.tv_sec + (double)t.tv_nsec;
}

int main(int argc, char **argv) {
  static _Alignas(64) unsigned char file[PICKET_MAX_MODEL_BYTES + 1], scratch[PICKET_SCRATCH_MAX];
  static float record[PICKET_MAX_FIELDS];
  picket_model model;
  picket_result result;
  if (argc < 3) return 2;
  FILE *in = fopen(argv[1], "rb");
  size_t size = in ? fread(file, 1, sizeof file, in) : 0;
  if (in) fclose(in);
  in = fopen(argv[2], "rb");
  if (!in || fread(record, sizeof *record, PICKET_MAX_FIELDS, in) == 0) return 2;
  fclose(in);
  const double budget = 1e6 * (argc > 3 ? atof(argv[3]) : 60);
  uint32_t check = 0;
  int32_t status = picket_open(&model, file, size, &check);
  if (status == PICKET_OK) status = picket_score(&model, record, scratch, sizeof scratch, &result);
  if (status != PICKET_OK)
    return fprintf(stderr, "%s (check %u)\n", picket_status_text(status), (unsigned)check), 1;

  double open = 1e18, score = 1e18, start = now();
  do {
    double from = now();
    picket_open(&model, file, size, NULL);
    double took = now() - from;
    if (took < open) open = took;
  } while (now() - start < budget);
  start = now();
  int calls = 1;
  do { /* as many calls in a row as take a few microseconds, so that the clock does not count */
    double from = now();
    for (int i = 0; i < calls; i++)
      picket_score(&model, record, scratch, sizeof scratch, &result);
    double took = now() - from;
    if (took / calls < score) score = took / calls;
    if (took < 5000) calls *= 2;
  } while (now() - start < budget);
  printf("%zu %zu %zu %.0f %.1f\n", size, picket_scratch_size(&model),
         picket_explain_scratch_size(&model), open, score);
  return 0;
}
