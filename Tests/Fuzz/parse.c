/* Any line of text under the golden models, against a second reader of lines, written from the
 * words of picket.h. The input is the model's number and the delimiter, one byte each, and behind
 * them the line. */
#include "fuzz.h"

#include <ctype.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc, (void)argv;
  open_goldens();
  return 0;
}

/* ---- The second reader ---- */

typedef struct number {
  float nearest;
  int exact; /* few digits and a small power of ten: nothing but the nearest float will do */
} number;

static size_t digits_from(const char *text, size_t at) {
  while (isdigit((unsigned char)text[at])) at++;
  return at;
}

/* [+-] digits [. digits] [e [+-] digits], with a digit before or after the point. */
static int read_number(const char *text, size_t length, number *out) {
  size_t at = text[0] == '+' || text[0] == '-', end = digits_from(text, at);
  size_t digits = end - at, fraction = 0;
  if (text[end] == '.') {
    at = end + 1;
    end = digits_from(text, at);
    fraction = end - at;
  }
  digits += fraction;
  if (digits == 0) return 0;
  long power = 0;
  if (text[end] == 'e' || text[end] == 'E') {
    at = end + 1;
    power = strtol(text + at, NULL, 10);
    at += text[at] == '+' || text[at] == '-';
    end = digits_from(text, at);
    if (end == at) return 0;
  }
  if (end != length) return 0;
  if (labs(power) > 100000) power = power < 0 ? -100000 : 100000;
  power -= (long)fraction;
  out->nearest = strtof(text, NULL);
  out->exact = digits <= 15 && power <= 22 && power >= -22;
  return 1;
}

static int may_delimit(char delimiter) {
  return delimiter == 0 || !strchr("\"\n\r0123456789+-.eE", delimiter);
}

/* Where a cell lies; gives 0 if its quotes are wrong. */
static int find_cell(const char *line, size_t end, char delimiter, size_t *at, size_t *length,
                     size_t *next) {
  if (*at < end && line[*at] == '"') {
    const char *close = memchr(line + *at + 1, '"', end - *at - 1);
    if (!close) return 0;
    *at += 1;
    *length = (size_t)(close - line) - *at;
    *next = (size_t)(close - line) + 2;
    return *next == end + 1 || close[1] == delimiter;
  }
  const char *stop = *at < end ? memchr(line + *at, delimiter, end - *at) : NULL;
  *length = (stop ? (size_t)(stop - line) : end) - *at;
  *next = *at + *length + 1;
  return 1;
}

static float category_of(const subject *s, size_t field, const char *cell, size_t length) {
  for (size_t j = 0; j < s->field[field].category_count; j++) {
    const char *name;
    PROMISE(picket_category_name(&s->model, field, j, &name) == PICKET_OK, "category %zu", j);
    if (strlen(name) == length && memcmp(name, cell, length) == 0) return (float)j;
  }
  return PICKET_UNKNOWN;
}

/* Compares a parsed record with the line; gives the index of the bad field, or field_count.
 *
 *   bad   what the library found bad, or field_count: it decides where one of the two nearest
 *         numbers is infinite and the text is none of those that must be rounded to the nearest */
static size_t read_line(const subject *s, const char *line, size_t length, char delimiter,
                        const float *record, size_t bad) {
  const int parsed = bad == s->info.field_count;
  static char cell[1 << 17];
  size_t end = length, at = 0, next = 0;
  if (end && line[end - 1] == '\n') end--;
  if (end && line[end - 1] == '\r') end--;
  for (size_t i = 0; i < s->info.field_count; i++, at = next) {
    size_t count;
    if (at > end || !find_cell(line, end, delimiter, &at, &count, &next)) return i;
    memcpy(cell, line + at, count);
    cell[count] = 0;
    if (s->field[i].kind == PICKET_SYMBOLIC) {
      float want = category_of(s, i, cell, count);
      if (parsed) PROMISE(record[i] == want, "field %zu is %g", i, (double)record[i]);
      continue;
    }
    number want;
    if (!read_number(cell, count, &want)) return i;
    if (isinf(want.nearest) && (want.exact || i == bad)) return i;
    if (fabsf(want.nearest) == FLT_MAX && !want.exact && i == bad) return i;
    if (!parsed) continue;
    float below = nextafterf(want.nearest, -INFINITY), above = nextafterf(want.nearest, INFINITY);
    PROMISE(record[i] == want.nearest ||
                (!want.exact && (record[i] == below || record[i] == above)),
            "field %zu: %s is %.9g, not %.9g", i, cell, (double)record[i], (double)want.nearest);
    PROMISE(isfinite(record[i]), "field %zu: %s", i, cell);
  }
  return s->info.field_count;
}

/* ---- The target ---- */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  enum { UNTOUCHED = 0xA5 };
  if (size < 2) return 0;
  const subject *s = &golden[data[0] % golden_count];
  const size_t fields = s->info.field_count, length = size - 2;
  const char delimiter = (char)data[1];
  char *line = exact_copy(data + 2, length);
  float *record = malloc(fields * sizeof *record), *before = malloc(fields * sizeof *record);
  if (!record || !before) abort();
  memset(record, UNTOUCHED, fields * sizeof *record);
  memcpy(before, record, fields * sizeof *record);

  size_t bad = SIZE_MAX;
  int32_t status = picket_record_parse(&s->model, line, length, delimiter, record, &bad);
  if (!may_delimit(delimiter) || length > 65536) {
    PROMISE(status == PICKET_E_ARGUMENT, "status %d, delimiter %d", (int)status, delimiter);
    PROMISE(bad == SIZE_MAX && memcmp(record, before, fields * sizeof *record) == 0, "written");
  } else if (status == PICKET_OK) {
    PROMISE(bad == SIZE_MAX, "bad_field was written on success");
    PROMISE(read_line(s, line, length, delimiter, record, fields) == fields, "refused elsewhere");
    check_record(s, record);
  } else {
    PROMISE(status == PICKET_E_PARSE && bad < fields, "status %d, field %zu", (int)status, bad);
    size_t want = read_line(s, line, length, delimiter, record, bad);
    PROMISE(bad == want, "field %zu, elsewhere %zu", bad, want);
    PROMISE(picket_record_parse(&s->model, line, length, delimiter, record, NULL) == status,
            "without bad_field");
  }
  free(line);
  free(record);
  free(before);
  return 0;
}
