/* The flow and who listens to it: every source hands its input to the flow and calls engine_drain. */
#ifndef PICKETD_ENGINE_H
#define PICKETD_ENGINE_H

#include <picket_flow.h>

#include "arena.h"
#include "config.h"

struct engine {
  picket_flow *flow;
  size_t flow_bytes;
  picket_flow_configuration configuration;
  uint64_t now_ns;    /* of the newest input, in the records' time */
  uint64_t sessions;  /* times that a log began anew */

  /* Who is told of connections that began and ended. `record` has PICKET_FLOW_COLUMNS numbers at an
   * END, and is NULL otherwise. */
  void *listener;
  void (*listen)(void *listener, const picket_flow_event *event, const float *record);

  /* Who asks for counters: conntrack alone; or NULL. */
  void *asker;
  void (*ask)(void *asker, const picket_flow_event *event);
};

/* The flow's configuration by the file: the rest is defaults, and the kernel's own time-outs. */
void engine_configure(const struct config *config, picket_flow_configuration *configuration);

/* Bytes of arena that a flow costs; 0 if the configuration is refused. */
size_t engine_cost(const picket_flow_configuration *configuration);

int engine_open(struct engine *engine, const picket_flow_configuration *configuration,
                struct arena *arena, struct error *error);

/* Forgets all connections: a log of another run begins. */
void engine_restart(struct engine *engine);

/* Hands on what the last input led to. */
void engine_drain(struct engine *engine);

/* Tells the listener of some of the connections that are open and began before a time, as
 * PICKET_FLOW_OPEN. *cursor goes from 0 to the end of the table, by `most` connections a call; returns
 * 0 at the end. */
int engine_look(struct engine *engine, uint32_t *cursor, uint64_t begun_before_ns, size_t most);

/* Time passes without an input. */
void engine_advance(struct engine *engine, uint64_t now_ns);

/* No more input: what is still open ends. */
void engine_finish(struct engine *engine);

#endif
