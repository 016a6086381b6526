/* `picketd run`: scores every connection that ends. */
#include <stdio.h>

#include "clock.h"
#include "log.h"
#include "metrics.h"
#include "notify.h"
#include "pid_file.h"
#include "refusals.h"
#include "scorer.h"
#include "service.h"
#include "verbs.h"
#include "warm_up.h"

static const uint64_t second_ns = 1000000000u;

struct run {
  struct service service;
  struct scorer scorer;
  struct append_file log;
  struct refusals refusals;
  struct warm_up warm_up;
  /* Looking at connections that stay open. */
  uint64_t look_ns;   /* when to begin next, by the monotonic clock */
  uint32_t cursor;
  int has_asked;      /* for their counters, a second or two ago */
};

/* Connections that are looked at in a tenth of a second, so that input does not wait. */
enum { LOOKED_AT_ONCE = 2048 };

/* Whether a connection that is open has lasted long enough to be looked at. By the clock of this machine
 * the table tells; by an exporter's, which may be another, what it has lasted is all that is known. */
static int is_young(const struct run *run, const picket_flow_event *event) {
  return event->kind == PICKET_FLOW_OPEN && run->service.source.operations->has_own_clock &&
         event->end_ns < event->start_ns + run->service.config.alert.open_ns;
}

static void take(void *listener, const picket_flow_event *event, const float *record) {
  struct run *run = listener;
  if (is_young(run, event)) return;
  if (run->service.config.log.while_running && event->kind != PICKET_FLOW_OPEN) log_event(&run->log, event);
  const int is_early = warm_up_covers(&run->warm_up, event, run->service.engine.now_ns);
  if (record && is_early) scorer_pass(&run->scorer, event, "warming_up");
  if (record && !is_early) scorer_take(&run->scorer, event, record, run->service.engine.now_ns);
}

static void say_model(const struct run *run, const char *what) {
  say("%s %s: checksum %08x, budget %g, threshold %g", what, run->service.config.model.path,
      (unsigned)run->scorer.model->checksum, (double)run->service.config.alert.budget,
      (double)run->scorer.model->threshold);
}

static void reload(void *context) {
  static struct config config;
  struct run *run = context;
  struct error error;
  notify_reloading();
  if (config_load(&config, run->service.path, &error)) {
    run->scorer.counts.reload_failures++;
    say("not reloaded, all stays as it was: %s", error.text);
  } else if (scorer_reload(&run->scorer, &config, &error)) {
    say("not reloaded, all stays as it was: %s", error.text);
  } else {
    /* Not only when an interval is over that was longer. */
    const uint64_t next_ns = clock_monotonic() + run->service.config.alert.open_ns;
    if (run->look_ns > next_ns) run->look_ns = next_ns;
    say_model(run, "reloaded");
    if (scorer_needs_restart(&run->service.config, &config))
      say("other changes of %s take effect at the next start", run->service.path);
  }
  notify_ready("scoring");
}

static void sync_log(void *context) {
  struct run *run = context;
  log_tend(&run->log, &run->service.config, &run->service.engine.configuration);
}

static void tend_outputs(void *context) {
  struct run *run = context;
  if (run->service.config.output.path[0]) append_tend(&run->scorer.alerts);
  hook_tend(&run->scorer.hook);
  refusals_say(&run->refusals, &run->scorer.counts);
}

static void write_metrics(void *context) {
  struct run *run = context;
  const struct scorer *scorer = &run->scorer;
  const struct metrics metrics = {
      .counts = &scorer->counts, .engine = &run->service.engine, .source = &run->service.source,
      .model = scorer->model, .drift = scorer->has_drift ? &scorer->drift : NULL,
      .cooldown = &scorer->cooldown, .alerts = &scorer->alerts, .hook = &scorer->hook,
      .journal = &scorer->journal,
      .log = run->service.config.log.while_running ? &run->log : NULL};
  metrics_keep(&metrics, run->service.config.metrics.path);
}

/* Ten times a second: asks for counters, and two seconds later goes through the table. */
static void look(void *context) {
  struct run *run = context;
  struct service *service = &run->service;
  const uint64_t interval = service->config.alert.open_ns, now = clock_monotonic();
  if (!interval || now < run->look_ns) return;
  if (!run->has_asked && service->source.operations->refresh) {
    service->source.operations->refresh(&service->source);
    run->has_asked = 1;
    run->look_ns = now + 2 * second_ns;
    return;
  }
  const uint64_t begun_before =
      service->source.operations->has_own_clock ? UINT64_MAX : service->engine.now_ns - interval;
  if (engine_look(&service->engine, &run->cursor, begun_before, LOOKED_AT_ONCE)) return;
  run->cursor = 0;
  run->has_asked = 0;
  run->look_ns = now + interval;
}

static void send_status(void *context) {
  const struct run *run = context;
  char text[128];
  snprintf(text, sizeof text, "scoring: %llu connections, %llu alerts told",
           (unsigned long long)run->scorer.counts.connections,
           (unsigned long long)run->scorer.counts.told);
  notify_status(text);
}

static int open_running(struct run *run, const char *path, struct error *error) {
  struct service *service = &run->service;
  struct config *config = &service->config;
  uint64_t specification = 0;
  service->path = path;
  if (config_load(config, path, error) || service_open(service, scorer_memory(config), error))
    return -1;
  picket_flow_specification(&service->engine.configuration, NULL, 0, &specification);
  if (scorer_open(&run->scorer, config, &service->arena, specification, error)) return -1;
  if (config->log.while_running &&
      log_open(&run->log, config, &service->engine.configuration, error))
    return -1;
  if (service->source.operations->is_live && config->control.pid_file[0] &&
      pid_file_take(config->control.pid_file, error))
    return -1;
  if (service->source.operations->is_live) run->warm_up.begun_ns = clock_records();
  run->warm_up.windows = service->engine.configuration.host_connections;
  service->engine.listener = run;
  service->engine.listen = take;
  return 0;
}

static void start_timers(struct run *run) {
  const struct config *config = &run->service.config;
  struct loop *loop = &run->service.loop;
  loop->context = run;
  loop->reload = reload;
  loop_every(loop, second_ns, tend_outputs);
  loop_every(loop, 10 * second_ns, send_status);
  if (run->service.source.operations->is_live) {
    loop_every(loop, second_ns / 10, look);
    run->look_ns = clock_monotonic() + config->alert.open_ns;
  }
  if (config->log.while_running) loop_every(loop, config->log.sync_ns, sync_log);
  if (config->metrics.path[0]) loop_every(loop, config->metrics.interval_ns, write_metrics);
}

int verb_run(const char *path, struct error *error) {
  static struct run run;
  if (open_running(&run, path, error)) return -1;
  start_timers(&run);
  say_model(&run, "scoring with");
  const int status = service_run(&run.service, "scoring", 0, error);
  if (run.service.config.metrics.path[0]) write_metrics(&run);
  append_close(&run.scorer.alerts);
  if (run.service.config.log.while_running) append_close(&run.log);
  say("%llu connections, %llu scored, %llu alerts told",
      (unsigned long long)run.scorer.counts.connections,
      (unsigned long long)run.scorer.counts.scored, (unsigned long long)run.scorer.counts.told);
  return status;
}
