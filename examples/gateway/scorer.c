#include "scorer.h"

#include <string.h>

#include "alert.h"
#include "clock.h"

size_t scorer_memory(const struct config *config) {
  return 2 * arena_cost(config->model.most_bytes) + arena_cost(PICKET_EXPLAIN_SCRATCH_MAX) +
         arena_cost(cooldown_memory(config->alert.remembered));
}

static void use_model(struct scorer *scorer, struct model *model) {
  scorer->model = model;
  scorer->has_drift = picket_drift_init(&scorer->drift, &model->opened) == PICKET_OK;
  scorer->cooldown.pause_ns = scorer->config->alert.cooldown_ns;
  scorer->cooldown.same = scorer->config->alert.same;
  scorer->cooldown.each_minute = scorer->config->alert.each_minute;
}

static int open_outputs(struct scorer *scorer, struct error *error) {
  const struct config *config = scorer->config;
  scorer->alerts.descriptor = scorer->journal.socket = -1;
  if (config->output.path[0] &&
      (append_suits(config->output.path, "{", error) ||
       append_open(&scorer->alerts, config->output.path, config->output.file_bytes,
                   config->output.files, 0, error)))
    return -1;
  if (hook_check(config->output.hook, error)) return -1;
  if (config->output.syslog) journal_open(&scorer->journal);
  scorer->hook.path = config->output.hook;
  scorer->hook.most = config->output.hooks;
  scorer->hook.limit_ns = config->output.hook_ns;
  return 0;
}

int scorer_open(struct scorer *scorer, struct config *config, struct arena *arena,
                uint64_t specification, struct error *error) {
  scorer->config = config;
  scorer->specification = specification;
  for (int i = 0; i < 2; i++)
    model_place(&scorer->models[i], arena_take(arena, config->model.most_bytes),
                config->model.most_bytes);
  scorer->scratch = arena_take(arena, PICKET_EXPLAIN_SCRATCH_MAX);
  cooldown_init(&scorer->cooldown, arena_take(arena, cooldown_memory(config->alert.remembered)),
                config->alert.remembered);
  if (model_load(&scorer->models[0], config, specification, scorer->scratch, error)) return -1;
  use_model(scorer, &scorer->models[0]);
  return open_outputs(scorer, error);
}

/* To every output that is configured. None of them waits. */
static void tell(struct scorer *scorer, const struct alert *alert) {
  static char line[ALERT_LINE], sentence[ALERT_SENTENCE];
  const struct config *config = scorer->config;
  const size_t length = alert_json(alert, line, sizeof line);
  scorer->counts.told++;
  if (config->output.path[0]) append_write(&scorer->alerts, line, length);
  if (config->output.hook[0]) hook_run(&scorer->hook, line, length);
  if (!config->output.syslog) return;
  alert_sentence(alert, sentence, sizeof sentence);
  journal_write(&scorer->journal, sentence);
}

static void consider(struct scorer *scorer, const picket_flow_event *event, const float *record,
                     const float *fields, const picket_result *result, uint64_t now_ns) {
  struct alert alert = {.event = event, .record = record, .result = *result,
                        .model = scorer->model, .time_ns = clock_wall()};
  if (!model_threshold(scorer->model, scorer->config, event, &alert.threshold, &alert.budget)) {
    if (result->score >= alert.threshold) scorer->counts.excluded++;
    return;
  }
  if (!(result->score >= alert.threshold)) return;
  scorer->counts.alerts++;
  /* The first makes alerts the same or not, even if none is to be told. */
  const size_t told = scorer->config->alert.reasons;
  const size_t found = reasons_find(scorer->model, record, fields, scorer->scratch,
                                    PICKET_EXPLAIN_SCRATCH_MAX, alert.reasons, told ? told : 1);
  const size_t first = found ? alert.reasons[0].column : PICKET_FLOW_COLUMNS;
  alert.reason_count = told ? found : 0;
  if (cooldown_admit(&scorer->cooldown, event, first, now_ns, &alert.repeats)) tell(scorer, &alert);
}

/* What the scores of a period are judged by: each connection once. */
static void count(struct scorer *scorer, const picket_result *result) {
  struct counts *counts = &scorer->counts;
  counts_add(counts, (double)result->p_value);
  counts->unknown += (result->flags & PICKET_FLAG_UNKNOWN_CATEGORY) != 0;
  counts->out_of_range += (result->flags & PICKET_FLAG_OUT_OF_RANGE) != 0;
  if (scorer->has_drift) picket_drift_add(&scorer->drift, result->score);
}

void scorer_pass(struct scorer *scorer, const picket_flow_event *event, const char *reason) {
  if (event->kind == PICKET_FLOW_OPEN) return;
  scorer->counts.connections++;
  counts_refuse(&scorer->counts, reason);
}

void scorer_take(struct scorer *scorer, const picket_flow_event *event, const float *record,
                 uint64_t now_ns) {
  struct counts *counts = &scorer->counts;
  const int is_open = event->kind == PICKET_FLOW_OPEN;
  float fields[PICKET_FLOW_COLUMNS];
  picket_result result;
  const char *refusal = column_refusal(event);
  if (!refusal) {
    const uint64_t start = clock_monotonic();
    model_arrange(scorer->model, record, fields);
    if (picket_score(&scorer->model->opened, fields, scorer->scratch, PICKET_EXPLAIN_SCRATCH_MAX,
                     &result) != PICKET_OK)
      refusal = "not_scorable";
    counts->scoring_ns += clock_monotonic() - start;
  }
  if (refusal) {
    scorer_pass(scorer, event, refusal);
    return;
  }
  if (is_open) {
    counts->looked++;
  } else {
    counts->connections++;
    count(scorer, &result);
  }
  consider(scorer, event, record, fields, &result, now_ns);
}

int scorer_needs_restart(const struct config *old_config, const struct config *new_config) {
  return memcmp(&old_config->source, &new_config->source, sizeof old_config->source) != 0 ||
         memcmp(&old_config->flow, &new_config->flow, sizeof old_config->flow) != 0 ||
         memcmp(&old_config->log, &new_config->log, sizeof old_config->log) != 0 ||
         memcmp(&old_config->output, &new_config->output, sizeof old_config->output) != 0 ||
         memcmp(&old_config->metrics, &new_config->metrics, sizeof old_config->metrics) != 0 ||
         memcmp(&old_config->control, &new_config->control, sizeof old_config->control) != 0 ||
         old_config->model.most_bytes != new_config->model.most_bytes ||
         old_config->alert.remembered != new_config->alert.remembered;
}

int scorer_reload(struct scorer *scorer, const struct config *config, struct error *error) {
  struct model *old = scorer->model;
  struct model *next = old == &scorer->models[0] ? &scorer->models[1] : &scorer->models[0];
  /* Between two records nothing else uses the scratch. */
  const int status = model_load(next, config, scorer->specification, scorer->scratch, error);
  if (status == 0) {
    memcpy(scorer->config->model.path, config->model.path, sizeof config->model.path);
    memcpy(scorer->config->hosts, config->hosts, sizeof config->hosts);
    scorer->config->host_count = config->host_count;
    /* The memory for them is that of the start. */
    const uint32_t remembered = scorer->config->alert.remembered;
    scorer->config->alert = config->alert;
    scorer->config->alert.remembered = remembered;
    use_model(scorer, next);
    scorer->counts.reloads++;
  } else {
    scorer->counts.reload_failures++;
  }
  struct model *unused = status == 0 ? old : next;
  arena_forget(unused->bytes, unused->capacity);
  return status;
}
