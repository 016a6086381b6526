#include "engine.h"

#include <string.h>
#include <sys/random.h>

#include "kernel.h"

static void take_timeout(const char *name, uint64_t *time_ns) {
  const long seconds = kernel_conntrack_setting(name);
  if (seconds > 0) *time_ns = (uint64_t)seconds * 1000000000u;
}

void engine_configure(const struct config *config, picket_flow_configuration *configuration) {
  picket_flow_defaults(configuration);
  configuration->connections = config->flow.connections;
  configuration->starts = config->flow.starts;
  configuration->fragments = config->flow.fragments;
  configuration->templates = config->flow.templates;
  configuration->byte_count = config->flow.byte_count == 0 ? PICKET_FLOW_IP : PICKET_FLOW_PAYLOAD;
  configuration->window_connections = config->flow.window_connections;
  configuration->host_connections = config->flow.host_connections;
  configuration->window_ns = config->flow.window_ns;
  configuration->unanswered_ns = config->flow.unanswered_ns;
  configuration->open_ns = config->flow.open_ns;
  configuration->closed_ns = config->flow.closed_ns;
  configuration->udp_ns = config->flow.udp_ns;
  configuration->icmp_ns = config->flow.icmp_ns;
  if (config->source.kind == SOURCE_CONNTRACK) {
    take_timeout("udp_timeout", &configuration->kernel_udp_ns);
    take_timeout("udp_timeout_stream", &configuration->kernel_udp_stream_ns);
    take_timeout("icmp_timeout", &configuration->kernel_icmp_ns);
    take_timeout("tcp_timeout_syn_sent", &configuration->kernel_syn_sent_ns);
    take_timeout("tcp_timeout_established", &configuration->kernel_established_ns);
  }
  /* Without random bits the flow works as well, but somebody could fill one chain of its table. */
  (void)!getrandom(&configuration->seed, sizeof configuration->seed, GRND_NONBLOCK);
}

size_t engine_cost(const picket_flow_configuration *configuration) {
  const size_t size = picket_flow_size(configuration);
  return size ? arena_cost(size) : 0;
}

int engine_open(struct engine *engine, const picket_flow_configuration *configuration,
                struct arena *arena, struct error *error) {
  memset(engine, 0, sizeof *engine);
  engine->configuration = *configuration;
  engine->flow_bytes = picket_flow_size(configuration);
  engine->flow = arena_take(arena, engine->flow_bytes);
  if (!engine->flow_bytes || !engine->flow)
    return fail(error, "[flow]: %s", picket_flow_status_text(PICKET_FLOW_E_CONFIGURATION));
  const int32_t status = picket_flow_init(engine->flow, engine->flow_bytes, configuration);
  if (status != PICKET_FLOW_OK) return fail(error, "[flow]: %s", picket_flow_status_text(status));
  return 0;
}

void engine_restart(struct engine *engine) {
  picket_flow_init(engine->flow, engine->flow_bytes, &engine->configuration);
  engine->sessions++;
}

void engine_drain(struct engine *engine) {
  picket_flow_event event;
  float record[PICKET_FLOW_COLUMNS];
  while (picket_flow_next(engine->flow, &event, record)) {
    if (event.kind == PICKET_FLOW_QUERY) {
      if (engine->ask) engine->ask(engine->asker, &event);
    } else {
      engine->listen(engine->listener, &event, event.kind == PICKET_FLOW_END ? record : NULL);
    }
  }
}

int engine_look(struct engine *engine, uint32_t *cursor, uint64_t begun_before_ns, size_t most) {
  picket_flow_event event;
  float record[PICKET_FLOW_COLUMNS];
  for (; most > 0; most--) {
    if (!picket_flow_look(engine->flow, cursor, begun_before_ns, &event, record)) return 0;
    engine->listen(engine->listener, &event, record);
  }
  return 1;
}

void engine_advance(struct engine *engine, uint64_t now_ns) {
  engine->now_ns = now_ns;
  if (picket_flow_advance(engine->flow, now_ns) == PICKET_FLOW_OK) engine_drain(engine);
}

void engine_finish(struct engine *engine) {
  if (picket_flow_finish(engine->flow) == PICKET_FLOW_OK) engine_drain(engine);
}
