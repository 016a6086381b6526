/* The time after the start in which connections are like nothing that was learned: those that began
 * before picketd, and those that began when fewer had begun than a window looks at. */
#ifndef PICKETD_WARM_UP_H
#define PICKETD_WARM_UP_H

#include <picket_flow.h>

struct warm_up {
  uint64_t begun_ns; /* when picketd was started, in the records' time; 0: nothing is early */
  uint64_t windows;  /* connections that a window looks at */
  uint64_t last_id;  /* of the connections that began while the windows filled */
};

/*
 * Whether a connection is early. To be called with every event, in order; `now_ns` is when its input
 * arrived, in the records' time. Times of the event are those of its source: of NetFlow they are of an
 * exporter's clock, which may be hours from this one, so that they are only compared with each other.
 */
int warm_up_covers(struct warm_up *warm_up, const picket_flow_event *event, uint64_t now_ns);

#endif
