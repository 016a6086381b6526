#include "alert.h"

#include <stdio.h>
#include <string.h>

#include "address.h"
#include "clock.h"
#include "json.h"

/* The text of a symbolic column, as the flow names it. */
static void print_column(const struct alert *alert, const char *name, char *text, size_t size) {
  const size_t column = column_find(name);
  column_print(column, alert->record[column], text, size);
}

static void add_time(struct json *json, const char *key, uint64_t time_ns) {
  char text[CLOCK_TEXT];
  clock_print(time_ns, text);
  json_text(json, key, text);
}

static void add_connection(struct json *json, const struct alert *alert) {
  const picket_flow_event *event = alert->event;
  char text[ADDRESS_TEXT];
  json_count(json, "id", event->id);
  json_boolean(json, "open", event->kind == PICKET_FLOW_OPEN);
  add_time(json, "start", event->start_ns);
  add_time(json, "end", event->end_ns);
  address_print(event->source, text);
  json_text(json, "source", text);
  json_count(json, "source_port", event->source_port);
  address_print(event->destination, text);
  json_text(json, "destination", text);
  json_count(json, "destination_port", event->destination_port);
  json_text(json, "protocol", column_protocol(event));
  print_column(alert, "service", text, sizeof text);
  json_text(json, "service", text);
  print_column(alert, "flag", text, sizeof text);
  json_text(json, "flag", text);
  json_count(json, "source_bytes", event->bytes[0]);
  json_count(json, "destination_bytes", event->bytes[1]);
  json_count(json, "source_packets", event->packets[0]);
  json_count(json, "destination_packets", event->packets[1]);
}

static void add_reason(struct json *json, const struct reason *reason) {
  char text[256];
  const char *name = picket_flow_column_name(reason->column);
  json_open(json, NULL, '{');
  json_text(json, "field", name ? name : "");
  if (picket_flow_category_count(reason->column)) {
    column_print(reason->column, reason->value, text, sizeof text);
    json_text(json, "value", text);
  } else {
    json_number(json, "value", (double)reason->value);
    json_number(json, "training_minimum", (double)reason->minimum);
    json_number(json, "training_maximum", (double)reason->maximum);
  }
  json_number(json, "contribution", (double)reason->contribution);
  json_number(json, "share", (double)reason->share);
  reason_print(reason, text, sizeof text);
  json_text(json, "text", text);
  json_close(json, '}');
}

static void add_model(struct json *json, const struct alert *alert) {
  char checksum[16];
  snprintf(checksum, sizeof checksum, "%08x", (unsigned)alert->model->checksum);
  json_text(json, "model", checksum);
}

size_t alert_json(const struct alert *alert, char *line, size_t size) {
  struct json json;
  json_begin(&json, line, size);
  json_text(&json, "type", "alert");
  add_time(&json, "time", alert->time_ns);
  add_connection(&json, alert);
  json_number(&json, "score", (double)alert->result.score);
  json_number(&json, "threshold", (double)alert->threshold);
  json_number(&json, "p_value", (double)alert->result.p_value);
  json_number(&json, "budget", (double)alert->budget);
  json_boolean(&json, "unknown_category", alert->result.flags & PICKET_FLAG_UNKNOWN_CATEGORY);
  json_boolean(&json, "out_of_range", alert->result.flags & PICKET_FLAG_OUT_OF_RANGE);
  json_open(&json, "reasons", '[');
  for (size_t i = 0; i < alert->reason_count; i++) add_reason(&json, &alert->reasons[i]);
  json_close(&json, ']');
  json_count(&json, "repeats", alert->repeats);
  add_model(&json, alert);
  return json_end(&json);
}

void alert_sentence(const struct alert *alert, char *text, size_t size) {
  const picket_flow_event *event = alert->event;
  char source[ADDRESS_TEXT], destination[ADDRESS_TEXT], service[32], flag[16];
  address_print(event->source, source);
  address_print(event->destination, destination);
  print_column(alert, "service", service, sizeof service);
  print_column(alert, "flag", flag, sizeof flag);
  int length = snprintf(text, size, "anomaly: %s to %s port %u (%s, %s, %s), score %.4g, p %.2g",
                        source, destination, (unsigned)event->destination_port,
                        column_protocol(event), service, flag, (double)alert->result.score,
                        (double)alert->result.p_value);
  for (size_t i = 0; i < alert->reason_count && length >= 0 && (size_t)length < size; i++) {
    char reason[256];
    reason_print(&alert->reasons[i], reason, sizeof reason);
    length += snprintf(text + length, size - (size_t)length, "; %s", reason);
  }
}
