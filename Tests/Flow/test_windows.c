/* The window columns, against a second computation written from their definitions. What other
 * programs compute is compared by captures_test.py, where the data are. */
#include "testing.h"

#include <math.h>
#include <stdio.h>

enum { CONNECTIONS = 700 };

typedef struct model {
  picket_flow_event event;
  int has_ended;
} model;

static int is_syn_error(uint8_t flag) {
  return flag == PICKET_FLOW_S0 || flag == PICKET_FLOW_S1 || flag == PICKET_FLOW_S2 ||
         flag == PICKET_FLOW_S3 || flag == PICKET_FLOW_SH;
}

static int is_rejection(uint8_t flag) {
  return flag == PICKET_FLOW_REJ || flag == PICKET_FLOW_RSTO || flag == PICKET_FLOW_RSTR ||
         flag == PICKET_FLOW_RSTOS0;
}

typedef struct tally {
  unsigned host, service, host_syn, service_syn, host_rejected, service_rejected, same, same_port;
  unsigned services, hosts;
} tally;

/* Of the starts up to number i, newest first, at most `most`, none older than `age`. */
static tally look(const model *all, size_t i, size_t most, uint64_t age) {
  tally t = {0};
  static unsigned char seen_service[65536], seen_host[256];
  const picket_flow_event *own = &all[i].event;
  memset(seen_service, 0, sizeof seen_service);
  memset(seen_host, 0, sizeof seen_host);
  for (size_t back = 0; back < most && back <= i; back++) {
    const model *m = &all[i - back];
    if (own->start_ns - m->event.start_ns > age) continue;
    unsigned is_host = m->event.destination[15] == own->destination[15];
    unsigned is_service = m->event.destination_port == own->destination_port;
    unsigned syn = m->has_ended && is_syn_error(m->event.flag);
    unsigned rejected = m->has_ended && is_rejection(m->event.flag);
    if (is_host) {
      t.host++, t.host_syn += syn, t.host_rejected += rejected;
      t.same += is_service;
      t.same_port += m->event.source_port == own->source_port;
      t.services += !seen_service[m->event.destination_port]++;
    }
    if (is_service) {
      t.service++, t.service_syn += syn, t.service_rejected += rejected;
      t.hosts += !seen_host[m->event.destination[15]]++;
    }
  }
  return t;
}

static float share(unsigned part, unsigned whole) { return (float)part / (float)whole; }
static float different(unsigned distinct, unsigned whole) {
  return distinct > 1 ? share(distinct, whole) : 0;
}

static void columns_of(const model *all, size_t i, size_t most, size_t host_most, uint64_t age,
                       float *out) {
  tally t = look(all, i, most, age), h = look(all, i, host_most, UINT64_MAX);
  const float expected[] = {
      (float)t.host, (float)t.service, share(t.host_syn, t.host), share(t.service_syn, t.service),
      share(t.host_rejected, t.host), share(t.service_rejected, t.service), share(t.same, t.host),
      different(t.services, t.host), different(t.hosts, t.service), (float)h.host,
      (float)h.service, share(h.same, h.host), different(h.services, h.host),
      share(h.same_port, h.host), different(h.hosts, h.service), share(h.host_syn, h.host),
      share(h.service_syn, h.service), share(h.host_rejected, h.host),
      share(h.service_rejected, h.service)};
  memcpy(out, expected, sizeof expected);
}

static uint32_t next_random(uint32_t *x) {
  *x ^= *x << 13, *x ^= *x >> 17, *x ^= *x << 5;
  return *x;
}

/* Many connections, open at the same time, that end in any order. */
static void compare(uint32_t seed, uint32_t most, uint32_t host_most, uint64_t age) {
  static model all[CONNECTIONS];
  bench *b = new_bench();
  b->configuration.window_connections = most;
  b->configuration.host_connections = host_most;
  b->configuration.window_ns = age;
  remake(b);
  size_t open[CONNECTIONS], opened = 0, begun = 0;
  uint64_t now = START;
  uint32_t x = seed;
  while (begun < CONNECTIONS || opened) {
    forget(b);
    now += next_random(&x) % 4 ? next_random(&x) % (SECOND / 10) : next_random(&x) % 2 * SECOND;
    if (begun < CONNECTIONS && (next_random(&x) % 2 || opened == 0)) {
      uint16_t service = (uint16_t)(next_random(&x) % 3 ? 80 : next_random(&x) % 700);
      picket_flow_event event =
          make_event(PICKET_FLOW_BEGIN, 1, (uint8_t)(next_random(&x) % 5),
                     (uint16_t)(1024 + next_random(&x) % 3 + begun / 50 * 3), service, now);
      event.source[14] = (uint8_t)begun; /* no two connections share their ends */
      event.source[13] = (uint8_t)(begun >> 8);
      all[begun] = (model){event, 0};
      assert_int_equal(picket_flow_add(b->flow, &event), PICKET_FLOW_OK);
      open[opened++] = begun++;
    } else {
      size_t pick = next_random(&x) % opened, i = open[pick];
      open[pick] = open[--opened];
      all[i].event.kind = PICKET_FLOW_END;
      all[i].event.end_ns = now;
      all[i].event.flag = (uint8_t)(next_random(&x) % 13);
      all[i].has_ended = 1;
      assert_int_equal(picket_flow_add(b->flow, &all[i].event), PICKET_FLOW_OK);
      drain(b);
      float expected[PICKET_FLOW_COLUMNS - WINDOWS];
      columns_of(all, i, most, host_most, age, expected);
      assert_memory_equal(record_of(b, 0) + WINDOWS, expected, sizeof expected);
    }
  }
  free_bench(b);
}

static void concurrent_connections_give_the_columns_of_the_definitions(void **state) {
  (void)state;
  compare(1, 511, 255, 2 * SECOND);
  compare(2, 511, 100, 2 * SECOND);
  compare(3, 100, 511, SECOND / 2);
  compare(4, 1, 1, 1);
  compare(5, 7, 3, UINT64_C(1) << 62);
}

static void two_seconds_count_and_a_nanosecond_more_does_not(void **state) {
  (void)state;
  bench *b = new_bench();
  static const uint64_t at[] = {0, 2 * SECOND, 2 * SECOND + 1};
  for (size_t i = 0; i < COUNT(at); i++) {
    picket_flow_event e = make_event(PICKET_FLOW_END, 1, 2, (uint16_t)(10 + i), 80, START + at[i]);
    assert_int_equal(picket_flow_add(b->flow, &e), PICKET_FLOW_OK);
    drain(b);
  }
  assert_int_equal(record_of(b, 1)[WINDOWS], 2);
  assert_int_equal(record_of(b, 2)[WINDOWS], 2);
  assert_int_equal(record_of(b, 2)[DST_HOST], 3);
  free_bench(b);
}

/* A connection that outlives the memory of starts keeps the windows it began with. */
static void a_connection_longer_than_the_memory_has_its_windows(void **state) {
  (void)state;
  bench *b = new_bench();
  b->configuration.starts = 1024;
  remake(b);
  for (uint16_t i = 0; i < 10; i++) {
    picket_flow_event e = make_event(PICKET_FLOW_END, 1, 2, (uint16_t)(100 + i), 80, START);
    e.flag = PICKET_FLOW_REJ;
    assert_int_equal(picket_flow_add(b->flow, &e), PICKET_FLOW_OK);
    forget(b);
  }
  picket_flow_event lasting = make_event(PICKET_FLOW_BEGIN, 1, 2, 99, 80, START);
  assert_int_equal(picket_flow_add(b->flow, &lasting), PICKET_FLOW_OK);
  for (uint16_t i = 0; i < 3000; i++) {
    forget(b);
    picket_flow_event e = make_event(PICKET_FLOW_END, 3, 4, (uint16_t)(200 + i), 22, START);
    assert_int_equal(picket_flow_add(b->flow, &e), PICKET_FLOW_OK);
  }
  forget(b);
  lasting.kind = PICKET_FLOW_END;
  lasting.end_ns = START + 500 * SECOND;
  lasting.flag = PICKET_FLOW_S3;
  assert_int_equal(picket_flow_add(b->flow, &lasting), PICKET_FLOW_OK);
  drain(b);
  const float *record = record_of(b, 0);
  assert_int_equal(record[WINDOWS], 11);
  assert_int_equal(record[DST_HOST], 11);
  assert_true(record[WINDOWS + 2] == share(1, 11));  /* its own error, told at its end */
  assert_true(record[WINDOWS + 4] == share(10, 11)); /* the others' */
  assert_true(record[DST_HOST + 6] == share(1, 11));
  assert_true(record[DST_HOST + 8] == share(10, 11));
  free_bench(b);
}

/* Counting distinct services takes a number of 16 bits each time: it comes round. */
static void distinct_services_are_counted_however_long_it_runs(void **state) {
  (void)state;
  bench *b = new_bench();
  b->configuration.host_connections = b->configuration.window_connections = 3;
  remake(b);
  for (uint32_t i = 0; i < 70000; i++) {
    picket_flow_event e = make_event(PICKET_FLOW_END, 1, 2, 9, (uint16_t)(i % 2 ? 22 : 80), START);
    assert_int_equal(picket_flow_add(b->flow, &e), PICKET_FLOW_OK);
    drain(b);
    if (i > 1) assert_true(record_of(b, 0)[WINDOWS + 7] == share(2, 3));
    forget(b);
  }
  free_bench(b);
}

const struct CMUnitTest windows_tests[] = {
    cmocka_unit_test(concurrent_connections_give_the_columns_of_the_definitions),
    cmocka_unit_test(two_seconds_count_and_a_nanosecond_more_does_not),
    cmocka_unit_test(a_connection_longer_than_the_memory_has_its_windows),
    cmocka_unit_test(distinct_services_are_counted_however_long_it_runs),
};
const size_t windows_count = COUNT(windows_tests);
