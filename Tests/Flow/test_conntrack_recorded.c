/* What a kernel sent (recorded/README.md). */
#include "conntrack.h"

static const picket_flow_event *end_to(const bench *b, uint16_t port, size_t skip) {
  for (size_t i = 0; i < b->told; i++)
    if (b->event[i].kind == PICKET_FLOW_END && b->event[i].destination_port == port && !skip--)
      return &b->event[i];
  fail_msg("no connection to %u ended", port);
  return NULL;
}

/* The recordings are in the byte order of the machine that they were made on. */
static int is_big_endian(void) {
  const uint16_t one = 1;
  return *(const uint8_t *)&one == 0;
}

/* The time-outs that the recording kernel was set to. */
static bench *recorded_bench(void) {
  bench *b = new_bench();
  b->configuration.kernel_udp_ns = 4 * SECOND;
  b->configuration.kernel_udp_stream_ns = 6 * SECOND;
  b->configuration.kernel_icmp_ns = 3 * SECOND;
  b->configuration.kernel_syn_sent_ns = 5 * SECOND;
  b->configuration.byte_count = PICKET_FLOW_IP;
  remake(b);
  return b;
}

static double seconds(const picket_flow_event *e) { return (double)(e->end_ns - e->start_ns) / 1e9; }

/* What both recordings tell alike: 500 bytes up and 3,000 down, twice, the second held for 1.5 s. */
static void check_tcp(const bench *b) {
  const picket_flow_event *e = end_to(b, 8001, 0);
  if (seconds(e) > 1) e = end_to(b, 8001, 1);
  assert_int_equal(e->flag, PICKET_FLOW_SF);
  assert_int_equal(e->bytes[0], 60 + (e->packets[0] - 1) * 52 + 500);
  assert_int_equal(e->bytes[1], 60 + (e->packets[1] - 1) * 52 + 3000);
  assert_true(seconds(e) < 0.2);
  e = end_to(b, 8001, e == end_to(b, 8001, 0));
  assert_int_equal(e->flag, PICKET_FLOW_SF);
  assert_true(seconds(e) > 1.45 && seconds(e) < 1.7);
  e = end_to(b, 9, 0); /* a closed port */
  assert_int_equal(e->flag, PICKET_FLOW_REJ);
  assert_int_equal(e->bytes[0], 60);
  assert_int_equal(e->bytes[1], 40);
  assert_true(seconds(e) < 0.2);
  assert_int_equal(end_to(b, 8002, 0)->flag, PICKET_FLOW_RSTR);
  assert_int_equal(end_to(b, 8003, 0)->flag, PICKET_FLOW_RSTR); /* the client did: not told */
  for (size_t i = 0; i < b->told; i++)
    if (b->event[i].kind == PICKET_FLOW_END)
      assert_int_equal(b->event[i].notes, PICKET_FLOW_NO_PAYLOAD);
}

static void a_kernels_events_give_ends_without_its_time_outs(void **state) {
  (void)state;
  if (is_big_endian()) return;
  bench *b = recorded_bench();
  replay(b, picket_flow_conntrack, "conntrack-destroyed.bin");
  assert_int_equal(count_told(b, PICKET_FLOW_BEGIN), 10);
  assert_int_equal(count_told(b, PICKET_FLOW_END), 10);
  assert_int_equal(counters_of(b).messages_malformed, 0);
  assert_int_equal(counters_of(b).open, 0);
  check_tcp(b);
  assert_int_equal(end_to(b, 8004, 0)->flag, PICKET_FLOW_S0); /* dropped */
  assert_true(seconds(end_to(b, 8004, 0)) < 3);
  const picket_flow_event *e = end_to(b, 8053, 0); /* two questions, half a second apart */
  assert_int_equal(e->bytes[0], 2 * 48);
  assert_int_equal(e->bytes[1], 2 * 105);
  assert_true(seconds(e) > 0.45 && seconds(e) < 0.6);
  assert_true(seconds(end_to(b, 8054, 0)) < 0.1);
  e = end_to(b, 0, 0); /* three echoes, 0.3 seconds apart, and one without reply */
  if (e->packets[1] == 0) e = end_to(b, 0, 1);
  assert_int_equal(e->packets[1], 3);
  assert_int_equal(e->icmp_type, 8);
  assert_int_equal(e->source_port, 77);
  assert_true(seconds(e) > 0.55 && seconds(e) < 0.7);
  free_bench(b);
}

static void a_query_brings_the_end_at_once(void **state) {
  (void)state;
  if (is_big_endian()) return;
  bench *b = recorded_bench();
  replay(b, picket_flow_conntrack, "conntrack-queried.bin");
  assert_int_equal(count_told(b, PICKET_FLOW_QUERY), 4);
  assert_int_equal(count_told(b, PICKET_FLOW_END), 5); /* and the closed port */
  check_tcp(b);
  free_bench(b);
}

const struct CMUnitTest conntrack_recorded_tests[] = {
    cmocka_unit_test(a_kernels_events_give_ends_without_its_time_outs),
    cmocka_unit_test(a_query_brings_the_end_at_once),
};
const size_t conntrack_recorded_count = COUNT(conntrack_recorded_tests);
