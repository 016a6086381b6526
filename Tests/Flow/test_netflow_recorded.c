/* Datagrams of NetFlow 5, 9 and IPFIX that softflowd sent (recorded/README.md). */
#include "netflow.h"

typedef struct expected {
  uint8_t from, protocol;
  uint16_t from_port, to_port;
  uint64_t start_ms, end_ms, packets[2], bytes[2];
  uint8_t flag;
} expected;

/* The conversations of recorded/record_netflow.py. */
static const expected conversations[] = {
    {1, 6, 40000, 80, 0, 3000, {4, 4}, {360, 2160}, PICKET_FLOW_SF},
    {3, 6, 40001, 81, 400, 3400, {3, 0}, {120, 0}, PICKET_FLOW_S0},
    {4, 6, 40002, 82, 700, 800, {1, 1}, {40, 40}, PICKET_FLOW_REJ},
    {5, 17, 40003, 53, 900, 1000, {1, 1}, {58, 128}, PICKET_FLOW_SF},
    {6, 1, 0, 0, 1100, 1200, {1, 1}, {84, 84}, PICKET_FLOW_SF},
    {1, 17, 40004, 123, 1300, 1300, {1, 0}, {96, 0}, PICKET_FLOW_SF}, /* IPv6 */
};

static const picket_flow_event *end_of(const bench *b, const expected *e) {
  for (size_t i = 0; i < b->told; i++) {
    const picket_flow_event *event = &b->event[i];
    if (event->kind == PICKET_FLOW_END && event->source[15] == e->from &&
        event->protocol == e->protocol && event->destination_port == e->to_port)
      return event;
  }
  fail_msg("the conversation with port %u is missing", e->to_port);
  return NULL;
}

/* The uptime of NetFlow 9 is dated by a header that has whole seconds: up to one is lost. */
static void check_recording(const char *name, size_t count, uint64_t most_early_ms) {
  bench *b = new_bench();
  replay(b, read_datagram, name);
  finish(b);
  assert_int_equal(count_told(b, PICKET_FLOW_END), count);
  assert_int_equal(counters_of(b).datagrams_malformed, 0);
  assert_int_equal(counters_of(b).templates_unknown, 0);
  for (size_t i = 0; i < count; i++) {
    const expected *e = &conversations[i];
    const picket_flow_event *event = end_of(b, e);
    uint64_t start = START + e->start_ms * 1000000;
    assert_int_equal(event->flag, e->flag);
    assert_int_equal(event->source_port, e->from_port);
    assert_memory_equal(event->packets, e->packets, sizeof e->packets);
    assert_memory_equal(event->bytes, e->bytes, sizeof e->bytes);
    assert_true(event->start_ns <= start && event->start_ns + most_early_ms * 1000000 >= start);
    assert_int_equal(event->end_ns - event->start_ns, (e->end_ms - e->start_ms) * 1000000);
    assert_int_equal(event->notes, PICKET_FLOW_NO_PAYLOAD);
  }
  free_bench(b);
}

static void netflow_5_of_an_exporter_gives_its_conversations(void **state) {
  (void)state;
  check_recording("netflow5.bin", 5, 0);
}
static void netflow_9_of_an_exporter_gives_its_conversations(void **state) {
  (void)state;
  check_recording("netflow9.bin", 6, 1000);
}
static void IPFIX_of_an_exporter_gives_its_conversations(void **state) {
  (void)state;
  check_recording("ipfix.bin", 6, 0);
}

const struct CMUnitTest netflow_recorded_tests[] = {
    cmocka_unit_test(netflow_5_of_an_exporter_gives_its_conversations),
    cmocka_unit_test(netflow_9_of_an_exporter_gives_its_conversations),
    cmocka_unit_test(IPFIX_of_an_exporter_gives_its_conversations),
};
const size_t netflow_recorded_count = COUNT(netflow_recorded_tests);
