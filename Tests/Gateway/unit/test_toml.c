/* The reader of TOML: what it takes, and what it says of the rest. */
#include <stdio.h>

#include "testing.h"

/* Everything that was told, one line each. */
static char told[4096];

static void tell(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(told + strlen(told), sizeof told - strlen(told), format, arguments);
  va_end(arguments);
}

static int take_table(void *context, const char *name, int is_array, struct error *error) {
  (void)context, (void)error;
  tell(is_array ? "[[%s]]\n" : "[%s]\n", name);
  return 0;
}

static int take_value(void *context, const char *key, const struct toml_value *value,
                      struct error *error) {
  (void)context, (void)error;
  switch (value->type) {
    case TOML_STRING: tell("%s=<%s>\n", key, value->string); break;
    case TOML_INTEGER: tell("%s=%lld\n", key, (long long)value->integer); break;
    case TOML_FLOAT: tell("%s=%g\n", key, value->number); break;
    case TOML_BOOLEAN: tell("%s=%s\n", key, value->integer ? "yes" : "no"); break;
    case TOML_STRINGS:
      tell("%s=", key);
      for (size_t i = 0; i < value->count; i++) tell("<%s>", value->strings[i]);
      tell("\n");
  }
  return 0;
}

static int read_text(const char *text, unsigned *line, struct error *error) {
  static char copy[4096];
  const struct toml_handler handler = {NULL, take_table, take_value};
  told[0] = 0;
  snprintf(copy, sizeof copy, "%s", text);
  return toml_parse(copy, strlen(copy), &handler, line, error);
}

static void values_of_every_type_are_told_in_order(void **state) {
  static const char text[] =
      "# a comment\n\n[one]\r\na = 1 # more\nb=-1_000\n  c = 2.5e-3\nd = true\ne= false\n"
      "f = \"x\\ty \\\"z\\\" \\u00e9\\u20ac\\\\\"\ng = 'C:\\n'\n"
      "h = [\"p\", # of two\n  'q',\n]\ni = []\n[[two]]\nj = \"\"\nk = 0";
  unsigned line;
  struct error error;
  (void)state;
  expect(read_text(text, &line, &error) == 0, "line %u: %s", line, error.text);
  assert_string_equal(told, "[one]\na=1\nb=-1000\nc=0.0025\nd=yes\ne=no\n"
                            "f=<x\ty \"z\" \xC3\xA9\xE2\x82\xAC\\>\ng=<C:\\n>\nh=<p><q>\ni=\n[[two]]\n"
                            "j=<>\nk=0\n");
}

static void what_is_wrong_is_refused_with_its_line(void **state) {
  static const struct {
    const char *text;
    unsigned line;
    const char *says;
  } cases[] = {
      {"a", 1, "expected '='"},
      {"\na = 1 2", 2, "where the line should end"},
      {"a = ", 1, "is not a number"},
      {"a = 01", 1, "is not a number"},
      {"a = 1.", 1, "is not a number"},
      {"a = .5", 1, "is not a number"},
      {"a = 1e", 1, "is not a number"},
      {"a = 1__0", 1, "is not a number"},
      {"a = nan", 1, "is not a number"},
      {"a = 2026-01-31", 1, "is not a number"},
      {"a = 99999999999999999999", 1, "too large"},
      {"a = 1e999", 1, "too large"},
      {"a = truely", 1, "is not a number"},
      {"a = \"x", 1, "not closed"},
      {"a = \"x\ny\"", 1, "not closed"},
      {"a = \"\\q\"", 1, "no escape"},
      {"a = \"\\u12\"", 1, "four hexadecimal digits"},
      {"a = \"\\ud800\"", 1, "is not a character"},
      {"a = \"\\u0000\"", 1, "is not a character"},
      {"a = \"\x01\"", 1, "control character"},
      {"a = \"\"\"x\"\"\"", 1, "several lines"},
      {"a = '''x'''", 1, "several lines"},
      {"a = {b = 1}", 1, "inline tables"},
      {"a = [1, 2]", 1, "strings alone"},
      {"a = [\"x\" \"y\"]", 1, "expected ',' or ']'"},
      {"\n\na = [\"x\",\n", 3, "strings alone"},
      {"a.b = 1", 1, "expected '='"},
      {"\"a\" = 1", 1, "expected a name"},
      {"[a.b]", 1, "names with points"},
      {"[a", 1, "expected ']'"},
      {"[[a]", 1, "expected ']]'"},
      {"[]", 1, "expected a name"},
      {"[a] x", 1, "where the line should end"},
      {"= 1", 1, "where the line should end"},
      /* What is quoted is of that line alone. */
      {"a = 1 2\nb = 3", 1, "found '2' where"},
      {"a = 0x10\r\nb = 3", 1, "'0x10' is not a number"},
      {"a = \nb = 3", 1, "'' is not a number"},
      {"a 1\nb = 3", 1, "found '1'; keys"},
  };
  (void)state;
  for (size_t i = 0; i < COUNT(cases); i++) {
    unsigned line = 0;
    struct error error = {""};
    expect(read_text(cases[i].text, &line, &error) != 0, "'%s' was taken", cases[i].text);
    expect(line == cases[i].line, "'%s': line %u", cases[i].text, line);
    expect(holds(error.text, cases[i].says), "'%s': %s", cases[i].text, error.text);
  }
}

static void a_nul_byte_is_refused(void **state) {
  const struct toml_handler handler = {NULL, take_table, take_value};
  char text[] = "a = 1\n\0b = 2\n";
  unsigned line;
  struct error error;
  (void)state;
  assert_int_equal(toml_parse(text, sizeof text - 1, &handler, &line, &error), -1);
  assert_int_equal(line, 2);
}

static void an_array_has_a_most(void **state) {
  char text[512] = "a = [";
  unsigned line;
  struct error error;
  (void)state;
  for (int i = 0; i <= TOML_MAX_STRINGS; i++) strcat(text, "\"x\",");
  strcat(text, "]");
  assert_int_equal(read_text(text, &line, &error), -1);
  expect(holds(error.text, "more than 32"), "%s", error.text);
}

const struct CMUnitTest toml_tests[] = {
    cmocka_unit_test(values_of_every_type_are_told_in_order),
    cmocka_unit_test(what_is_wrong_is_refused_with_its_line),
    cmocka_unit_test(a_nul_byte_is_refused),
    cmocka_unit_test(an_array_has_a_most),
};
const size_t toml_count = COUNT(toml_tests);
