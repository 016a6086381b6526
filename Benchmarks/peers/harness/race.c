/*
 * Nanoseconds a record of every contestant, in one process that takes turns: what disturbs the
 * machine disturbs them all.
 *
 *   race LIST ROUNDS SECONDS
 *
 * LIST has a line for each, as contestant.h tells. A turn is one pass over all records that warms
 * the caches up, and at least four that count, in slices; slices that gauge.h found disturbed are
 * taken again, as long as no more than SECONDS were spent on waiting. Prints, tabs between: name,
 * batch; median, least and most of the rounds; median and largest difference from the
 * double-precision outputs of its records, as a share of their length; share of slices that were
 * undisturbed. Time is that of the processor, of all threads: on a busy machine the others' work is
 * not counted, and a contestant gains nothing by starting threads.
 */
#define _GNU_SOURCE
#include <math.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "contestant.h"
#include "gauge.h"

enum { MOST = 256, MOST_ROUNDS = 101, PASSES = 4, MOST_PASSES = 40, SLICE = 256, MOST_SLICES = 64 };

static double nanoseconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return 1e9 * (double)t.tv_sec + (double)t.tv_nsec;
}

static int ascending(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void differences(const contestant *c, double *median, double *largest) {
  double *each = malloc(c->count * sizeof *each);
  if (!each) exit(1);
  for (size_t i = 0; i < c->count; i++) {
    double error = 0, length = 0;
    for (size_t j = i * c->out_width; j < (i + 1) * c->out_width; j++) {
      error += pow(c->out[j] - c->expected[j], 2);
      length += pow(c->expected[j], 2);
    }
    /* A NaN is no small difference. */
    each[i] = isfinite(error) ? sqrt(error / fmax(length, 1e-6)) : INFINITY;
  }
  qsort(each, c->count, sizeof *each, ascending);
  *median = each[c->count / 2];
  *largest = each[c->count - 1];
  free(each);
}

/* What one slice took in the passes that count: all of them, and those that nothing disturbed. */
typedef struct {
  double all, quiet;
  int passes, quiet_passes;
} slice;

static void time_slice(const contestant *c, slice *s, size_t first, size_t count) {
  gauge_wait();
  const double start = nanoseconds();
  contestant_pass(c, first, count);
  const double time = nanoseconds() - start;
  s->all += time;
  s->passes++;
  if (!gauge_is_quiet()) return;
  s->quiet += time;
  s->quiet_passes++;
}

/* Nanoseconds a record of a turn. Adds the share of its slices that were undisturbed. */
static double turn(const contestant *c, double *undisturbed) {
  slice slices[MOST_SLICES] = {{0}};
  const size_t width = c->batch > SLICE ? c->batch : SLICE;
  size_t count = 0, quiet = 0;
  contestant_pass(c, 0, c->count);
  for (int pass = 0; pass < MOST_PASSES && (pass < PASSES || quiet < count); pass++) {
    count = quiet = 0;
    for (size_t first = 0; first < c->count; first += width) {
      slice *s = &slices[count++];
      time_slice(c, s, first, first + width < c->count ? width : c->count - first);
      quiet += s->quiet_passes > 0;
    }
  }
  double sum = 0;
  for (size_t i = 0; i < count; i++)
    sum += slices[i].quiet_passes ? slices[i].quiet / slices[i].quiet_passes
                                  : slices[i].all / slices[i].passes;
  *undisturbed += (double)quiet / (double)count;
  return sum / (double)c->count;
}

int main(int argc, char **argv) {
  static contestant all[MOST];
  static double times[MOST][MOST_ROUNDS], undisturbed[MOST];
  static char line[CONTESTANT_LINE];
  FILE *list = argc == 4 ? fopen(argv[1], "r") : NULL;
  const int rounds = list ? atoi(argv[2]) : 0;
  if (rounds < 1 || rounds > MOST_ROUNDS)
    return fprintf(stderr, "usage: race LIST ROUNDS SECONDS\n"), 2;
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(sched_getcpu(), &one);
  sched_setaffinity(0, sizeof one, &one);

  int count = 0;
  for (; count < MOST && fgets(line, sizeof line, list); count++) {
    contestant_open(&all[count], line);
    if (all[count].count > MOST_SLICES * SLICE)
      return fprintf(stderr, "%s: more than %d records\n", all[count].name, MOST_SLICES * SLICE), 1;
  }
  fclose(list);
  gauge_begin(atof(argv[3]));
  do {
    for (int i = 0; i < count; i++) undisturbed[i] = 0;
    for (int round = 0; round < rounds; round++)
      for (int i = 0; i < count; i++) times[i][round] = turn(&all[i], &undisturbed[i]);
  } while (gauge_was_wrong());
  for (int i = 0; i < count; i++) {
    double median, largest;
    differences(&all[i], &median, &largest);
    qsort(times[i], (size_t)rounds, sizeof times[i][0], ascending);
    printf("%s\t%zu\t%.2f\t%.2f\t%.2f\t%.3g\t%.3g\t%.3f\n", all[i].name, all[i].batch,
           times[i][rounds / 2], times[i][0], times[i][rounds - 1], median, largest,
           undisturbed[i] / rounds);
  }
  return 0;
}
