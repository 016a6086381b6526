#define _DEFAULT_SOURCE
#include "checks.h"
#include "support.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCKS = 6, BLOCK = 400 };

/* A score that is the same on every machine: a whole number times a power of two. */
static float draw(uint64_t *random, int exponent, uint32_t most) {
  return ldexpf((float)random_below(random, most), exponent - 11);
}

/* All words of a monitor but the first three, which tell the machine and the model file apart: the
 * counts and what they are counted by must be the same words on every machine. */
static void tell_words(const char *name, const picket_drift *drift, FILE *figures) {
  uint32_t words[sizeof *drift / 4];
  memcpy(words, drift, sizeof words);
  fprintf(figures, "counts %s", name);
  for (size_t i = 3; i < COUNT(words); i++) fprintf(figures, " %08lx", (unsigned long)words[i]);
  fputc('\n', figures);
}

static void tell_figures(const char *name, const picket_drift *drift, unsigned long counted,
                         FILE *out) {
  picket_drift_figures figures;
  int32_t status = picket_drift_report(drift, &figures);
  expect(status == PICKET_OK && figures.records == (float)counted &&
             figures.population_stability >= 0 && isfinite(figures.population_stability) &&
             figures.chi_square >= 0 && isfinite(figures.chi_square) && figures.p_value >= 0 &&
             figures.p_value <= 1 && figures.degrees_of_freedom % 2 == 0 &&
             figures.degrees_of_freedom >= 2 && figures.degrees_of_freedom <= 10,
         "%s: after %lu scores: status %d, %g records, index %g, statistic %g, p-value %g", name,
         counted, (int)status, figures.records, figures.population_stability, figures.chi_square,
         figures.p_value);
  fprintf(out, "drift %s %lu %.9g %.9g %.9g %lu\n", name, counted, figures.population_stability,
          figures.chi_square, figures.p_value, (unsigned long)figures.degrees_of_freedom);
}

/* Blocks of scores, each drawn from a wider range than the one before, counted one by one and as
 * results, in two monitors that are then merged. */
static void simulate(const char *name, const picket_model *model, picket_drift *drift,
                     FILE *figures) {
  picket_drift other = *drift, kept;
  picket_result results[BLOCK / 2];
  float middle = 0;
  int exponent = 0;
  uint64_t random = 20;
  expect(picket_threshold(model, 0.5f, &middle) == PICKET_OK, "%s has no median", name);
  frexp((double)middle, &exponent);
  tell_figures(name, drift, 0, figures);
  for (unsigned long block = 1; block <= BLOCKS; block++) {
    for (size_t i = 0; i < COUNT(results); i++) {
      float score = draw(&random, exponent, 2048 + 1024 * (uint32_t)block);
      expect(picket_drift_add(drift, score) == PICKET_OK, "%s: score %g", name, score);
      results[i].score = draw(&random, exponent, 2048);
    }
    expect(picket_drift_add_results(&other, results, COUNT(results)) == PICKET_OK &&
               picket_drift_merge(drift, &other) == PICKET_OK &&
               picket_drift_reset(&other) == PICKET_OK,
           "%s: block %lu", name, block);
    tell_words(name, drift, figures);
    tell_figures(name, drift, block * BLOCK, figures);
  }
  kept = *drift;
  results[1].score = INFINITY;
  expect(picket_drift_add(drift, NAN) == PICKET_E_NOT_FINITE &&
             picket_drift_add_results(drift, results, 2) == PICKET_E_NOT_FINITE &&
             memcmp(drift, &kept, sizeof kept) == 0,
         "%s: a score that is not finite is counted", name);
  /* A count that is full stays full. */
  for (int i = 0; i < 40; i++)
    expect(picket_drift_merge(drift, drift) == PICKET_OK, "%s: merge", name);
  tell_words(name, drift, figures);
}

unsigned long check_drift(const char *folder, FILE *figures) {
  char *manifest = read_text(folder, "MANIFEST.csv"), *at = manifest, *line, *cells[2], file[128];
  unsigned long monitored = 0;
  next_line(&at);
  while ((line = next_line(&at)) && split(line, cells, 2) == 2) {
    if ((strcmp(cells[1], "big") == 0) != is_big_endian()) continue;
    snprintf(file, sizeof file, "%s.picket", cells[0]);
    bytes model_file = read_file(folder, file, 0, 0, 0);
    picket_model model;
    picket_drift drift, zeroed;
    memset(&zeroed, 0, sizeof zeroed);
    drift = zeroed;
    expect(picket_drift_reset(&zeroed) == PICKET_E_ARGUMENT &&
               picket_open(&model, model_file.data, model_file.size, NULL) == PICKET_OK,
           "%s", cells[0]);
    int32_t status = picket_drift_init(&drift, &model);
    fprintf(figures, "monitor %s %d\n", cells[0], (int)status);
    if (status == PICKET_OK) {
      simulate(cells[0], &model, &drift, figures);
      monitored++;
    } else {
      expect(status == PICKET_E_UNSUPPORTED && memcmp(&drift, &zeroed, sizeof drift) == 0,
             "%s: status %d", cells[0], (int)status);
    }
    guard_free(model_file);
  }
  expect(monitored > 2, "%lu models monitored", monitored);
  free(manifest);
  return monitored;
}
