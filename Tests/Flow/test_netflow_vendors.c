/* NetFlow 9 as a firewall of Cisco's sends it: elements of vendors, and bytes that come later. */
#include "netflow.h"

static message start_nine(void) {
  message m = {.size = 0};
  put(&m, 9, 2), put(&m, 0, 2), put(&m, 100000, 4), put(&m, START / SECOND, 4), put(&m, 1, 4);
  put(&m, 0, 4);
  return m;
}

/* Ends, ports and protocol, and then other fields of 4 bytes. */
static void put_nine(message *m, uint64_t id, const uint16_t *more, size_t count) {
  static const uint16_t fields[] = {8, 4, 12, 4, 7, 2, 11, 2, 4, 1, 6, 1};
  size_t at = start_set(m, 0);
  put(m, id, 2), put(m, COUNT(fields) / 2 + count, 2);
  for (size_t i = 0; i < COUNT(fields); i++) put(m, fields[i], 2);
  for (size_t i = 0; i < count; i++) put(m, more[i], 2), put(m, 4, 2);
  end_set(m, at);
  at = start_set(m, id);
  put(m, 0x0A000001, 4), put(m, 0x0A000002, 4), put(m, 40000, 2), put(m, 443, 2), put(m, 6, 1);
  put(m, count ? SYN | ACK | FIN : 0, 1);
  for (size_t i = 0; i < count; i++) put(m, 1111 * (i + 1), 4);
  end_set(m, at);
}

/* 33,000 is an access list, not 32,768 more than the responder's bytes. */
static void elements_of_vendors_in_NetFlow_9_are_not_standard_ones(void **state) {
  (void)state;
  bench *b = new_bench();
  message m = start_nine();
  static const uint16_t more[] = {231, 232, 298, 299, 33000, 33002, 32768 + 4};
  put_nine(&m, 263, more, COUNT(more));
  hand_in_datagram(b, 1, &m);
  const picket_flow_event *e = told(b, PICKET_FLOW_BEGIN, 0);
  assert_int_equal(e->protocol, 6);
  assert_int_equal(e->bytes[0], 1111);
  assert_int_equal(e->bytes[1], 2222);
  assert_int_equal(e->packets[1], 4444);
  free_bench(b);
}

/* A record that says that a flow was created has no counters. */
static void bytes_may_come_with_a_later_record(void **state) {
  (void)state;
  bench *b = new_bench();
  static const uint16_t more[] = {231, 232};
  b->configuration.byte_count = PICKET_FLOW_IP;
  remake(b);
  message m = start_nine();
  put_nine(&m, 256, NULL, 0);
  hand_in_datagram(b, 1, &m);
  assert_true(told(b, PICKET_FLOW_BEGIN, 0)->notes & PICKET_FLOW_NO_BYTES);
  m = start_nine();
  put_nine(&m, 257, more, COUNT(more));
  put_nine(&m, 256, NULL, 0);
  hand_in_datagram(b, 1, &m);
  b->now += 20 * SECOND; /* more than one side alone may be silent, though no packets were told */
  assert_int_equal(picket_flow_advance(b->flow, b->now), PICKET_FLOW_OK);
  drain(b);
  assert_int_equal(count_told(b, PICKET_FLOW_END), 0);
  finish(b);
  const picket_flow_event *e = told(b, PICKET_FLOW_END, 0);
  assert_int_equal(e->notes, PICKET_FLOW_NO_PAYLOAD);
  assert_int_equal(e->bytes[1], 2222);
  assert_true(record_of(b, 0)[SRC_BYTES] == 1111);
  free_bench(b);
}

/* Packets without bytes do not make bytes known. */
static void packets_alone_tell_no_bytes(void **state) {
  (void)state;
  bench *b = new_bench();
  static const uint16_t more[] = {298, 299};
  message m = start_nine();
  put_nine(&m, 256, more, COUNT(more));
  hand_in_datagram(b, 1, &m);
  assert_true(told(b, PICKET_FLOW_BEGIN, 0)->notes & PICKET_FLOW_NO_BYTES);
  free_bench(b);
}

const struct CMUnitTest netflow_vendors_tests[] = {
    cmocka_unit_test(elements_of_vendors_in_NetFlow_9_are_not_standard_ones),
    cmocka_unit_test(bytes_may_come_with_a_later_record),
    cmocka_unit_test(packets_alone_tell_no_bytes),
};
const size_t netflow_vendors_count = COUNT(netflow_vendors_tests);
