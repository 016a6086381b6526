/* Datagrams as bytes: records of both ways, and what is malformed. */
#include "netflow.h"

static void a_record_may_tell_both_ways(void **state) {
  (void)state;
  bench *b = new_bench();
  message m = biflow(1);
  hand_in_datagram(b, 1, &m);
  assert_int_equal(counters_of(b).flows, 2);
  assert_int_equal(counters_of(b).datagrams_malformed, 0);
  finish(b);
  for (size_t i = 0; i < 2; i++) {
    const picket_flow_event *e = told(b, PICKET_FLOW_END, i);
    assert_int_equal(e->bytes[0], 1000);
    assert_int_equal(e->bytes[1], 2000);
    assert_int_equal(e->packets[1], 20);
    assert_int_equal(e->flag, PICKET_FLOW_SF);
    assert_int_equal(e->start_ns, START + SECOND / 4);
    assert_int_equal(e->end_ns, START + SECOND * 9 / 4);
  }
  free_bench(b);
}

static void a_field_longer_than_its_set_is_malformed(void **state) {
  (void)state;
  bench *b = new_bench();
  message m = start_message(1);
  put_template(&m, 300);
  size_t at = start_set(&m, 300);
  put_record(&m, 1, 5000, 80, 3);
  m.bytes[m.size - 4] = 8; /* the name's length */
  end_set(&m, at);
  hand_to(b, read_datagram, m.bytes, m.size);
  assert_int_equal(counters_of(b).datagrams_malformed, 1);
  assert_int_equal(counters_of(b).flows, 0);
  free_bench(b);
}

static void datagrams_of_other_versions_are_malformed(void **state) {
  (void)state;
  bench *b = new_bench();
  uint8_t bytes[24] = {0, 8};
  hand_to(b, read_datagram, bytes, sizeof bytes);
  bytes[1] = 5, bytes[3] = 1; /* a record that is not there */
  hand_to(b, read_datagram, bytes, sizeof bytes);
  assert_int_equal(counters_of(b).datagrams_malformed, 2);
  free_bench(b);
}

static void tell_size(uint8_t *bytes, size_t size) { put16(bytes + 2, (uint32_t)size); }

static void a_datagram_cut_or_changed_anywhere_does_no_harm(void **state) {
  (void)state;
  bench *b = new_bench();
  message whole = biflow(1);
  cut_anywhere(b, read_datagram, whole.bytes, whole.size, tell_size);
  assert_true(counters_of(b).datagrams_malformed >= whole.size);
  for (size_t at = 0; at < whole.size; at++) {
    message changed = whole;
    changed.bytes[at] ^= 0xFF;
    hand_in_datagram(b, 1, &changed);
    forget(b);
  }
  free_bench(b);
}

const struct CMUnitTest netflow_datagrams_tests[] = {
    cmocka_unit_test(a_record_may_tell_both_ways),
    cmocka_unit_test(a_field_longer_than_its_set_is_malformed),
    cmocka_unit_test(datagrams_of_other_versions_are_malformed),
    cmocka_unit_test(a_datagram_cut_or_changed_anywhere_does_no_harm),
};
const size_t netflow_datagrams_count = COUNT(netflow_datagrams_tests);
