#include "warmup.h"

int warmup_covers(struct warmup *warmup, const picket_flow_event *event) {
  if (event->start_ns < warmup->begun_ns) {
    /* What was there is told at its BEGIN, or, if it was closed by then, at its END alone. */
    const int is_first = event->kind == PICKET_FLOW_BEGIN || event->notes & PICKET_FLOW_NO_START;
    if (is_first) {
      if (warmup->old < warmup->most) warmup->old++;
      if (event->id + warmup->old > warmup->until_id) warmup->until_id = event->id + warmup->old;
    }
    return 1;
  }
  return event->id <= warmup->until_id;
}
