#include "warmup.h"

int warmup_covers(struct warmup *warmup, const picket_flow_event *event) {
  if (event->start_ns < warmup->begun_ns) {
    if (event->kind == PICKET_FLOW_BEGIN) {
      if (warmup->old < warmup->most) warmup->old++;
      if (event->id + warmup->old > warmup->until_id) warmup->until_id = event->id + warmup->old;
    }
    return 1;
  }
  return event->id <= warmup->until_id;
}
