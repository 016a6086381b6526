/* Runs every test of the C library as one group. Arguments, if any, are test names to run. */
#include "testing.h"

#include <stdio.h>
#include <stdlib.h>

#define GROUPS(X) \
  X(versions) X(watch) X(open) X(info) X(fields) X(parse) X(score) X(batch) X(calibration) \
  X(status) X(threads)

#define DECLARE(name)                           \
  extern const struct CMUnitTest name##_tests[]; \
  extern const size_t name##_count;
GROUPS(DECLARE)

int main(int argc, char **argv) {
  static struct CMUnitTest all[512];
  size_t count = 0;
#define ADD(name)                                                         \
  for (size_t i = 0; i < name##_count && count < COUNT(all); i++) {       \
    int wanted = argc == 1;                                               \
    for (int a = 1; a < argc; a++) wanted |= !strcmp(argv[a], name##_tests[i].name); \
    if (wanted) all[count++] = name##_tests[i];                           \
  }
  GROUPS(ADD)
  if (count == 0) {
    fprintf(stderr, "no test has that name\n");
    return 1;
  }
  return _cmocka_run_group_tests("CABI", all, count, load_goldens, free_goldens) != 0;
}
