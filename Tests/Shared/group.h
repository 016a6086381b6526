/* The tests of several files as one group: a runner lists its files by an X macro, declares their
 * tables by DECLARE and chooses from them by `choose`. */
#ifndef TEST_GROUP_H
#define TEST_GROUP_H

#include <string.h>

#define DECLARE(file)                            \
  extern const struct CMUnitTest file##_tests[]; \
  extern const size_t file##_count;

static struct CMUnitTest chosen[512];
static size_t chosen_count;

/* Adds the tests that have one of these names; all if there is none. */
static void choose(const struct CMUnitTest *tests, size_t count, char **names) {
  for (size_t i = 0; i < count && chosen_count < sizeof chosen / sizeof chosen[0]; i++) {
    int wanted = names[0] == NULL;
    for (char **name = names; *name; name++) wanted |= strcmp(*name, tests[i].name) == 0;
    if (wanted) chosen[chosen_count++] = tests[i];
  }
}

#endif /* TEST_GROUP_H */
