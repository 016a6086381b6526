#include "metrics.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "message.h"
#include "replace.h"

/* The text as it grows: all of it has some 9,000 bytes. */
struct page {
  char text[16384];
  size_t length;
};

PRINTF_LIKE(2, 3) static void print(struct page *page, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const int length =
      vsnprintf(page->text + page->length, sizeof page->text - page->length, format, arguments);
  va_end(arguments);
  if (length > 0 && (size_t)length < sizeof page->text - page->length) page->length += (size_t)length;
}

static void head(struct page *page, const char *name, const char *type, const char *help) {
  print(page, "# HELP picketd_%s %s\n# TYPE picketd_%s %s\n", name, help, name, type);
}

static void number(struct page *page, const char *name, const char *type, const char *help, double value) {
  head(page, name, type, help);
  print(page, "picketd_%s %.15g\n", name, value);
}

static void count(struct page *page, const char *name, const char *help, uint64_t value) {
  head(page, name, "counter", help);
  print(page, "picketd_%s %llu\n", name, (unsigned long long)value);
}

static void labelled(struct page *page, const char *name, const char *label, const char *text,
                     uint64_t value) {
  print(page, "picketd_%s{%s=\"%s\"} %llu\n", name, label, text, (unsigned long long)value);
}

static void write_connections(struct page *page, const struct counts *counts) {
  count(page, "connections_total", "Connections that ended.", counts->connections);
  count(page, "open_connections_scored_total", "Times that a connection was scored while it was open.",
        counts->looked);
  head(page, "not_scored_total", "counter", "Connections that got no score, by reason.");
  for (size_t i = 0; column_refusal_name(i); i++)
    labelled(page, "not_scored_total", "reason", column_refusal_name(i), counts->refused[i]);
}

static void write_scores(struct page *page, const struct counts *counts) {
  uint64_t below = 0;
  head(page, "score_p_value", "histogram", "Scores, as p-values under the model: of normal traffic, "
       "a share of 0.01 falls at or below 0.01.");
  for (size_t i = 0; i < COUNTS_BUCKETS; i++) {
    char bound[16] = "+Inf";
    if (i < COUNTS_BUCKETS - 1) snprintf(bound, sizeof bound, "%g", counts_bounds[i]);
    below += counts->buckets[i];
    labelled(page, "score_p_value_bucket", "le", bound, below);
  }
  print(page, "picketd_score_p_value_sum %.9g\npicketd_score_p_value_count %llu\n",
          counts->p_values, (unsigned long long)counts->scored);
  number(page, "scoring_seconds_total", "counter",
         "Time spent on scoring; divided by the two counts of scores, seconds a record.",
         (double)counts->scoring_ns * 1e-9);
  count(page, "unknown_category_total", "Scored records with a category that training had not.",
        counts->unknown);
  count(page, "out_of_range_total", "Scored records with a number beyond those of training.",
        counts->out_of_range);
}

static void write_alerts(struct page *page, const struct metrics *metrics) {
  count(page, "anomalies_total", "Records at or above the threshold of their host.",
        metrics->counts->alerts);
  count(page, "alerts_total", "Alerts that were told.", metrics->counts->told);
  head(page, "alerts_withheld_total", "counter", "Alerts that were not told, by reason.");
  labelled(page, "alerts_withheld_total", "reason", "cooldown", metrics->cooldown->repeated);
  labelled(page, "alerts_withheld_total", "reason", "each_minute", metrics->cooldown->beyond_rate);
  labelled(page, "alerts_withheld_total", "reason", "excluded", metrics->counts->excluded);
  head(page, "outputs_lost_total", "counter", "Alerts that an output did not take.");
  labelled(page, "outputs_lost_total", "output", "file", metrics->alerts->lost);
  labelled(page, "outputs_lost_total", "output", "syslog", metrics->journal->lost);
  labelled(page, "outputs_lost_total", "output", "hook",
           metrics->hook->skipped + metrics->hook->failed);
  count(page, "reloads_total", "Models that were taken into use after the first.",
        metrics->counts->reloads);
  count(page, "reload_failures_total", "Reloads that failed: the old model stayed.",
        metrics->counts->reload_failures);
}

static void write_source(struct page *page, const struct source *source) {
  count(page, "inputs_total", "Packets, messages, datagrams or log records that were read.",
        source->inputs);
  count(page, "lost_events_total", "Inputs that the kernel threw away because they came too fast; "
        "of conntrack, times that it did so.", source->lost);
  count(page, "shed_queries_total", "Questions for counters that were not asked under load.",
        source->shed);
  count(page, "source_errors_total", "Inputs that could not be read.", source->errors);
}

static void write_flow(struct page *page, const struct engine *engine) {
  picket_flow_counters flow;
  memset(&flow, 0, sizeof flow);
  picket_flow_read_counters(engine->flow, &flow);
  const struct {
    const char *kind;
    uint64_t value;
  } errors[] = {{"packet_truncated", flow.truncated},
                {"packet_malformed", flow.malformed},
                {"packet_too_deep", flow.too_deep},
                {"fragment_unmatched", flow.fragments_unmatched},
                {"message_malformed", flow.messages_malformed},
                {"datagram_malformed", flow.datagrams_malformed},
                {"template_unknown", flow.templates_unknown},
                {"template_refused", flow.templates_refused}};
  count(page, "connections_begun_total", "Connections that began.", flow.connections);
  number(page, "connections_tracked", "gauge", "Connections in the table now; flow.connections is the "
         "most.", (double)flow.open);
  count(page, "connections_evicted_total", "Connections ended early because the table was full.",
        flow.evicted);
  head(page, "parse_errors_total", "counter", "Inputs that were not understood, by cause.");
  for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++)
    labelled(page, "parse_errors_total", "cause", errors[i].kind, errors[i].value);
}

static void write_model(struct page *page, const struct model *model) {
  head(page, "model_info", "gauge", "The model in use, always 1: its file's checksum and what its "
       "features mean.");
  print(page, "picketd_model_info{checksum=\"%08x\",feature_hash=\"%016llx\",kind=\"%s\"} 1\n",
          (unsigned)model->checksum, (unsigned long long)model->info.feature_hash,
          model->info.kind == PICKET_VAE      ? "vae"
          : model->info.kind == PICKET_ANOEAN ? "anoean"
                                              : "distilled");
  number(page, "threshold", "gauge", "The score from which on a record is an anomaly.",
         (double)model->threshold);
}

static void write_drift(struct page *page, const picket_drift *drift) {
  picket_drift_figures figures;
  if (picket_drift_report(drift, &figures) != PICKET_OK) return;
  number(page, "drift_records", "gauge", "Scores since the model was loaded.", (double)figures.records);
  number(page, "drift_psi", "gauge", "Population stability index of the scores against those of "
         "calibration: below 0.1 small, above 0.25 large.", (double)figures.population_stability);
  number(page, "drift_p_value", "gauge", "Chance of a difference this large if nothing has changed.",
         (double)figures.p_value);
}

static void write_all(struct page *page, const struct metrics *metrics) {
  write_connections(page, metrics->counts);
  write_source(page, metrics->source);
  write_flow(page, metrics->engine);
  if (metrics->model) {
    write_scores(page, metrics->counts);
    write_alerts(page, metrics);
    write_model(page, metrics->model);
  }
  if (metrics->drift) write_drift(page, metrics->drift);
  if (metrics->log)
    count(page, "log_lost_total", "Log records that could not be written.", metrics->log->lost);
}

int metrics_write(const struct metrics *metrics, const char *path, struct error *error) {
  static struct page page;
  page.length = 0;
  write_all(&page, metrics);
  /* Who reads it is another user: it counts, and names no connection. */
  if (replace_file(path, page.text, page.length, REPLACE_FOR_EVERYBODY) == 0) return 0;
  return fail(error, "%s: %s", path, strerror(errno));
}

void metrics_keep(const struct metrics *metrics, const char *path) {
  static int is_failing;
  struct error error;
  const int failed = metrics_write(metrics, path, &error) != 0;
  if (failed && !is_failing) say("%s; it is tried again at each interval", error.text);
  is_failing = failed;
}
