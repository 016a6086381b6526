#include "service.h"

#include <string.h>

#include "notify.h"
#include "privileges.h"

/* Longer than any time-out of [flow]: after so much silence every connection has ended. */
static const uint64_t long_silence_ns = 2 * 86400 * (uint64_t)1000000000;

int service_find_source(const struct config *config, const struct source_operations **operations,
                        struct error *error) {
  *operations = source_find(config->source.kind);
  if (*operations) return 0;
  return fail(error, "source.kind \"interface\" is not built in: make picketd CAPTURE=1");
}

int service_open(struct service *service, size_t more, struct error *error) {
  const struct config *config = &service->config;
  const struct source_operations *operations;
  picket_flow_configuration flow;
  if (service_find_source(config, &operations, error)) return -1;
  engine_configure(config, &flow);
  const size_t flow_bytes = engine_cost(&flow);
  if (!flow_bytes)
    return fail(error, "[flow]: %s", picket_flow_status_text(PICKET_FLOW_E_CONFIGURATION));
  notify_open();
  if (loop_open(&service->loop, error)) return -1;
  if (arena_open(&service->arena, flow_bytes + operations->memory(config) + more, error)) return -1;

  memset(&service->source, 0, sizeof service->source);
  service->source.operations = operations;
  service->source.descriptors[0] = service->source.descriptors[1] = -1;
  if (operations->open(&service->source, config, &service->arena, error)) return -1;
  if (privileges_drop(-1, error)) return -1;
  if (engine_open(&service->engine, &flow, &service->arena, error)) return -1;
  service->loop.source = &service->source;
  service->loop.engine = &service->engine;
  return 0;
}

static void send_watchdog(void *context) {
  (void)context;
  notify_watchdog();
}

int service_run(struct service *service, const char *status, int finishes, struct error *error) {
  int ended = 0;
  loop_every(&service->loop, notify_watchdog_interval(), send_watchdog);
  notify_ready(status);
  const int result = loop_run(&service->loop, &ended, error);
  notify_stopping();
  if (result) return -1;
  /* What a file leaves open ends as if nothing had followed it. */
  if (ended && service->source.operations != &source_replay)
    engine_advance(&service->engine, service->engine.now_ns + long_silence_ns);
  if (ended || finishes) engine_finish(&service->engine);
  service->source.operations->close(&service->source);
  return source_status(&service->source, error);
}
