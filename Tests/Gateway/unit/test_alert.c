/* Alerts as text. */
#include <stdio.h>

#include "json.h"
#include "testing.h"

static struct model model;

static struct alert an_alert(const picket_flow_event *event, const float *record) {
  struct alert alert;
  memset(&alert, 0, sizeof alert);
  alert.event = event;
  alert.record = record;
  alert.model = &model;
  alert.result.score = 12.5f;
  alert.result.p_value = 0.0005f;
  alert.threshold = 10;
  alert.budget = 0.001f;
  alert.repeats = 3;
  alert.time_ns = event->end_ns;
  alert.reason_count = 2;
  alert.reasons[0] = (struct reason){0, column_find("src_bytes"), 5e6f, 9, 0.75f, 0, 14000};
  alert.reasons[1] = (struct reason){0, column_find("flag"), PICKET_FLOW_S0, 3, 0.25f, 0, 12};
  return alert;
}

static void a_line_of_json_tells_connection_score_and_reasons(void **state) {
  const picket_flow_event event = an_end();
  float record[PICKET_FLOW_COLUMNS] = {0};
  char line[ALERT_LINE];
  (void)state;
  record[column_find("flag")] = PICKET_FLOW_SF;
  model.checksum = 0xBEEF;
  const struct alert alert = an_alert(&event, record);
  const size_t length = alert_json(&alert, line, sizeof line);
  assert_int_equal(length, strlen(line));
  assert_string_equal(
      line,
      "{\"type\":\"alert\",\"time\":\"2023-11-14T22:13:21.500000000Z\",\"id\":1,\"open\":false,"
      "\"start\":\"2023-11-14T22:13:20.000000000Z\",\"end\":\"2023-11-14T22:13:21.500000000Z\","
      "\"source\":\"10.0.0.1\",\"source_port\":40000,\"destination\":\"192.0.2.1\","
      "\"destination_port\":80,\"protocol\":\"tcp\",\"service\":\"IRC\",\"flag\":\"SF\","
      "\"source_bytes\":100,\"destination_bytes\":200,\"source_packets\":5,\"destination_packets\":5,"
      "\"score\":12.5,\"threshold\":10,\"p_value\":0.0005,\"budget\":0.001,"
      "\"unknown_category\":false,\"out_of_range\":false,\"reasons\":["
      "{\"field\":\"src_bytes\",\"value\":5000000,\"training_minimum\":0,\"training_maximum\":14000,"
      "\"contribution\":9,\"share\":0.75,"
      "\"text\":\"bytes sent by the originator: 5000000, above the 14000 of training\"},"
      "{\"field\":\"flag\",\"value\":\"S0\",\"contribution\":3,\"share\":0.25,"
      "\"text\":\"how the connection ended: S0\"}],\"repeats\":3,\"model\":\"0000beef\"}\n");
}

static void a_sentence_tells_the_same(void **state) {
  const picket_flow_event event = an_end();
  float record[PICKET_FLOW_COLUMNS] = {0};
  char text[ALERT_SENTENCE];
  (void)state;
  record[column_find("flag")] = PICKET_FLOW_SF;
  const struct alert alert = an_alert(&event, record);
  alert_sentence(&alert, text, sizeof text);
  assert_string_equal(text, "anomaly: 10.0.0.1 to 192.0.2.1 port 80 (tcp, IRC, SF), score 12.5, p 0.0005; "
                            "bytes sent by the originator: 5000000, above the 14000 of training; "
                            "how the connection ended: S0");
  alert_sentence(&alert, text, 60);
  assert_int_equal(strlen(text), 59);
}

/* The longest that can come: eight reasons, addresses without zeros, numbers of twenty digits. */
static void the_longest_alert_fits(void **state) {
  picket_flow_event event = an_end();
  float record[PICKET_FLOW_COLUMNS] = {0};
  char line[ALERT_LINE], sentence[ALERT_SENTENCE];
  (void)state;
  memset(event.source, 0xFF, sizeof event.source);
  memset(event.destination, 0xFF, sizeof event.destination);
  event.id = event.bytes[0] = event.bytes[1] = event.packets[0] = event.packets[1] = UINT64_MAX;
  struct alert alert = an_alert(&event, record);
  alert.repeats = UINT32_MAX;
  alert.reason_count = REASONS_MOST;
  for (size_t i = 0; i < REASONS_MOST; i++)
    alert.reasons[i] = (struct reason){0, column_find("dst_host_srv_diff_host_rate"), 1.23456789e-30f,
                                       -1.234567e-30f, 1.234567e-30f, 1.23456789e-29f, 1.23456789e30f};
  assert_true(alert_json(&alert, line, sizeof line) > 0);
  alert_sentence(&alert, sentence, sizeof sentence);
}

static void what_does_not_fit_is_told_at_the_end(void **state) {
  struct json json;
  char line[16];
  (void)state;
  json_begin(&json, line, sizeof line);
  json_text(&json, "key", "a long value");
  assert_int_equal(json_end(&json), 0);
  json_begin(&json, line, sizeof line);
  json_count(&json, "k", 1);
  assert_int_equal(json_end(&json), 8);
}

static void text_is_escaped(void **state) {
  struct json json;
  char line[64];
  (void)state;
  json_begin(&json, line, sizeof line);
  json_text(&json, "k", "a\"b\\c\n\x01");
  json_end(&json);
  assert_string_equal(line, "{\"k\":\"a\\\"b\\\\c\\u000a\\u0001\"}\n");
}

const struct CMUnitTest alert_tests[] = {
    cmocka_unit_test(a_line_of_json_tells_connection_score_and_reasons),
    cmocka_unit_test(a_sentence_tells_the_same),
    cmocka_unit_test(the_longest_alert_fits),
    cmocka_unit_test(what_does_not_fit_is_told_at_the_end),
    cmocka_unit_test(text_is_escaped),
};
const size_t alert_count = COUNT(alert_tests);
