/*
 * What an explanation costs in scores, measured in one run on the same records.
 *
 *   cc -O2 -I include Benchmarks/explain.c build/lib/x86_64-linux-gnu/libpicket.a -lm -o explain
 *   ./explain model.picket records.csv
 *
 * Prints the medians of 15 rounds, in processor time, so that a busy machine matters little, and
 * the smallest and the largest ratio of a round.
 */
#define _POSIX_C_SOURCE 200809L
#include <picket.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS = 15, REPEATS = 5, MOST = 2000 };

static _Alignas(64) unsigned char file[PICKET_MAX_MODEL_BYTES];
static _Alignas(64) unsigned char scratch[PICKET_EXPLAIN_SCRATCH_MAX];
static float records[MOST][PICKET_MAX_FIELDS], contributions[PICKET_MAX_FIELDS];

static double nanoseconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static int ascending(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

int main(int count, char **arguments) {
  if (count != 3) return fprintf(stderr, "usage: explain model.picket records.csv\n"), 2;
  FILE *model_file = fopen(arguments[1], "rb");
  size_t size = model_file ? fread(file, 1, sizeof file, model_file) : 0;
  picket_model model;
  int32_t status = picket_open(&model, file, size, NULL);
  if (status != PICKET_OK) return fprintf(stderr, "%s\n", picket_status_text(status)), 1;
  FILE *lines = fopen(arguments[2], "r");
  static char line[65536];
  size_t read = 0;
  while (lines && read < MOST && fgets(line, sizeof line, lines))
    read += picket_record_parse(&model, line, strlen(line), ',', records[read], NULL) == PICKET_OK;
  if (read == 0) return fprintf(stderr, "no records in %s\n", arguments[2]), 1;

  picket_result result;
  double scores[ROUNDS], explanations[ROUNDS], ratios[ROUNDS];
  for (int round = 0; round < ROUNDS; round++) {
    const double start = nanoseconds();
    for (int repeat = 0; repeat < REPEATS; repeat++)
      for (size_t i = 0; i < read; i++)
        status |= picket_score(&model, records[i], scratch, sizeof scratch, &result);
    const double middle = nanoseconds();
    for (int repeat = 0; repeat < REPEATS; repeat++)
      for (size_t i = 0; i < read; i++)
        status |= picket_explain(&model, records[i], scratch, sizeof scratch, contributions, NULL);
    const double calls = (double)read * REPEATS;
    scores[round] = (middle - start) / calls;
    explanations[round] = (nanoseconds() - middle) / calls;
    ratios[round] = explanations[round] / scores[round];
  }
  if (status != PICKET_OK) return fprintf(stderr, "a record was refused\n"), 1;
  qsort(scores, ROUNDS, sizeof *scores, ascending);
  qsort(explanations, ROUNDS, sizeof *explanations, ascending);
  qsort(ratios, ROUNDS, sizeof *ratios, ascending);
  printf("%zu records: score %.0f ns, explain %.0f ns, ratio %.2f (%.2f to %.2f)\n", read,
         scores[ROUNDS / 2], explanations[ROUNDS / 2], ratios[ROUNDS / 2], ratios[0],
         ratios[ROUNDS - 1]);
}
