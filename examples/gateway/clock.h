/* Three clocks, each for what it is good for. Nanoseconds. */
#ifndef PICKETD_CLOCK_H
#define PICKETD_CLOCK_H

#include <stdint.h>

/* Never jumps: for timers and for measuring. */
uint64_t clock_monotonic(void);

/* What the wall says now, since 1970: for what people read. Jumps when it is set. */
uint64_t clock_wall(void);

/* What connections are timed by: since 1970, as the wall had it when the process started, and from
 * then on as fast as the monotonic clock. A clock that is set changes no duration and no window. */
uint64_t clock_records(void);

/* How much must be added to the wall's time to get that of the records: 0 until the clock is set. */
int64_t clock_step(void);

/* Writes a time as "2026-01-31T12:00:00.123456789Z", in CLOCK_TEXT bytes. */
enum { CLOCK_TEXT = 40 };
void clock_print(uint64_t time_ns, char *text);

#endif
