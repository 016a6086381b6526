/* `picketd learn`: writes down every connection, and nothing else. */
#include "clock.h"
#include "columns.h"
#include "counts.h"
#include "log.h"
#include "metrics.h"
#include "refusals.h"
#include "service.h"
#include "verbs.h"

static const uint64_t second_ns = 1000000000u;

struct learn {
  struct service service;
  struct append_file log;
  struct counts counts;
  struct refusals refusals;
  uint64_t until_ns; /* 0: no end */
};

static void take(void *listener, const picket_flow_event *event, const float *record) {
  struct learn *learn = listener;
  log_event(&learn->log, event);
  if (!record) return;
  const char *refusal = column_refusal(event);
  learn->counts.connections++;
  if (refusal) counts_refuse(&learn->counts, refusal);
}

static int is_done(void *context) {
  const struct learn *learn = context;
  const uint64_t enough = learn->service.config.learn.connections;
  return (enough && learn->counts.connections >= enough) ||
         (learn->until_ns && clock_monotonic() >= learn->until_ns);
}

static void sync_log(void *context) {
  struct learn *learn = context;
  log_tend(&learn->log, &learn->service.config, &learn->service.engine.configuration);
}

static void say_refusals(void *context) {
  struct learn *learn = context;
  refusals_say(&learn->refusals, &learn->counts);
}

static void write_metrics(void *context) {
  struct learn *learn = context;
  const struct metrics metrics = {.counts = &learn->counts, .engine = &learn->service.engine,
                                  .source = &learn->service.source, .log = &learn->log};
  metrics_keep(&metrics, learn->service.config.metrics.path);
}

static int open_learning(struct learn *learn, const char *path, struct error *error) {
  struct service *service = &learn->service;
  service->path = path;
  if (config_load(&service->config, path, error) || service_open(service, 0, error)) return -1;
  if (log_open(&learn->log, &service->config, &service->engine.configuration, error)) return -1;
  service->engine.listener = learn;
  service->engine.listen = take;
  service->loop.context = learn;
  service->loop.is_done = is_done;
  if (service->config.learn.time_ns)
    learn->until_ns = clock_monotonic() + service->config.learn.time_ns;
  loop_every(&service->loop, service->config.log.sync_ns, sync_log);
  loop_every(&service->loop, second_ns, say_refusals);
  if (service->config.metrics.path[0])
    loop_every(&service->loop, service->config.metrics.interval_ns, write_metrics);
  return 0;
}

int verb_learn(const char *path, struct error *error) {
  static struct learn learn;
  if (open_learning(&learn, path, error)) return -1;
  const int status = service_run(&learn.service, "learning", 1, error);
  append_close(&learn.log);
  if (learn.service.config.metrics.path[0]) write_metrics(&learn);
  say("%llu connections learned, %llu records lost", (unsigned long long)learn.counts.connections,
      (unsigned long long)learn.log.lost);
  return status;
}
