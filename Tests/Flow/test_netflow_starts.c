/* Exporters' starts, which options tell and which uptimes count from. */
#include "netflow.h"

/* Options: the domain, and when the exporter started. */
static void put_start(message *m, uint64_t ms) {
  size_t at = start_set(m, 3);
  put(m, 400, 2), put(m, 2, 2), put(m, 1, 2), put(m, 149, 2), put(m, 4, 2), put(m, 160, 2), put(m, 8, 2);
  end_set(m, at);
  at = start_set(m, 400);
  put(m, 1, 4), put(m, ms, 8);
  end_set(m, at);
}

/* A flow from the uptime of one second to that of four, with its template. */
static void put_uptimes(message *m, uint8_t from) {
  static const uint16_t fields[] = {8, 4, 12, 4, 4, 1, 2, 4, 22, 4, 21, 4};
  put_fields(m, 301, fields, COUNT(fields));
  size_t at = start_set(m, 301);
  put(m, 0x0A000000u + from, 4), put(m, 0x0A000002, 4), put(m, 17, 1), put(m, 3, 4);
  put(m, 1000, 4), put(m, 4000, 4);
  end_set(m, at);
}

/* Options that tell the exporter's start, as many templates as fill the table, and two such starts. */
static message starts_among(uint64_t templates) {
  message m = start_message(7);
  size_t at = start_set(&m, 3);
  put(&m, 256, 2), put(&m, 1, 2), put(&m, 1, 2), put(&m, 160, 2), put(&m, 8, 2);
  end_set(&m, at);
  at = start_set(&m, 2);
  for (uint64_t i = 1; i < templates; i++)
    put(&m, 256 + i, 2), put(&m, 1, 2), put(&m, 4, 2), put(&m, 1, 2);
  end_set(&m, at);
  at = start_set(&m, 256);
  put(&m, 1000, 8), put(&m, 1000, 8);
  end_set(&m, at);
  return m;
}

static void uptimes_of_IPFIX_count_from_the_start_that_options_tell(void **state) {
  (void)state;
  bench *b = new_bench();
  message m = start_message(1);
  put_start(&m, START / 1000000 - 5000);
  put_uptimes(&m, 1);
  hand_in_datagram(b, 1, &m);
  const picket_flow_event *e = told(b, PICKET_FLOW_BEGIN, 0);
  assert_int_equal(e->start_ns, START - 4 * SECOND);
  assert_int_equal(e->end_ns, START - SECOND);
  free_bench(b);
}

static void as_many_starts_are_kept_as_templates(void **state) {
  (void)state;
  bench *b = new_bench();
  b->configuration.templates = 2;
  remake(b);
  for (uint8_t exporter = 1; exporter <= 3; exporter++) {
    message m = start_message(1);
    put_start(&m, START / 1000000 - 1000u * (10u + exporter));
    hand_in_datagram(b, exporter, &m);
  }
  for (uint8_t exporter = 1; exporter <= 3; exporter++) {
    message m = start_message(1);
    put_uptimes(&m, (uint8_t)(10 + exporter));
    hand_in_datagram(b, exporter, &m);
  }
  /* Nothing dates the first one's uptimes but the message. */
  assert_int_equal(told(b, PICKET_FLOW_BEGIN, 0)->start_ns, START);
  assert_int_equal(told(b, PICKET_FLOW_BEGIN, 1)->start_ns, START - 11 * SECOND);
  assert_int_equal(told(b, PICKET_FLOW_BEGIN, 2)->start_ns, START - 12 * SECOND);
  free_bench(b);
}

/* The start took the place of the oldest template, which was its own: it was read for ever. */
static void a_start_does_not_push_out_the_template_that_it_is_read_by(void **state) {
  (void)state;
  bench *b = new_bench();
  message m = starts_among(b->configuration.templates), again = start_message(7);
  assert_int_equal(m.size, 558);
  hand_in_datagram(b, 1, &m);
  size_t at = start_set(&again, 256);
  put(&again, 2000, 8);
  end_set(&again, at);
  hand_in_datagram(b, 1, &again);
  assert_int_equal(counters_of(b).templates_unknown, 0);
  assert_int_equal(counters_of(b).datagrams_malformed, 0);
  free_bench(b);
}

const struct CMUnitTest netflow_starts_tests[] = {
    cmocka_unit_test(uptimes_of_IPFIX_count_from_the_start_that_options_tell),
    cmocka_unit_test(as_many_starts_are_kept_as_templates),
    cmocka_unit_test(a_start_does_not_push_out_the_template_that_it_is_read_by),
};
const size_t netflow_starts_count = COUNT(netflow_starts_tests);
