/* Scoring, alerts and reloads: what is counted, told, and kept when something is wrong. */
#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "testing.h"

static struct config config;
static struct arena arena;
static struct scorer scorer;
static uint64_t specification;

static void configure(struct config *into, const char *path, const char *more) {
  static char text[4096];
  snprintf(text, sizeof text, "[model]\npath = \"%s\"\n[output]\npath = \"%s\"\n%s", path,
           scratch("alerts"), more);
  parse(into, text);
}

static const char *good_model(void) {
  static char path[512];
  snprintf(path, sizeof path, "%s/good.picket", model_folder);
  return path;
}

static void set_up(const char *more) {
  picket_flow_configuration flow;
  struct error error;
  configure(&config, good_model(), more);
  engine_configure(&config, &flow);
  picket_flow_specification(&flow, NULL, 0, &specification);
  memset(&scorer, 0, sizeof scorer);
  assert_int_equal(arena_open(&arena, scorer_memory(&config), &error), 0);
  expect(scorer_open(&scorer, &config, &arena, specification, &error) == 0, "%s", error.text);
}

/* A record whose score is `score`: src_bytes / 1000. */
static void take(const picket_flow_event *event, float score) {
  float record[PICKET_FLOW_COLUMNS] = {0};
  record[column_find("src_bytes")] = score * 1000;
  scorer_take(&scorer, event, record, event->end_ns);
}

static char *alerts(void) {
  append_close(&scorer.alerts);
  return slurp(scratch("alerts"), NULL);
}

static void what_reaches_the_threshold_is_an_alert(void **state) {
  const picket_flow_event event = an_end();
  (void)state;
  set_up("[alert]\ncooldown_seconds = 0\n");
  take(&event, 9.9f);
  take(&event, 10.1f);
  assert_int_equal(scorer.counts.scored, 2);
  assert_int_equal(scorer.counts.alerts, 1);
  assert_int_equal(scorer.counts.told, 1);
  char *text = alerts();
  expect(holds(text, "\"score\":10.1,"), "%s", text);
  expect(holds(text, "{\"field\":\"src_bytes\",\"value\":10100,"), "%s", text);
  free(text);
}

/* alert.same asks for the first reason, alert.reasons for how many are told: none is told, not none there. */
static void two_reasons_are_two_alerts_however_few_are_told(void **state) {
  const picket_flow_event event = an_end();
  float record[PICKET_FLOW_COLUMNS] = {0};
  (void)state;
  set_up("[alert]\nreasons = 0\n");
  take(&event, 11);
  take(&event, 12);
  record[column_find("count")] = 2000; /* scores 20 */
  scorer_take(&scorer, &event, record, event.end_ns);
  assert_int_equal(scorer.counts.alerts, 3);
  assert_int_equal(scorer.counts.told, 2);
  char *text = alerts();
  expect(holds(text, "\"reasons\":[],"), "%s", text);
  expect(!holds(text, "\"field\""), "%s", text);
  free(text);
}

static void an_excluded_host_has_scores_but_no_alerts(void **state) {
  const picket_flow_event event = an_end();
  (void)state;
  set_up("[[host]]\naddress = \"10.0.0.1\"\nexclude = true\n");
  take(&event, 11);
  assert_int_equal(scorer.counts.scored, 1);
  assert_int_equal(scorer.counts.excluded, 1);
  assert_int_equal(scorer.counts.told, 0);
}

static void what_is_not_known_gets_no_score(void **state) {
  static const struct {
    uint8_t protocol, note, reason;
    const char *name;
  } cases[] = {{6, PICKET_FLOW_OFFLOADED, PICKET_FLOW_TOLD, "offloaded"},
               {6, PICKET_FLOW_NO_BYTES, PICKET_FLOW_TOLD, "accounting_off"},
               {17, PICKET_FLOW_NO_END, PICKET_FLOW_TOLD, "end_unknown"},
               {6, PICKET_FLOW_NO_END | PICKET_FLOW_NO_START, PICKET_FLOW_TOLD, "end_unknown"},
               {6, PICKET_FLOW_NO_START, PICKET_FLOW_TOLD, "start_unknown"},
               {17, 0, PICKET_FLOW_FINISHED, "cut_off"}};
  (void)state;
  set_up("");
  for (size_t i = 0; i < COUNT(cases); i++) {
    picket_flow_event event = an_end();
    size_t k = 0;
    while (strcmp(column_refusal_name(k), cases[i].name) != 0) k++;
    const uint64_t before = scorer.counts.refused[k];
    event.protocol = cases[i].protocol;
    event.notes |= cases[i].note;
    event.reason = cases[i].reason;
    take(&event, 100);
    expect(scorer.counts.refused[k] == before + 1, "%s", cases[i].name);
  }
  const picket_flow_event event = an_end();
  take(&event, NAN);
  assert_int_equal(scorer.counts.connections, COUNT(cases) + 1);
  assert_int_equal(scorer.counts.scored, 0);
  assert_int_equal(scorer.counts.told, 0);
}

/* The state of a TCP connection tells its end well enough. */
static void tcp_is_scored_if_its_end_is_that_of_its_state(void **state) {
  picket_flow_event event = an_end();
  (void)state;
  set_up("");
  event.notes |= PICKET_FLOW_NO_END;
  take(&event, 1);
  assert_int_equal(scorer.counts.scored, 1);
}

static void an_open_connection_is_told_but_not_counted_twice(void **state) {
  picket_flow_event event = an_end();
  (void)state;
  set_up("");
  event.kind = PICKET_FLOW_OPEN;
  take(&event, 11);
  assert_int_equal(scorer.counts.looked, 1);
  assert_int_equal(scorer.counts.connections, 0);
  assert_int_equal(scorer.counts.scored, 0);
  assert_int_equal(scorer.counts.told, 1);
  char *text = alerts();
  expect(holds(text, "\"open\":true,"), "%s", text);
  free(text);
}

static void a_reload_takes_model_budgets_and_hosts(void **state) {
  const picket_flow_event event = an_end();
  struct config next;
  struct error error;
  char path[512];
  (void)state;
  set_up("[alert]\ncooldown_seconds = 0\n");
  const uint32_t before = scorer.model->checksum;
  snprintf(path, sizeof path, "%s/heavier.picket", model_folder);
  configure(&next, path, "[alert]\nbudget = 0.01\n");
  expect(scorer_reload(&scorer, &next, &error) == 0, "%s", error.text);
  assert_true(scorer.model->checksum != before);
  assert_int_equal(scorer.counts.reloads, 1);
  take(&event, 11);
  assert_int_equal(scorer.counts.told, 0);
  configure(&next, good_model(), "[[host]]\naddress = \"10.0.0.1\"\nexclude = true\n");
  expect(scorer_reload(&scorer, &next, &error) == 0, "%s", error.text);
  assert_int_equal(scorer.model->checksum, before);
  take(&event, 11);
  assert_int_equal(scorer.counts.excluded, 1);
}

static void a_reload_keeps_what_needs_a_restart(void **state) {
  struct config next;
  struct error error;
  (void)state;
  set_up("[alert]\nremembered = 64\n");
  configure(&next, good_model(), "[alert]\nremembered = 99\nbudget = 0.01\n");
  for (int i = 0; i < 2; i++) {
    expect(scorer_reload(&scorer, &next, &error) == 0, "%s", error.text);
    assert_true(config.alert.budget == next.alert.budget);
    assert_int_equal(config.alert.remembered, 64);
    assert_true(scorer_needs_restart(&config, &next));
  }
}

/* Every file that a reader must refuse, put in the place of a good one. */
static void a_malformed_model_changes_nothing(void **state) {
  const picket_flow_event event = an_end();
  char next_path[512];
  struct config next;
  struct error error;
  size_t tried = 0;
  (void)state;
  set_up("[alert]\ncooldown_seconds = 0\neach_minute = 1000000\n");
  struct model *before = scorer.model;
  const uint32_t checksum = before->checksum;
  snprintf(next_path, sizeof next_path, "%s", scratch("next.picket"));
  configure(&next, next_path, "[alert]\nbudget = 0.5\n");
  DIR *folder = opendir(MALFORMED_DIR);
  assert_non_null(folder);
  for (struct dirent *entry; (entry = readdir(folder));) {
    char path[1024];
    size_t size;
    if (!strstr(entry->d_name, ".picket")) continue;
    snprintf(path, sizeof path, "%s/%s", MALFORMED_DIR, entry->d_name);
    char *bytes = slurp(path, &size);
    assert_non_null(bytes);
    spill(next_path, bytes, size);
    free(bytes);
    expect(scorer_reload(&scorer, &next, &error) != 0, "%s was taken", entry->d_name);
    expect(scorer.model == before && before->checksum == checksum, "%s", entry->d_name);
    const uint64_t told = scorer.counts.told;
    take(&event, 10.1f);
    expect(scorer.counts.told == told + 1, "no alert after %s", entry->d_name);
    tried++;
  }
  closedir(folder);
  expect(tried > 50, "%zu files", tried);
  assert_int_equal(scorer.counts.reload_failures, tried);
  assert_int_equal(scorer.counts.reloads, 0);
}

static void a_good_model_cut_short_anywhere_changes_nothing(void **state) {
  struct config next;
  struct error error;
  char path[512];
  size_t size;
  (void)state;
  set_up("");
  snprintf(path, sizeof path, "%s", scratch("next.picket"));
  configure(&next, path, "");
  char *bytes = slurp(good_model(), &size);
  for (size_t length = 0; length < size; length += 61) {
    spill(path, bytes, length);
    expect(scorer_reload(&scorer, &next, &error) != 0, "%zu bytes were taken", length);
  }
  spill(path, bytes, size);
  expect(scorer_reload(&scorer, &next, &error) == 0, "%s", error.text);
  free(bytes);
}

static void other_changes_are_noticed(void **state) {
  struct config changed;
  (void)state;
  set_up("");
  configure(&changed, good_model(), "[alert]\nbudget = 0.5\n[[host]]\naddress = \"::1\"\nexclude = true\n");
  assert_false(scorer_needs_restart(&config, &changed));
  configure(&changed, good_model(), "[flow]\nconnections = 99\n");
  assert_true(scorer_needs_restart(&config, &changed));
  configure(&changed, good_model(), "[alert]\nremembered = 99\n");
  assert_true(scorer_needs_restart(&config, &changed));
}

const struct CMUnitTest scorer_tests[] = {
    cmocka_unit_test(what_reaches_the_threshold_is_an_alert),
    cmocka_unit_test(two_reasons_are_two_alerts_however_few_are_told),
    cmocka_unit_test(an_excluded_host_has_scores_but_no_alerts),
    cmocka_unit_test(what_is_not_known_gets_no_score),
    cmocka_unit_test(tcp_is_scored_if_its_end_is_that_of_its_state),
    cmocka_unit_test(an_open_connection_is_told_but_not_counted_twice),
    cmocka_unit_test(a_reload_takes_model_budgets_and_hosts),
    cmocka_unit_test(a_reload_keeps_what_needs_a_restart),
    cmocka_unit_test(a_malformed_model_changes_nothing),
    cmocka_unit_test(a_good_model_cut_short_anywhere_changes_nothing),
    cmocka_unit_test(other_changes_are_noticed),
};
const size_t scorer_count = COUNT(scorer_tests);
