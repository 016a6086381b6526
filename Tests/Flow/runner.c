/* Runs every test of picket_flow.h as one group. Arguments, if any, are names of tests to run. */
#include "testing.h"

#include "../Shared/group.h"

#include <stdio.h>

#define FILES(X) \
  X(calls) X(states) X(packets) X(links) X(table) X(windows) X(columns) X(log) \
  X(conntrack_recorded) X(conntrack_once) X(conntrack_ends) X(conntrack_dumps) X(conntrack_messages) \
  X(netflow_recorded) X(netflow_times) X(netflow_starts) X(netflow_templates) X(netflow_datagrams) \
  X(netflow_vendors) X(look)

FILES(DECLARE)

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
