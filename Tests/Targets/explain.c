#define _DEFAULT_SOURCE
#include "checks.h"
#include "support.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Whether a score is explained by comparison with a typical record. */
static int is_compared(const picket_info *info) {
  return info->score_kind == PICKET_SCORE_MAHALANOBIS || info->score_kind == PICKET_SCORE_OUTPUT;
}

/* Explains one record as it was scored; tells what it contributes, for other machines to compare. */
static int explain(const char *name, unsigned long number, const picket_model *model,
                   const picket_info *info, const float *record, bytes scratch, FILE *figures) {
  picket_result scored = {-7, -7, 7}, result = scored;
  float contributions[PICKET_MAX_FIELDS];
  for (size_t i = 0; i < info->field_count; i++) contributions[i] = 12345;
  bytes ours = guard_new(picket_scratch_size(model));
  int32_t want = picket_score(model, record, ours.data, ours.size, &scored);
  guard_free(ours);
  int32_t got = picket_explain(model, record, scratch.data, scratch.size, contributions, &result);
  /* Contributions may overflow where the score does not: models made for that do. */
  int overflows = want == PICKET_OK && got == PICKET_E_OVERFLOW;
  /* What is computed in integers has no slope. */
  if (is_compared(info) && (info->element_types & 1u << PICKET_INT8_INTEGER)) {
    want = PICKET_E_UNSUPPORTED;
    scored = (picket_result){-7, -7, 7};
  }
  if (overflows) scored = (picket_result){-7, -7, 7};
  expect((got == want || overflows) && memcmp(&result, &scored, sizeof result) == 0,
         "%s, record %lu: explained with status %d and score %.9g; scored with %d and %.9g", name,
         number, (int)got, result.score, (int)want, scored.score);
  fprintf(figures, "explain %s %lu %d %.9g", name, number, (int)got, result.score);
  double sum = 0;
  for (size_t i = 0; i < info->field_count; i++) {
    expect(got == PICKET_OK ? isfinite(contributions[i]) : contributions[i] == 12345,
           "%s, record %lu, field %lu: status %d, contribution %g", name, number, (unsigned long)i,
           (int)got, contributions[i]);
    sum += (double)contributions[i];
    fprintf(figures, " %.9g", contributions[i]);
  }
  fputc('\n', figures);
  if (got == PICKET_OK && info->score_kind == PICKET_SCORE_RECONSTRUCTION)
    expect(agree(sum, result.score, 1e-5), "%s, record %lu: contributions of %.9g to %.9g", name,
           number, sum, result.score);
  return got == PICKET_OK;
}

static unsigned long explain_records(const char *folder, const char *name,
                                     const picket_model *model, FILE *figures) {
  char file[128], *cells[PICKET_MAX_FIELDS], *line;
  picket_info info;
  if (picket_model_info(model, &info) != PICKET_OK) return 0;
  size_t need = picket_explain_scratch_size(model);
  expect(need > 0 && need <= PICKET_EXPLAIN_SCRATCH_MAX, "%s: %lu bytes to explain", name,
         (unsigned long)need);
  bytes scratch = guard_new(need);
  float record[PICKET_MAX_FIELDS];
  snprintf(file, sizeof file, "%s.records.csv", name);
  char *text = read_text(folder, file), *at = text;
  unsigned long count = 0, explained = 0;
  next_line(&at);
  while ((line = next_line(&at))) {
    if (split(line, cells, COUNT(cells)) != info.field_count) break;
    for (size_t i = 0; i < info.field_count; i++) record[i] = strtof(cells[i], NULL);
    explained += (unsigned long)explain(name, count, model, &info, record, scratch, figures);
    count++;
  }
  expect(picket_explain(model, record, scratch.data, need - 1, record, NULL) == PICKET_E_SCRATCH,
         "%s: explained with less scratch than it needs", name);
  guard_free(scratch);
  free(text);
  return explained;
}

unsigned long check_explanations(const char *folder, FILE *figures) {
  char *manifest = read_text(folder, "MANIFEST.csv"), *at = manifest, *line, *cells[2], file[128];
  unsigned long explained = 0;
  next_line(&at);
  while ((line = next_line(&at)) && split(line, cells, 2) == 2) {
    if ((strcmp(cells[1], "big") == 0) != is_big_endian()) continue;
    snprintf(file, sizeof file, "%s.picket", cells[0]);
    bytes plain = read_file(folder, file, 0, 0, 0), typical = with_typical(plain);
    picket_model model;
    picket_info info;
    if (typical.data == NULL) {
      guard_free(plain);
      continue;
    }
    float record[PICKET_MAX_FIELDS] = {0}, contributions[PICKET_MAX_FIELDS];
    static unsigned char scratch[PICKET_EXPLAIN_SCRATCH_MAX];
    if (picket_open(&model, plain.data, plain.size, NULL) == PICKET_OK &&
        picket_model_info(&model, &info) == PICKET_OK &&
        is_compared(&info))
      expect(picket_explain(&model, record, scratch, sizeof scratch, contributions, NULL) ==
                 PICKET_E_UNSUPPORTED,
             "%s: explained without a typical record", cells[0]);
    uint32_t check = 0;
    int32_t status = picket_open(&model, typical.data, typical.size, &check);
    expect(status == PICKET_OK, "%s with a typical record: status %d, check %u", cells[0],
           (int)status, (unsigned)check);
    if (status == PICKET_OK) explained += explain_records(folder, cells[0], &model, figures);
    guard_free(typical);
    guard_free(plain);
  }
  expect(explained > 100, "%lu explanations", explained);
  free(manifest);
  return explained;
}
