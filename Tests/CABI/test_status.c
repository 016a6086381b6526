#include "testing.h"

#include <stdio.h>
#include <stdlib.h>

enum { LOWEST = PICKET_E_NOT_BUILT_IN };

static void every_status_has_a_text_of_its_own(void **state) {
  (void)state;
  const char *unknown = picket_status_text(1);
  for (int32_t a = 0; a >= LOWEST; a--) {
    const char *text = picket_status_text(a);
    assert_non_null(text);
    expect(strlen(text) >= 5 && strlen(text) < 200, "status %d: \"%s\"", (int)a, text);
    expect(strcmp(text, unknown) != 0, "status %d has no text", (int)a);
    expect(strpbrk(text, "\n\r\t") == NULL, "status %d: \"%s\"", (int)a, text);
    for (int32_t b = 0; b > a; b--)
      expect(strcmp(text, picket_status_text(b)) != 0, "%d and %d: \"%s\"", (int)a, (int)b, text);
  }
}

static void any_other_number_has_a_text(void **state) {
  (void)state;
  const int32_t numbers[] = {1, 2, 255, INT32_MAX, INT32_MIN, INT32_MIN + 1, LOWEST - 1, -100, -65536};
  const char *unknown = picket_status_text(1);
  assert_non_null(unknown);
  for (size_t i = 0; i < COUNT(numbers); i++)
    assert_string_equal(picket_status_text(numbers[i]), unknown);
}

/* The status enum of the header, as text: numbers without gaps, each with its comment, and all of
 * them known to the tests above. */
static void the_header_numbers_statuses_without_gaps(void **state) {
  (void)state;
  size_t size;
  char *text = (char *)read_file(INCLUDE_DIR, "picket.h", 0, &size), *line;
  assert_non_null(text);
  char *at = strstr(text, "PICKET_OK = 0");
  assert_non_null(at);
  int wanted = 0;
  while ((line = next_line(&at)) && !strstr(line, "};")) {
    char name[64];
    int number;
    if (sscanf(line, " %63[A-Z_] = %d", name, &number) != 2) continue;
    expect(number == wanted, "%s is %d, not %d", name, number, wanted);
    expect(number == 0 || strstr(line, "/* "), "%s has no comment", name);
    wanted--;
  }
  expect(wanted == LOWEST - 1, "the last status is %d", wanted + 1);
  free(text);
}

const struct CMUnitTest status_tests[] = {
    cmocka_unit_test(every_status_has_a_text_of_its_own),
    cmocka_unit_test(any_other_number_has_a_text),
    cmocka_unit_test(the_header_numbers_statuses_without_gaps),
};
const size_t status_count = COUNT(status_tests);
