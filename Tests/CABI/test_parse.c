#include "testing.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* duration, protocol (icmp tcp udp), service (dns ftp http https mqtt ssh), bytes, error_rate */
static const picket_model *connections(void) {
  return &golden_named(is_big_endian() ? "vae-kl-big-endian" : "anoean-f32")->model;
}

#define FIELDS 5

/* Parses a line that ends right before a page without access, and starts right behind one when
 * asked again: a byte read too far or too early traps. */
static int32_t parse(const char *line, size_t length, char delimiter, float *record, size_t *bad) {
  guarded memory = guard_new(length + 1);
  char *at_end = (char *)memory.end - length, *at_start = (char *)memory.start;
  float again[FIELDS] = {0};
  size_t bad_again = 99;
  *bad = 99;
  memcpy(at_end, line, length);
  int32_t status = picket_record_parse(connections(), at_end, length, delimiter, record, bad);
  memmove(at_start, at_end, length);
  assert_int_equal(
      picket_record_parse(connections(), at_start, length, delimiter, again, &bad_again), status);
  assert_int_equal(bad_again, *bad);
  if (status == PICKET_OK) assert_memory_equal(record, again, sizeof again);
  if (status != PICKET_E_PARSE) expect(*bad == 99, "bad_field was written at status %d", (int)status);
  guard_free(&memory);
  return status;
}

typedef struct line_case {
  const char *line;
  float record[FIELDS];
} line_case;

static void a_line_becomes_a_record(void **state) {
  (void)state;
  const line_case cases[] = {
      {"0,tcp,http,100,0.5", {0, 1, 2, 100, 0.5f}},
      {"12.25,udp,dns,-4,1", {12.25f, 2, 0, -4, 1}},
      {"1,icmp,ssh,1e3,1E-1", {1, 0, 5, 1000, 0.1f}},
      {"1,icmp,ssh,+7,-0", {1, 0, 5, 7, 0}},
      {"1,icmp,ssh,2.5e+1,25e-2", {1, 0, 5, 25, 0.25f}},
      {"007,tcp,ftp,000.500,0", {7, 1, 1, 0.5f, 0}},
      {"\"0\",\"tcp\",\"http\",\"100\",\"0.5\"", {0, 1, 2, 100, 0.5f}},
      {"0,tcp,\"a,b\",100,0.5", {0, 1, -1, 100, 0.5f}},
      {"0,sctp,gopher,100,0.5", {0, -1, -1, 100, 0.5f}},
      {"0,TCP,http ,100,0.5", {0, -1, -1, 100, 0.5f}},
      {"0,,,100,0.5", {0, -1, -1, 100, 0.5f}},
      {"0,\"\",\"\",100,0.5", {0, -1, -1, 100, 0.5f}},
      {"0,tc,tcpx,100,0.5", {0, -1, -1, 100, 0.5f}},
      {"0,tcp,http,100,0.5\n", {0, 1, 2, 100, 0.5f}},
      {"0,tcp,http,100,0.5\r\n", {0, 1, 2, 100, 0.5f}},
      {"0,tcp,http,100,\"0.5\"\r\n", {0, 1, 2, 100, 0.5f}},
      {"0,tcp,http,100,0.5,normal,21", {0, 1, 2, 100, 0.5f}},
      {"0,tcp,http,100,0.5,\r\n", {0, 1, 2, 100, 0.5f}},
      {"0,tcp,http,100,0.5,nan,\"open", {0, 1, 2, 100, 0.5f}},
      {"0,tcp,http,3.4028234e38,1e-60", {0, 1, 2, FLT_MAX, 0}},
      {"0,tcp,http,-3.4028234e38,0.00000000000000000000000000000000000000000000001",
       {0, 1, 2, -FLT_MAX, 0}},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    float record[FIELDS];
    size_t bad;
    int32_t status = parse(cases[i].line, strlen(cases[i].line), ',', record, &bad);
    expect(status == PICKET_OK, "\"%s\": status %d", cases[i].line, (int)status);
    for (size_t j = 0; j < FIELDS; j++)
      expect(record[j] == cases[i].record[j], "\"%s\": field %zu is %.9g, should be %.9g",
             cases[i].line, j, record[j], cases[i].record[j]);
  }
}

static void a_bad_cell_is_named(void **state) {
  (void)state;
  const struct {
    const char *line;
    size_t bad;
  } cases[] = {
      {"", 0},
      {"\n", 0},
      {"\r\n", 0},
      {",tcp,http,100,0.5", 0},
      {"x,tcp,http,100,0.5", 0},
      {"0", 1},
      {"0\n", 1},
      {"0,tcp", 2},
      {"0,tcp,http", 3},
      {"0,tcp,http,", 3},
      {"0,tcp,http,100", 4},
      {"0,tcp,http,100\r\n", 4},
      {"0,tcp,http,100,", 4},
      {"0,tcp,http,nan,0.5", 3},
      {"0,tcp,http,NaN,0.5", 3},
      {"0,tcp,http,inf,0.5", 3},
      {"0,tcp,http,-Infinity,0.5", 3},
      {"0,tcp,http,1e39,0.5", 3},
      {"0,tcp,http,-1e39,0.5", 3},
      {"0,tcp,http,3.4028236e38,0.5", 3},
      {"0,tcp,http,1e99999999999999999999,0.5", 3},
      {"0,tcp,http,1000000000000000000000000000000000000000,0.5", 3},
      {"0,tcp,http,0x10,0.5", 3},
      {"0,tcp,http,1p3,0.5", 3},
      {"0,tcp,http,1e,0.5", 3},
      {"0,tcp,http,1e+,0.5", 3},
      {"0,tcp,http,e5,0.5", 3},
      {"0,tcp,http,.,0.5", 3},
      {"0,tcp,http,-,0.5", 3},
      {"0,tcp,http,+-1,0.5", 3},
      {"0,tcp,http,--1,0.5", 3},
      {"0,tcp,http,1.2.3,0.5", 3},
      {"0,tcp,http,1 2,0.5", 3},
      {"0,tcp,http,1;2,0.5", 3},
      {"0,tcp,http,12a,0.5", 3},
      {"0,tcp,http,\"\",0.5", 3},
      {"0,tcp,http,\"1,0.5", 3},
      {"0,tcp,\"http,100,0.5", 2},
      {"0,tcp,http,100,0.5\n0", 4},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    float record[FIELDS];
    size_t bad, length = strlen(cases[i].line);
    int32_t status = parse(cases[i].line, length, ',', record, &bad);
    expect(status == PICKET_E_PARSE, "\"%s\": status %d", cases[i].line, (int)status);
    expect(bad == cases[i].bad, "\"%s\": field %zu", cases[i].line, bad);
    assert_int_equal(picket_record_parse(connections(), cases[i].line, length, ',', record, NULL),
                     PICKET_E_PARSE);
  }
}

static void a_nul_is_a_byte_like_others(void **state) {
  (void)state;
  float record[FIELDS];
  size_t bad;
  assert_int_equal(parse("0,t\0p,http,1,2", 14, ',', record, &bad), PICKET_OK);
  assert_true(record[1] == PICKET_UNKNOWN && record[2] == 2);
  assert_int_equal(parse("0,tcp\0,http,1,2", 15, ',', record, &bad), PICKET_OK);
  assert_true(record[1] == PICKET_UNKNOWN);
  assert_int_equal(parse("0,tcp,http,1\0,2", 15, ',', record, &bad), PICKET_E_PARSE);
  assert_int_equal(bad, 3);
}

static void any_sensible_delimiter_separates(void **state) {
  (void)state;
  const char delimiters[] = {',', ';', '\t', '|', ' ', ':', '\x01', '\xff'};
  for (size_t i = 0; i < COUNT(delimiters); i++) {
    char line[] = "3,tcp,mqtt,1.5,0.25";
    float record[FIELDS];
    size_t bad;
    for (char *c = line; *c; c++)
      if (*c == ',') *c = delimiters[i];
    expect(parse(line, strlen(line), delimiters[i], record, &bad) == PICKET_OK, "0x%02x",
           (unsigned char)delimiters[i]);
    assert_true(record[0] == 3 && record[1] == 1 && record[2] == 4 && record[3] == 1.5f &&
                record[4] == 0.25f);
  }
}

static void a_delimiter_that_could_stand_in_a_cell_is_refused(void **state) {
  (void)state;
  for (const char *c = "\"\n\r0123456789+-.eE"; *c; c++) {
    float record[FIELDS] = {5, 5, 5, 5, 5};
    size_t bad;
    expect(parse("3,tcp,mqtt,1.5,0.25", 19, *c, record, &bad) == PICKET_E_ARGUMENT, "'%c'", *c);
    for (size_t i = 0; i < FIELDS; i++) assert_true(record[i] == 5);
  }
}

static void a_line_has_at_most_65536_bytes(void **state) {
  (void)state;
  static char line[65537];
  memset(line, ',', sizeof line);
  memcpy(line, "0,tcp,http,100,0.5", 18);
  float record[FIELDS] = {5, 5, 5, 5, 5};
  size_t bad = 99;
  assert_int_equal(picket_record_parse(connections(), line, sizeof line, ',', record, &bad),
                   PICKET_E_ARGUMENT);
  assert_int_equal(picket_record_parse(connections(), line, SIZE_MAX, ',', record, &bad),
                   PICKET_E_ARGUMENT);
  assert_int_equal(picket_record_parse(connections(), line, SIZE_MAX / 2 + 2, ',', record, &bad),
                   PICKET_E_ARGUMENT);
  assert_true(record[0] == 5 && bad == 99);
  assert_int_equal(picket_record_parse(connections(), line, 65536, ',', record, &bad), PICKET_OK);
  assert_true(record[3] == 100);
}

static void null_pointers_are_refused(void **state) {
  (void)state;
  float record[FIELDS];
  size_t bad = 99;
  assert_int_equal(picket_record_parse(NULL, "1", 1, ',', record, &bad), PICKET_E_ARGUMENT);
  assert_int_equal(picket_record_parse(connections(), NULL, 1, ',', record, &bad),
                   PICKET_E_ARGUMENT);
  assert_int_equal(picket_record_parse(connections(), "1", 1, ',', NULL, &bad), PICKET_E_ARGUMENT);
  assert_int_equal(bad, 99);
}

static int32_t parse_number(const char *text, float *value) {
  char line[128];
  float record[FIELDS];
  int length = snprintf(line, sizeof line, "%s,tcp,http,1,1", text);
  int32_t status =
      picket_record_parse(connections(), line, (size_t)length, ',', record, NULL);
  *value = record[0];
  return status;
}

/* strtof, which rounds correctly, is the judge. */
static void a_number_is_rounded_to_the_nearest_float(void **state) {
  (void)state;
  uint64_t random = 4;
  const char *formats[] = {"%.9g", "%.6g", "%.3f", "%.17g", "%.9e", "%.1f"};
  for (int round = 0; round < 100000; round++) {
    char text[96];
    double magnitude = pow(10, random_between(&random, -9, 9));
    double number = magnitude * random_between(&random, -1, 1);
    snprintf(text, sizeof text, formats[random_below(&random, COUNT(formats))], number);
    float value, want = strtof(text, NULL);
    assert_int_equal(parse_number(text, &value), PICKET_OK);
    expect(value == want, "%s is %.9g, should be %.9g", text, value, want);
  }
}

static void a_number_of_any_size_is_within_one_unit_in_the_last_place(void **state) {
  (void)state;
  uint64_t random = 5;
  for (int round = 0; round < 100000; round++) {
    char text[96];
    float number, value;
    uint32_t bits = (uint32_t)random_bits(&random);
    memcpy(&number, &bits, 4);
    if (!isfinite(number)) continue;
    snprintf(text, sizeof text, random_below(&random, 2) ? "%.9g" : "%.60f", number);
    if (strlen(text) > 90) continue;
    float want = strtof(text, NULL);
    assert_int_equal(parse_number(text, &value), PICKET_OK);
    expect(value == want || value == nextafterf(want, INFINITY) ||
               value == nextafterf(want, -INFINITY),
           "%s is %.9g, should be %.9g", text, value, want);
  }
}

/* What cannot be read must be refused, or give finite numbers: bytes drawn from what such lines
 * are made of. */
static void any_bytes_are_parsed_or_refused(void **state) {
  (void)state;
  static const char *const pieces[] = {"0",   "1",  ".",   "e", "-",     "+",    "9999999999",
                                       "\"",  ",",  ",",   ",", "tcp",   "http", "\r",
                                       "\n",  "\0", "nan", "i", "\xff",  " ",    "0.5",
                                       "e38", "e-", ",,",  "0", ",tcp,", "E",    "000000000000"};
  uint64_t random = 6;
  size_t good = 0;
  for (int round = 0; round < 100000; round++) {
    char line[512];
    size_t length = 0, bad = 99;
    if (random_below(&random, 2)) length = (size_t)sprintf(line, "1,tcp,http,");
    for (uint32_t n = random_below(&random, 16); n > 0; n--) {
      const char *piece = pieces[random_below(&random, COUNT(pieces))];
      size_t bytes = piece[0] ? strlen(piece) : 1;
      memcpy(line + length, piece, bytes);
      length += bytes;
    }
    float record[FIELDS];
    char *exact = malloc(length ? length : 1); /* so that AddressSanitizer sees both ends */
    memcpy(exact, line, length);
    int32_t status = picket_record_parse(connections(), exact, length, ',', record, &bad);
    free(exact);
    if (status == PICKET_OK) {
      for (size_t i = 0; i < FIELDS; i++) assert_true(isfinite(record[i]));
      assert_int_equal(bad, 99);
      good++;
    } else {
      assert_int_equal(status, PICKET_E_PARSE);
      assert_true(bad < FIELDS);
    }
  }
  expect(good > 50, "only %zu lines were records", good);
}

static void a_parsed_record_scores_like_the_same_floats(void **state) {
  (void)state;
  float record[FIELDS], same[FIELDS] = {3, 1, 4, 1.5f, 0.25f};
  size_t bad;
  unsigned char scratch[PICKET_SCRATCH_MAX];
  picket_result a, b;
  assert_int_equal(parse("3,tcp,mqtt,1.5,0.25,label\r\n", 27, ',', record, &bad), PICKET_OK);
  assert_int_equal(picket_score(connections(), record, scratch, sizeof scratch, &a), PICKET_OK);
  assert_int_equal(picket_score(connections(), same, scratch, sizeof scratch, &b), PICKET_OK);
  assert_memory_equal(&a, &b, sizeof a);
}

const struct CMUnitTest parse_tests[] = {
    cmocka_unit_test(a_line_becomes_a_record),
    cmocka_unit_test(a_bad_cell_is_named),
    cmocka_unit_test(a_nul_is_a_byte_like_others),
    cmocka_unit_test(any_sensible_delimiter_separates),
    cmocka_unit_test(a_delimiter_that_could_stand_in_a_cell_is_refused),
    cmocka_unit_test(a_line_has_at_most_65536_bytes),
    cmocka_unit_test(null_pointers_are_refused),
    cmocka_unit_test(a_number_is_rounded_to_the_nearest_float),
    cmocka_unit_test(a_number_of_any_size_is_within_one_unit_in_the_last_place),
    cmocka_unit_test(any_bytes_are_parsed_or_refused),
    cmocka_unit_test(a_parsed_record_scores_like_the_same_floats),
};
const size_t parse_count = COUNT(parse_tests);
