/* The promises of picket.h, as far as one call and its answer show them. */
#include "fuzz.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void broken(const char *file, int line, const char *condition, const char *format, ...) {
  va_list arguments;
  fprintf(stderr, "%s:%d: broken promise: %s: ", file, line, condition);
  va_start(arguments, format);
  vfprintf(stderr, format, arguments);
  va_end(arguments);
  fputc('\n', stderr);
  abort();
}

void *exact_copy(const void *bytes, size_t size) {
  void *copy = NULL;
  if (posix_memalign(&copy, 64, size ? size : 1) != 0) abort();
  if (size) memcpy(copy, bytes, size);
  return copy;
}

/* ---- Opening ---- */

static void check_categories(const subject *s, size_t index) {
  const picket_field *field = &s->field[index];
  const char *name = NULL, *before = NULL;
  float value;
  for (size_t j = 0; j < field->category_count; j++, before = name) {
    PROMISE(picket_category_name(&s->model, index, j, &name) == PICKET_OK, "category %zu", j);
    PROMISE(strlen(name) >= 1 && strlen(name) <= PICKET_MAX_NAME, "category %zu", j);
    PROMISE(!before || strcmp(before, name) < 0, "category %zu is not above the one before", j);
    if (j > 8 && j + 1 < field->category_count) continue; /* bisection: these are enough */
    PROMISE(picket_category_index(&s->model, index, name, &value) == PICKET_OK, "%s", name);
    PROMISE(value == (float)j, "%s is %g, not %zu", name, (double)value, j);
  }
  PROMISE(picket_category_name(&s->model, index, field->category_count, &name) ==
              PICKET_E_ARGUMENT, "one category too many in field %zu", index);
  int32_t status = picket_category_index(&s->model, index, "\n", &value);
  PROMISE(status == (field->kind == PICKET_SYMBOLIC ? PICKET_E_NOT_FOUND : PICKET_E_ARGUMENT),
          "status %d in field %zu", (int)status, index);
}

static void describe(subject *s) {
  picket_info *info = &s->info;
  PROMISE(picket_model_info(&s->model, info) == PICKET_OK, "info");
  PROMISE(info->kind >= PICKET_ANOEAN && info->kind <= PICKET_DISTILLED, "kind %u", info->kind);
  PROMISE(info->field_count >= 1 && info->field_count <= PICKET_MAX_FIELDS, "%u fields",
          info->field_count);
  PROMISE(info->input_count >= 1 && info->input_count <= PICKET_MAX_INPUTS, "%u inputs",
          info->input_count);
  PROMISE(info->layer_count >= 1 && info->layer_count <= PICKET_MAX_LAYERS, "%u layers",
          info->layer_count);
  PROMISE(info->latent_size >= 1 && info->latent_size <= PICKET_MAX_LATENT, "latent %u",
          info->latent_size);
  PROMISE(info->scratch_bytes >= 1 && info->scratch_bytes <= PICKET_SCRATCH_MAX, "%zu",
          info->scratch_bytes);
  PROMISE(info->scratch_bytes == picket_scratch_size(&s->model), "scratch");
  PROMISE(info->smallest_budget > 0 && info->smallest_budget <= 1, "%g",
          (double)info->smallest_budget);
  PROMISE(strlen(info->provenance) < PICKET_MAX_PROVENANCE, "provenance");
  for (size_t i = 0; i < info->field_count; i++) {
    picket_field *field = &s->field[i];
    size_t index = SIZE_MAX;
    PROMISE(picket_field_info(&s->model, i, field) == PICKET_OK, "field %zu", i);
    PROMISE(isfinite(field->minimum) && field->minimum <= field->maximum, "field %zu", i);
    PROMISE(picket_field_index(&s->model, field->name, &index) == PICKET_OK, "field %zu", i);
    PROMISE(index == i, "field %zu is found as %zu", i, index);
    check_categories(s, i);
  }
  picket_field none;
  PROMISE(picket_field_info(&s->model, info->field_count, &none) == PICKET_E_ARGUMENT, "field");
}

int32_t open_subject(subject *s, const void *bytes, size_t size) {
  enum { UNTOUCHED = 0xA5 };
  uint32_t check = UNTOUCHED;
  memset(&s->model, UNTOUCHED, sizeof s->model);
  int32_t status = picket_open(&s->model, bytes, size, &check);
  if (status != PICKET_OK) {
    const unsigned char *word = (const unsigned char *)&s->model;
    PROMISE(status <= PICKET_E_ALIGNMENT && status >= PICKET_E_UNSUPPORTED, "status %d",
            (int)status);
    PROMISE(check >= 1 && check < UNTOUCHED, "check %u of status %d", check, (int)status);
    for (size_t i = 0; i < sizeof s->model; i++)
      PROMISE(word[i] == UNTOUCHED, "a failed open wrote byte %zu", i);
    return status;
  }
  PROMISE(check == UNTOUCHED, "check was written on success");
  describe(s);
  s->scratch = malloc(s->info.scratch_bytes);
  if (!s->scratch) abort();
  return status;
}

void close_subject(subject *s) { free(s->scratch); }

/* ---- Scoring ---- */

/* What picket.h says of a record, without looking at how the library finds out. */
static uint32_t judge(const subject *s, const float *record, int *finite, int *category) {
  uint32_t flags = 0;
  *finite = *category = 1;
  for (size_t i = 0; i < s->info.field_count; i++) {
    const picket_field *field = &s->field[i];
    float x = record[i];
    if (!isfinite(x)) {
      *finite = 0;
    } else if (field->kind == PICKET_NUMERIC) {
      if (x < field->minimum || x > field->maximum) flags |= PICKET_FLAG_OUT_OF_RANGE;
    } else if (x == PICKET_UNKNOWN) {
      flags |= PICKET_FLAG_UNKNOWN_CATEGORY;
    } else if (!(x >= 0 && x < (float)field->category_count && x == floorf(x))) {
      *category = 0;
    }
  }
  return flags;
}

static void check_result(const subject *s, const picket_result *result, uint32_t flags) {
  float p, threshold;
  PROMISE(isfinite(result->score), "score %g", (double)result->score);
  PROMISE(result->p_value > 0 && result->p_value <= 1, "p-value %g", (double)result->p_value);
  PROMISE((result->flags & ~(uint32_t)PICKET_FLAG_BEYOND_TABLE) == flags, "flags %u, not %u",
          result->flags, flags);
  PROMISE(picket_p_value(&s->model, result->score, &p) == PICKET_OK, "p-value");
  PROMISE(p == result->p_value, "p-value %g, not %g", (double)p, (double)result->p_value);
  if (result->flags & PICKET_FLAG_BEYOND_TABLE)
    PROMISE(p == s->info.smallest_budget, "p-value %g beyond the table", (double)p);
  /* The budget that this very score is at, and the next one below. */
  float rates[] = {p, nextafterf(p, 0), p / 2};
  for (size_t i = 0; i < COUNT(rates); i++) {
    int32_t status = picket_threshold(&s->model, rates[i], &threshold);
    if (rates[i] >= 1 || rates[i] <= 0) {
      PROMISE(status == PICKET_E_ARGUMENT, "status %d", (int)status);
    } else if (rates[i] < s->info.smallest_budget) {
      PROMISE(status == PICKET_E_BUDGET, "status %d", (int)status);
    } else {
      PROMISE(status == PICKET_OK && isfinite(threshold), "status %d", (int)status);
      PROMISE((result->score >= threshold) == (p <= rates[i]),
              "score %.9g with p %.9g, threshold %.9g at rate %.9g", (double)result->score,
              (double)p, (double)threshold, (double)rates[i]);
    }
  }
}

/* An explanation is refused where a score is, or where it has none; its result is the score's. */
static void check_explanation(const subject *s, const float *record, int32_t scored,
                              const picket_result *score) {
  const size_t fields = s->info.field_count, need = picket_explain_scratch_size(&s->model);
  PROMISE(need > 0 && need <= PICKET_EXPLAIN_SCRATCH_MAX, "%zu bytes", need);
  void *scratch = malloc(need);
  float *part = malloc(fields * sizeof *part), *again = malloc(fields * sizeof *part);
  if (!scratch || !part || !again) abort();
  picket_result result, untouched;
  memset(&untouched, 0xA5, sizeof untouched);
  memset(part, 0xA5, fields * sizeof *part);
  memset(again, 0xA5, fields * sizeof *part);
  result = untouched;
  int32_t status = picket_explain(&s->model, record, scratch, need, part, &result);
  if (status == PICKET_OK) {
    double sum = 0;
    PROMISE(scored == PICKET_OK, "explained what has no score: %d", (int)scored);
    PROMISE(memcmp(&result, score, sizeof result) == 0, "%.9g, explained %.9g",
            (double)score->score, (double)result.score);
    for (size_t i = 0; i < fields; i++) {
      PROMISE(isfinite(part[i]), "field %zu: %g", i, (double)part[i]);
      if (s->info.score_kind == PICKET_SCORE_RECONSTRUCTION ||
          s->info.score_kind == PICKET_SCORE_RECONSTRUCTION_KL)
        PROMISE(part[i] >= 0, "field %zu: %g", i, (double)part[i]);
      sum += (double)part[i];
    }
    if (s->info.score_kind == PICKET_SCORE_RECONSTRUCTION)
      PROMISE(fabs(sum - (double)score->score) <= 1e-4 * (double)score->score + 1e-37,
              "%.9g in all, the score is %.9g", sum, (double)score->score);
  } else {
    PROMISE(status == scored || (scored == PICKET_OK && (status == PICKET_E_OVERFLOW ||
                                                         status == PICKET_E_UNSUPPORTED)) ||
                status == PICKET_E_UNSUPPORTED,
            "status %d, of the score %d", (int)status, (int)scored);
    PROMISE(memcmp(&result, &untouched, sizeof result) == 0, "result was written");
    PROMISE(memcmp(part, again, fields * sizeof *part) == 0, "contributions were written");
  }
  memset(scratch, 0xFF, need);
  PROMISE(picket_explain(&s->model, record, scratch, need, again, NULL) == status, "again");
  PROMISE(memcmp(part, again, fields * sizeof *part) == 0, "other contributions the second time");
  free(scratch);
  free(part);
  free(again);
}

/* The same record many times in a batch has the same result each time: two, or, if a model is small, as many
 * as are scored by fours of which two are under way, and one. */
static void check_batch(const subject *s, const float *record, int32_t status,
                        const picket_result *result) {
  const size_t fields = s->info.field_count, small = s->info.scratch_bytes <= 4096;
  const size_t count = small ? 9 : 2, need = s->info.scratch_bytes * (small ? 2 : 1);
  float *records = malloc(count * fields * sizeof *records);
  void *scratch = malloc(need);
  if (!records || !scratch) abort();
  for (size_t i = 0; i < count; i++) memcpy(records + i * fields, record, fields * sizeof *records);
  memset(scratch, 0xFF, need);
  picket_result results[9];
  size_t scored = 99;
  PROMISE(picket_score_batch(&s->model, records, fields, count, scratch, need, results, &scored) ==
              status, "batch");
  PROMISE(scored == (status == PICKET_OK ? count : 0), "%zu scored", scored);
  for (size_t i = 0; i < scored; i++)
    PROMISE(memcmp(&results[i], result, sizeof *result) == 0, "%.9g, in a batch %.9g",
            (double)result->score, (double)results[i].score);
  free(records);
  free(scratch);
}

int32_t check_score(const subject *s, const float *record, picket_result *first) {
  const size_t need = s->info.scratch_bytes;
  picket_result result, again, untouched;
  int finite, category;
  uint32_t flags = judge(s, record, &finite, &category);

  memset(&untouched, 0xA5, sizeof untouched);
  result = untouched;
  int32_t status = picket_score(&s->model, record, s->scratch, need, &result);
  if (status == PICKET_OK) {
    PROMISE(finite && category, "a record was scored that has no score");
    check_result(s, &result, flags);
  } else {
    PROMISE(memcmp(&result, &untouched, sizeof result) == 0, "status %d wrote", (int)status);
    PROMISE(!finite   ? status == PICKET_E_NOT_FINITE
            : !category ? status == PICKET_E_CATEGORY
                        : status == PICKET_E_OVERFLOW, "status %d", (int)status);
  }

  /* The same bits, whatever was in scratch: every float of it a NaN. */
  memset(s->scratch, 0xFF, need);
  again = untouched;
  PROMISE(picket_score(&s->model, record, s->scratch, need, &again) == status, "again");
  PROMISE(memcmp(&again, &result, sizeof result) == 0, "%.9g, then %.9g", (double)result.score,
          (double)again.score);

  check_batch(s, record, status, &result);
  *first = result;
  return status;
}

void check_record(const subject *s, const float *record) {
  picket_result result;
  int32_t status = check_score(s, record, &result);
  check_explanation(s, record, status, &result);
}
