#include "columns.h"

#include <stdio.h>
#include <string.h>

static const struct {
  const char *name, *words;
} meanings[PICKET_FLOW_COLUMNS] = {
    {"duration", "seconds from the first packet to the end"},
    {"protocol_type", "protocol"},
    {"service", "service"},
    {"flag", "how the connection ended"},
    {"src_bytes", "bytes sent by the originator"},
    {"dst_bytes", "bytes sent by the responder"},
    {"land", "same address and port at both ends"},
    {"count", "connections to the same host in the time window"},
    {"srv_count", "connections to the same service in the time window"},
    {"serror_rate", "share of unanswered or half-open ones among those to the same host"},
    {"srv_serror_rate", "share of unanswered or half-open ones among those to the same service"},
    {"rerror_rate", "share of refused or reset ones among those to the same host"},
    {"srv_rerror_rate", "share of refused or reset ones among those to the same service"},
    {"same_srv_rate", "share of the same service among those to the same host"},
    {"diff_srv_rate", "share of different services among those to the same host"},
    {"srv_diff_host_rate", "share of different hosts among those to the same service"},
    {"dst_host_count", "connections to the same host among the last ones"},
    {"dst_host_srv_count", "connections to the same service of this host among the last ones"},
    {"dst_host_same_srv_rate", "share of the same service among the last ones to this host"},
    {"dst_host_diff_srv_rate", "share of different services among the last ones to this host"},
    {"dst_host_same_src_port_rate", "share of the same source port among the last ones to this host"},
    {"dst_host_srv_diff_host_rate", "share of different originators among the last ones to this service"},
    {"dst_host_serror_rate", "share of unanswered or half-open ones among the last ones to this host"},
    {"dst_host_srv_serror_rate",
     "share of unanswered or half-open ones among the last ones to this service"},
    {"dst_host_rerror_rate", "share of refused or reset ones among the last ones to this host"},
    {"dst_host_srv_rerror_rate", "share of refused or reset ones among the last ones to this service"},
};

const char *column_words(size_t column) {
  const char *name = picket_flow_column_name(column);
  for (size_t i = 0; name && i < PICKET_FLOW_COLUMNS; i++)
    if (strcmp(meanings[i].name, name) == 0) return meanings[i].words;
  return "";
}

size_t column_find(const char *name) {
  size_t column = 0;
  while (column < PICKET_FLOW_COLUMNS && strcmp(picket_flow_column_name(column), name) != 0) column++;
  return column;
}

/* By the numbers of PICKET_FLOW_UNFIT_..., and then those that picketd alone can give. */
static const char *const refusals[] = {NULL,      "offloaded",    "accounting_off", "end_unknown", "start_unknown",
                                       "cut_off", "not_scorable", "warming_up"};

const char *column_refusal(const picket_flow_event *event) {
  const int32_t cause = picket_flow_unfit(event);
  return cause > 0 && cause <= PICKET_FLOW_UNFIT_CUT_OFF ? refusals[cause] : NULL;
}

const char *column_refusal_name(size_t index) {
  return index + 1 < sizeof refusals / sizeof refusals[0] ? refusals[index + 1] : NULL;
}

void column_print(size_t column, float value, char *text, size_t size) {
  const size_t categories = picket_flow_category_count(column);
  const char *name = NULL;
  if (categories && value >= 0) name = picket_flow_category_name(column, (size_t)value);
  if (categories)
    snprintf(text, size, "%s", name ? name : "unknown");
  else
    snprintf(text, size, "%.9g", (double)value);
}

const char *column_protocol(const picket_flow_event *event) {
  switch (event->protocol) {
    case 6: return "tcp";
    case 17: return "udp";
    default: return "icmp";
  }
}
