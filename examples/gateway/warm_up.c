#include "warm_up.h"

/* On a router with little to do nobody waits longer for the windows. */
static const uint64_t patience_ns = 600 * (uint64_t)1000000000;

/* What has lasted longer than picketd has run: a flow whose records came in parts, say. */
static int has_lasted_longer(const picket_flow_event *event, uint64_t run_ns) {
  return event->end_ns > event->start_ns && event->end_ns - event->start_ns > run_ns;
}

int warm_up_covers(struct warm_up *warm_up, const picket_flow_event *event, uint64_t now_ns) {
  if (!warm_up->begun_ns) return 0;
  if (now_ns < warm_up->begun_ns) now_ns = warm_up->begun_ns;
  const uint64_t run_ns = now_ns - warm_up->begun_ns;
  if (event->kind == PICKET_FLOW_BEGIN && event->id > warm_up->last_id &&
      event->id <= warm_up->windows && run_ns < patience_ns)
    warm_up->last_id = event->id;
  /* Nobody saw it begin: connection tracking alone tells of such ones, and by this machine's clock. */
  if (event->id == 0) return event->start_ns < warm_up->begun_ns;
  return event->id <= warm_up->last_id || has_lasted_longer(event, run_ns);
}
