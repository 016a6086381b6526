#define _DEFAULT_SOURCE
#include "checks.h"
#include "support.h"

#include "../Shared/minimal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void file_name(char *out, const char *name, const char *kind) {
  snprintf(out, 128, "%s.%s", name, kind);
}

/* A record as text: numbers as the file beside the model has them, categories by their names. */
static size_t as_text(const picket_model *model, char **cells, size_t fields, const float *record,
                      char *line) {
  size_t at = 0;
  for (size_t i = 0; i < fields; i++) {
    picket_field field;
    const char *text = cells[i];
    if (picket_field_info(model, i, &field) != PICKET_OK) return 0;
    if (field.kind == PICKET_SYMBOLIC) {
      text = "\x7Fno category";
      if (record[i] >= 0 &&
          picket_category_name(model, i, (size_t)record[i], &text) != PICKET_OK)
        return 0;
    }
    at += (size_t)sprintf(line + at, i ? ",\"%s\"" : "\"%s\"", text);
  }
  return at;
}

/* Whether a record's only field is a number that the vectors of 32-bit ARM take for 0: what is made of
 * it alone is 0 there. Beside others it makes no difference. */
static int is_flushed(const float *record, size_t fields) {
#if defined(__ARM_PCS_VFP)
  return fields == 1 && record[0] != 0 && fabsf(record[0]) < 1.1754944e-38f;
#else
  (void)record;
  (void)fields;
  return 0;
#endif
}

static void check_text(const char *name, unsigned long number, const picket_model *model, char **cells,
                       size_t fields, const float *record) {
  static char line[PICKET_MAX_FIELDS * 300];
  float parsed[PICKET_MAX_FIELDS];
  size_t length = as_text(model, cells, fields, record, line), bad = 99;
  int32_t got = picket_record_parse(model, line, length, ',', parsed, &bad);
  expect(length > 0 && got == PICKET_OK && memcmp(parsed, record, fields * sizeof(float)) == 0,
         "%s, record %lu: parsed from text it is another one (status %d, field %lu)", name, number,
         (int)got, (unsigned long)bad);
}

static unsigned long check_records(const char *folder, const char *name,
                                   const picket_model *model, size_t fields) {
  char file[128], *cells[PICKET_MAX_FIELDS], *wanted[4];
  file_name(file, name, "records.csv");
  char *records = read_text(folder, file), *record_at = records, *record_line;
  file_name(file, name, "scores.csv");
  char *scores = read_text(folder, file), *score_at = scores;
  bytes scratch = guard_new(picket_scratch_size(model));
  bytes memory = guard_new(fields * sizeof(float));
  float *record = (float *)(void *)memory.data;
  unsigned long count = 0;
  next_line(&score_at);
  while ((record_line = next_line(&record_at))) {
    char *score_line = next_line(&score_at);
    if (!score_line || split(record_line, cells, COUNT(cells)) != fields ||
        split(score_line, wanted, 4) != 4) {
      fail_at(__FILE__, __LINE__, "%s: record %lu cannot be read", name, count);
      break;
    }
    for (size_t i = 0; i < fields; i++) record[i] = strtof(cells[i], NULL);
    if (is_flushed(record, fields)) continue;
    picket_result result = {-7, -7, 7};
    int32_t want = status_named(wanted[0]);
    int32_t got = picket_score(model, record, scratch.data, scratch.size, &result);
    expect(got == want, "%s, record %lu: status %d, should be %d", name, count, (int)got, (int)want);
    if (got == PICKET_OK && want == PICKET_OK) {
      expect(agree(result.score, strtod(wanted[1], NULL), 1e-5), "%s, record %lu: score %.9g, not %s",
             name, count, result.score, wanted[1]);
      expect(agree(result.p_value, strtod(wanted[2], NULL), 1e-4),
             "%s, record %lu: p-value %.9g, not %s", name, count, result.p_value, wanted[2]);
      expect(result.flags == strtoul(wanted[3], NULL, 10), "%s, record %lu: flags %u, not %s", name,
             count, (unsigned)result.flags, wanted[3]);
    } else {
      expect(result.score == -7 && result.p_value == -7 && result.flags == 7,
             "%s, record %lu: a failed call wrote its result", name, count);
    }
    if (BUILT != MINIMAL) check_text(name, count, model, cells, fields, record);
    count++;
  }
  guard_free(memory);
  guard_free(scratch);
  free(records);
  free(scores);
  return count;
}

static unsigned long check_calibration(const char *folder, const char *name,
                                       const picket_model *model) {
  char file[128], *cells[3], *line;
  file_name(file, name, "calibration.csv");
  char *text = read_text(folder, file), *at = text;
  unsigned long count = 0;
  /* A score that is an output may be near 0 between two of either sign: it is exact as they are. */
  picket_info info;
  double least = picket_model_info(model, &info) == PICKET_OK &&
                         info.score_kind == PICKET_SCORE_OUTPUT
                     ? 0.1
                     : 1e-3;
  next_line(&at);
  while ((line = next_line(&at))) {
    if (split(line, cells, 3) != 3) break;
    int is_p = strcmp(cells[0], "p_value") == 0;
    float where = strtof(cells[1], NULL), got = 0, rate = 0;
    double want = strtod(cells[2], NULL);
    int32_t status = is_p ? picket_p_value(model, where, &got) : picket_threshold(model, where, &got);
    int near = fabs(got - want) <= 2e-6 * fmax(fabs(want), is_p ? 0 : least);
    /* Many scores may have one p-value, once that is rounded: then the rate has to be met. */
    if (!near && !is_p && picket_p_value(model, got, &rate) == PICKET_OK)
      near = rate <= where && rate >= nextafterf(where, 0) && fabs(got - want) <= 1e-5 * fabs(want);
    expect(status == PICKET_OK && near, "%s: %s of %s: status %d, %.9g, not %s", name, cells[0],
           cells[1], (int)status, got, cells[2]);
    count++;
  }
  expect(count > 0, "%s has no calibration questions", name);
  free(text);
  return count;
}

/* Whether an archive was built without what a model needs, as it says of it. */
static int is_left_out(int32_t status, uint32_t check) {
  if (BUILT == WHOLE || status != PICKET_E_NOT_BUILT_IN) return 0;
  return check == 38 || (BUILT == MINIMAL && (check == 17 || check == 31));
}

/* Whether an archive may open a golden model, or may refuse it. */
static int is_expected(const char *name, int opens) {
  return BUILT != MINIMAL || is_scored(name) == opens;
}

unsigned long check_golden(const char *folder) {
  char *manifest = read_text(folder, "MANIFEST.csv"), *at = manifest, *line, *cells[2], file[128];
  unsigned long records = 0, native = 0, others = 0, left_out = 0;
  next_line(&at);
  while ((line = next_line(&at)) && split(line, cells, 2) == 2) {
    file_name(file, cells[0], "picket");
    bytes model_file = read_file(folder, file, 0, 0, 0);
    picket_model model;
    uint32_t check = 77;
    int32_t status = picket_open(&model, model_file.data, model_file.size, &check);
    if ((strcmp(cells[1], "big") == 0) != is_big_endian()) {
      expect(status == PICKET_E_BYTE_ORDER && check == 4, "%s: status %d, check %u", cells[0],
             (int)status, (unsigned)check);
      others++;
    } else if (is_left_out(status, check)) {
      expect(is_expected(cells[0], 0), "%s is refused", cells[0]);
      left_out++;
    } else {
      expect(is_expected(cells[0], 1), "%s is opened", cells[0]);
      expect(status == PICKET_OK && check == 77, "%s: status %d, check %u", cells[0], (int)status,
             (unsigned)check);
      picket_info info;
      if (status == PICKET_OK && picket_model_info(&model, &info) == PICKET_OK) {
        unsigned long count = check_records(folder, cells[0], &model, info.field_count);
        expect(count > 0, "%s has no records", cells[0]);
        records += count;
        check_calibration(folder, cells[0], &model);
        native++;
      }
    }
    guard_free(model_file);
  }
  unsigned long least = BUILT == MINIMAL ? 0 : 20;
  for (size_t i = 0; BUILT == MINIMAL && i < COUNT(minimal_models); i++)
    least += strncmp(minimal_models[i], "limit-", 6) != 0;
  expect(native >= least && others > 0 && (left_out > 20) == (BUILT != WHOLE),
         "%lu golden models, %lu of the other order, %lu left out", native, others, left_out);
  free(manifest);
  return records;
}

unsigned long check_malformed(const char *folder) {
  char *manifest = read_text(folder, "MANIFEST.csv"), *at = manifest, *line, *cells[6];
  unsigned long count = 0;
  next_line(&at);
  while ((line = next_line(&at)) && split(line, cells, 6) == 6) {
    bytes file = read_file(folder, cells[0], strtoul(cells[3], NULL, 10),
                           strtoul(cells[4], NULL, 10), atoi(cells[5]));
    uint32_t want = (uint32_t)strtoul(cells[1], NULL, 10), check = 0xA5A5A5A5u;
    picket_model model, before;
    memset(&before, 0xA5, sizeof before);
    model = before;
    int32_t status = picket_open(&model, file.data, file.size, &check);
    int unread = BUILT == MINIMAL && is_unread(want) && status == PICKET_OK;
    expect(unread || is_left_out(status, check) ||
               (status == status_named(cells[2]) && check == want),
           "%s: status %d, check %u", cells[0], (int)status, (unsigned)check);
    expect(unread || memcmp(&model, &before, sizeof model) == 0,
           "%s: a refused file wrote the model", cells[0]);
    guard_free(file);
    count++;
  }
  expect(count > 250, "%lu malformed files", count);
  free(manifest);
  return count;
}

unsigned long scratch_of(const char *folder, const char *name) {
  char file[128];
  file_name(file, name, "picket");
  bytes model_file = read_file(folder, file, 0, 0, 0);
  picket_model model;
  int32_t status = picket_open(&model, model_file.data, model_file.size, NULL);
  expect(status == PICKET_OK, "%s: status %d", name, (int)status);
  unsigned long size = status == PICKET_OK ? (unsigned long)picket_scratch_size(&model) : 0;
  guard_free(model_file);
  return size;
}
