/*
 * Connections that are told before the windows are true. What began before picketd started is known
 * in part: the kernel's table has what was still open, which is no sample of what there was. Such
 * connections get no score, nor do those that begin while the others fill the windows: as many as
 * there were of them, and at most as many as a window holds. Those that were closed by then are told
 * at their END alone, when the kernel forgets them: they get no score either, and stand in no windows,
 * so the others do not wait for them.
 */
#ifndef PICKETD_WARMUP_H
#define PICKETD_WARMUP_H

#include <picket_flow.h>
#include <stdint.h>

struct warmup {
  uint64_t begun_ns;  /* when picketd started, in the records' time; 0: everything counts */
  uint32_t most;      /* connections that a window holds */
  uint64_t old;       /* connections from before that were told */
  uint64_t until_id;  /* of the last connection that they stand in the windows of */
};

/* Takes note of an event. Returns whether it is of a connection that gets no score. */
int warmup_covers(struct warmup *warmup, const picket_flow_event *event);

#endif
