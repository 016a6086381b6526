/*
 * What a call does: allocations, and, under callgrind, instructions.
 *
 *   calls LINE     a contestant, as contestant.h tells
 *
 * Prints, tabs between: allocations a call; records that counted_pass scored. For instructions a
 * record: valgrind --tool=callgrind --toggle-collect=counted_pass calls LINE, its "Collected"
 * divided by those records.
 */
#include <stdio.h>

#include "allocations.h"
#include "contestant.h"

enum { RECORDS = 512 };

__attribute__((noinline)) void counted_pass(const contestant *c, size_t records) {
  contestant_pass(c, 0, records);
  __asm__ volatile(""); /* no tail call: the pass belongs to this function */
}

int main(int argc, char **argv) {
  if (argc != 2) return fprintf(stderr, "usage: calls LINE\n"), 2;
  contestant c;
  contestant_open(&c, argv[1]);
  contestant_pass(&c, 0, c.batch);
  const size_t before = allocations(), records = c.count < RECORDS ? c.count : RECORDS;
  counted_pass(&c, records);
  printf("%.2f\t%zu\n", (double)(allocations() - before) * (double)c.batch / (double)records,
         records);
  return 0;
}
