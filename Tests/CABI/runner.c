/* Runs every test of the C library as one group. Arguments, if any, are names of tests to run. */
#include "testing.h"

#include "../Shared/group.h"

#include <stdio.h>

#define FILES(X) \
  X(versions)    \
  X(watch)       \
  X(open)        \
  X(info)        \
  X(fields)      \
  X(parse)       \
  X(score)       \
  X(batch)       \
  X(curves)      \
  X(calibration) \
  X(explain)     \
  X(drift)       \
  X(status)      \
  X(threads)

FILES(DECLARE)

int main(int argc, char **argv) {
  (void)argc;
#define CHOOSE(file) choose(file##_tests, file##_count, argv + 1);
  FILES(CHOOSE)
  if (chosen_count == 0) {
    fprintf(stderr, "no test has that name\n");
    return 1;
  }
  return _cmocka_run_group_tests("CABI", chosen, chosen_count, load_goldens, free_goldens) != 0;
}
