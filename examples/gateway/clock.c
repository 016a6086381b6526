#include "clock.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "message.h"

/* Differences below this are how long two readings take, and how clocks are slewed. */
static const int64_t smallest_step_ns = 100000000;

/* Without a clock nothing that picketd says is true. It fails where seconds of 32 bits have run out, or a
 * filter of system calls forbids it. */
static uint64_t read_clock(clockid_t clock) {
  struct timespec time;
  if (clock_gettime(clock, &time)) {
    say("the clock cannot be read: %s", strerror(errno));
    exit(1);
  }
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

uint64_t clock_monotonic(void) { return read_clock(CLOCK_MONOTONIC); }

uint64_t clock_wall(void) { return read_clock(CLOCK_REALTIME); }

uint64_t clock_records(void) {
  static uint64_t offset;
  if (!offset) offset = clock_wall() - clock_monotonic();
  return clock_monotonic() + offset;
}

int64_t clock_step(void) {
  const int64_t step = (int64_t)(clock_records() - clock_wall());
  return step > -smallest_step_ns && step < smallest_step_ns ? 0 : step;
}

void clock_print(uint64_t time_ns, char *text) {
  const time_t seconds = (time_t)(time_ns / 1000000000u);
  struct tm parts;
  char date[24];
  gmtime_r(&seconds, &parts);
  strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%S", &parts);
  snprintf(text, CLOCK_TEXT, "%s.%09uZ", date, (unsigned)(time_ns % 1000000000u));
}
