/* As much of cmocka as these tests use, for machines that it is not installed for. A failure ends the
 * program; targets.py looks for the line that counts the tests. */
#ifndef BARE_CMOCKA_H
#define BARE_CMOCKA_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct CMUnitTest {
  const char *name;
  void (*run)(void **state);
};
#define cmocka_unit_test(f) {#f, f}

#define fail_msg(...)                                        \
  do {                                                       \
    fprintf(stderr, "%s:%d: ", __FILE__, __LINE__);          \
    fprintf(stderr, __VA_ARGS__), fputc('\n', stderr), exit(1); \
  } while (0)
#define assert_true(condition)                       \
  do {                                               \
    if (!(condition)) fail_msg("%s", #condition);    \
  } while (0)
#define assert_int_equal(a, b)                                             \
  do {                                                                     \
    unsigned long long bare_a = (unsigned long long)(a);                   \
    unsigned long long bare_b = (unsigned long long)(b);                   \
    if (bare_a != bare_b) fail_msg("%s is %llu, not %llu", #a, bare_a, bare_b); \
  } while (0)
#define assert_non_null(p) assert_true((p) != NULL)
#define assert_null(p) assert_true((p) == NULL)
#define assert_memory_equal(a, b, size) assert_true(memcmp(a, b, size) == 0)
#define assert_string_equal(a, b) assert_true(strcmp(a, b) == 0)
#define assert_string_not_equal(a, b) assert_true(strcmp(a, b) != 0)

static inline int _cmocka_run_group_tests(const char *name, const struct CMUnitTest *tests,
                                          size_t count, void *setup, void *teardown) {
  (void)setup, (void)teardown;
  for (size_t i = 0; i < count; i++) {
    fprintf(stderr, "%s\n", tests[i].name);
    tests[i].run(NULL);
  }
  printf("%s: %zu tests passed\n", name, count);
  return 0;
}

#endif
