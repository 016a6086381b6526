#include "flow.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

void broken(const char *file, int line, const char *condition, const char *what) {
  fprintf(stderr, "%s:%d: broken promise: %s: %s\n", file, line, condition, what);
  abort();
}

enum { CONNECTIONS = 16, HOSTS = 255, WINDOW = 511 };

static picket_flow *new_flow(uint64_t seed) {
  picket_flow_configuration configuration;
  picket_flow_defaults(&configuration);
  configuration.seed = seed;
  configuration.connections = CONNECTIONS;
  configuration.starts = 1024;
  configuration.fragments = 3;
  configuration.templates = 3;
  configuration.byte_count = PICKET_FLOW_IP;
  size_t size = picket_flow_size(&configuration);
  picket_flow *flow = malloc(size);
  if (!flow) abort();
  PROMISE(picket_flow_init(flow, size, &configuration) == PICKET_FLOW_OK, "init");
  return flow;
}

void open_world(world *w) {
  w->flow = new_flow(1);
  w->again = new_flow(2);
  w->told = 0;
  w->now = UINT64_C(1700000000000000000);
}

void close_world(world *w) {
  drain(w);
  PROMISE(picket_flow_finish(w->flow) == PICKET_FLOW_OK, "finish");
  drain(w);
  picket_flow_counters c;
  PROMISE(picket_flow_read_counters(w->flow, &c) == PICKET_FLOW_OK, "counters");
  PROMISE(c.open == 0, "all connections have ended");
  PROMISE(c.packets == c.counted + c.not_ip + c.other_protocol + c.truncated + c.malformed +
                           c.fragments_unmatched + c.too_deep, "each packet is counted once");
  free(w->flow);
  free(w->again);
}

static void check_record(const picket_flow_event *e, const float *record) {
  const int is_unknown = (e->notes & (PICKET_FLOW_NO_BYTES | PICKET_FLOW_OFFLOADED)) != 0;
  for (size_t i = 0; i < PICKET_FLOW_COLUMNS; i++) {
    const size_t categories = picket_flow_category_count(i);
    const int is_rate = strstr(picket_flow_column_name(i), "rate") != NULL;
    if ((i == 4 || i == 5) && is_unknown) {
      PROMISE(isnan(record[i]), "bytes that are not known");
      continue;
    }
    PROMISE(record[i] >= 0, "no column is below 0, or NaN");
    if (categories) PROMISE(record[i] < (float)categories, "a category");
    if (is_rate) PROMISE(record[i] <= 1, "a rate");
  }
  /* What nobody saw begin has no number, and stands in no windows: not in its own either. */
  const float least = e->id == 0 ? 0 : 1;
  PROMISE(record[7] >= least && record[7] <= WINDOW && record[8] >= least && record[8] <= WINDOW,
          "count");
  PROMISE(record[16] >= least && record[16] <= HOSTS && record[17] >= least && record[17] <= HOSTS,
          "dst_host_count");
}

void drain(world *w) {
  picket_flow_event event, other;
  float record[PICKET_FLOW_COLUMNS], same[PICKET_FLOW_COLUMNS];
  uint8_t log[PICKET_FLOW_LOG_BYTES];
  while (picket_flow_next(w->flow, &event, record)) {
    w->told++;
    w->last = event;
    if (event.kind == PICKET_FLOW_QUERY) continue;
    PROMISE(picket_flow_log(&event, log) == PICKET_FLOW_OK, "an event can be logged");
    PROMISE(picket_flow_replay(w->again, log) == PICKET_FLOW_OK, "a log can be replayed");
    PROMISE(picket_flow_next(w->again, &other, same), "a replayed event is told");
    PROMISE(memcmp(&event, &other, sizeof event) == 0, "it is the same event");
    if (event.kind == PICKET_FLOW_END) {
      check_record(&event, record);
      PROMISE(memcmp(record, same, sizeof record) == 0, "it is the same record");
    }
    PROMISE(!picket_flow_next(w->again, &other, same), "and no other is told");
  }
  picket_flow_counters c;
  PROMISE(picket_flow_read_counters(w->flow, &c) == PICKET_FLOW_OK, "counters");
  PROMISE(c.open <= CONNECTIONS, "no more connections than the table has");
}

int next_piece(world *w, const uint8_t **data, size_t *size, piece *p) {
  static const uint64_t pause[] = {0, 1, 1000, 1000000, 500000000, 2000000000, 11000000000,
                                   301000000000};
  if (*size < 4) return 0;
  p->kind = (*data)[0];
  w->now += pause[(*data)[1] & 7];
  p->size = (size_t)(*data)[2] << 8 | (*data)[3];
  *data += 4, *size -= 4;
  if (p->size > *size) p->size = *size;
  p->bytes = malloc(p->size ? p->size : 1);
  if (!p->bytes) abort();
  memcpy(p->bytes, *data, p->size);
  *data += p->size, *size -= p->size;
  return 1;
}
