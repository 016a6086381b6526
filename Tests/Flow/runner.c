/* Runs every test of picket_flow.h as one group. Arguments, if any, are names of tests to run. */
#include "testing.h"

#include <stdio.h>

#define FILES(X) \
  X(calls) X(states) X(packets) X(links) X(table) X(windows) X(columns) X(log) X(conntrack) X(netflow) \
  X(look)

#define DECLARE(file)                            \
  extern const struct CMUnitTest file##_tests[]; \
  extern const size_t file##_count;
FILES(DECLARE)

static struct CMUnitTest chosen[256];
static size_t chosen_count;

static void choose(const struct CMUnitTest *tests, size_t count, char **names) {
  for (size_t i = 0; i < count && chosen_count < COUNT(chosen); i++) {
    int is_wanted = names[0] == NULL;
    for (char **name = names; *name; name++) is_wanted |= strcmp(*name, tests[i].name) == 0;
    if (is_wanted) chosen[chosen_count++] = tests[i];
  }
}

int main(int argc, char **argv) {
  (void)argc;
#define CHOOSE(file) choose(file##_tests, file##_count, argv + 1);
  FILES(CHOOSE)
  if (chosen_count == 0) {
    fprintf(stderr, "no test has that name\n");
    return 1;
  }
  return _cmocka_run_group_tests("Flow", chosen, chosen_count, NULL, NULL) != 0;
}
