/* What every function does with what it cannot take: each status, and nothing written. */
#include "testing.h"

static void a_null_pointer_is_an_argument_error(void **state) {
  (void)state;
  bench *b = new_bench();
  picket_flow_event event = make_event(PICKET_FLOW_BEGIN, 1, 2, 3, 4, START);
  uint8_t bytes[PICKET_FLOW_LOG_BYTES] = {0};
  picket_flow_counters counters;
  const int32_t E = PICKET_FLOW_E_ARGUMENT;
  assert_int_equal(picket_flow_defaults(NULL), E);
  assert_int_equal(picket_flow_size(NULL), 0);
  assert_int_equal(picket_flow_init(NULL, 1 << 20, &b->configuration), E);
  assert_int_equal(picket_flow_init(b->flow, 1 << 20, NULL), E);
  assert_int_equal(picket_flow_packet(NULL, 0, PICKET_FLOW_RAW, bytes, 1, 1), E);
  assert_int_equal(picket_flow_packet(b->flow, 0, PICKET_FLOW_RAW, NULL, 1, 1), E);
  assert_int_equal(picket_flow_packet(b->flow, 0, 12345, bytes, 1, 1), E);
  assert_int_equal(picket_flow_conntrack(NULL, 0, bytes, 1), E);
  assert_int_equal(picket_flow_conntrack(b->flow, 0, NULL, 0), E);
  assert_int_equal(picket_flow_netflow(NULL, 0, 0, bytes, 1), E);
  assert_int_equal(picket_flow_netflow(b->flow, 0, 0, NULL, 0), E);
  assert_int_equal(picket_flow_add(NULL, &event), E);
  assert_int_equal(picket_flow_add(b->flow, NULL), E);
  assert_int_equal(picket_flow_replay(NULL, bytes), E);
  assert_int_equal(picket_flow_replay(b->flow, NULL), E);
  assert_int_equal(picket_flow_advance(NULL, 0), E);
  assert_int_equal(picket_flow_finish(NULL), E);
  assert_int_equal(picket_flow_next(NULL, &event, NULL), 0);
  assert_int_equal(picket_flow_next(b->flow, NULL, NULL), 0);
  assert_int_equal(picket_flow_log(NULL, bytes), E);
  assert_int_equal(picket_flow_log(&event, NULL), E);
  assert_int_equal(picket_flow_unfit(NULL), E);
  assert_int_equal(picket_flow_read_counters(NULL, &counters), E);
  assert_int_equal(picket_flow_read_counters(b->flow, NULL), E);
  assert_int_equal(picket_flow_specification(NULL, NULL, 0, NULL), E);
  assert_int_equal(picket_flow_specification(&b->configuration, NULL, 5, NULL), E);
  free_bench(b);
}

static void a_record_is_unfit_for_one_of_five_reasons(void **state) {
  (void)state;
  static const struct {
    uint8_t protocol, notes, reason;
    int32_t cause;
    uint8_t flag;
  } cases[] = {
      {6, 0, PICKET_FLOW_TOLD, PICKET_FLOW_FIT, PICKET_FLOW_S1},
      {6, PICKET_FLOW_NO_PAYLOAD, PICKET_FLOW_EVICTED, PICKET_FLOW_FIT, PICKET_FLOW_S1},
      {6, PICKET_FLOW_NO_PAYLOAD | PICKET_FLOW_NO_START, PICKET_FLOW_TOLD, PICKET_FLOW_UNFIT_START, PICKET_FLOW_S1},
      {6, PICKET_FLOW_OFFLOADED | PICKET_FLOW_NO_BYTES, 0, PICKET_FLOW_UNFIT_OFFLOADED, PICKET_FLOW_S1},
      {17, PICKET_FLOW_NO_BYTES | PICKET_FLOW_NO_END, 0, PICKET_FLOW_UNFIT_BYTES, PICKET_FLOW_S1},
      {17, PICKET_FLOW_NO_END, PICKET_FLOW_TOLD, PICKET_FLOW_UNFIT_END, PICKET_FLOW_S1},
      {6, PICKET_FLOW_NO_END, PICKET_FLOW_TOLD, PICKET_FLOW_FIT, PICKET_FLOW_S1},
      {6, PICKET_FLOW_NO_END | PICKET_FLOW_NO_START, PICKET_FLOW_TOLD, PICKET_FLOW_UNFIT_END, PICKET_FLOW_S1},
      {6, 0, PICKET_FLOW_FINISHED, PICKET_FLOW_UNFIT_CUT_OFF, PICKET_FLOW_S1},
      {6, 0, PICKET_FLOW_FINISHED, PICKET_FLOW_FIT, PICKET_FLOW_SF},
      {6, 0, PICKET_FLOW_FINISHED, PICKET_FLOW_FIT, PICKET_FLOW_RSTOS0},
      {17, 0, PICKET_FLOW_FINISHED, PICKET_FLOW_UNFIT_CUT_OFF, PICKET_FLOW_SF},
      {17, PICKET_FLOW_NO_BYTES, PICKET_FLOW_FINISHED, PICKET_FLOW_UNFIT_CUT_OFF, PICKET_FLOW_SF},
      {6, PICKET_FLOW_NO_BYTES, PICKET_FLOW_FINISHED, PICKET_FLOW_UNFIT_BYTES, PICKET_FLOW_SF},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    picket_flow_event event = make_event(PICKET_FLOW_END, 1, 2, 3, 4, START);
    event.protocol = cases[i].protocol;
    event.notes = cases[i].notes;
    event.reason = cases[i].reason;
    event.flag = cases[i].flag;
    assert_int_equal(picket_flow_unfit(&event), cases[i].cause);
  }
}

static void sizes_beyond_half_the_memory_are_refused(void **state) {
  (void)state;
  bench *b = new_bench();
  uint8_t bytes[1] = {0};
  const int32_t E = PICKET_FLOW_E_ARGUMENT;
  assert_int_equal(picket_flow_packet(b->flow, 0, PICKET_FLOW_RAW, bytes, SIZE_MAX, 1), E);
  assert_int_equal(picket_flow_packet(b->flow, 0, PICKET_FLOW_RAW, bytes, 1, SIZE_MAX), E);
  assert_int_equal(picket_flow_conntrack(b->flow, 0, bytes, SIZE_MAX), E);
  assert_int_equal(picket_flow_netflow(b->flow, 0, 0, bytes, SIZE_MAX), E);
  free_bench(b);
}

static void every_number_of_the_configuration_has_a_range(void **state) {
  (void)state;
  bench *b = new_bench();
  picket_flow_configuration c;
#define REFUSED(field, number)                                                                   \
  picket_flow_defaults(&c), c.field = (number);                                                  \
  assert_int_equal(picket_flow_size(&c), 0);                                                     \
  assert_int_equal(picket_flow_init(b->flow, SIZE_MAX / 2, &c), PICKET_FLOW_E_CONFIGURATION);    \
  assert_int_equal(picket_flow_specification(&c, NULL, 0, NULL), PICKET_FLOW_E_CONFIGURATION)
#define ACCEPTED(field, number)                 \
  picket_flow_defaults(&c), c.field = (number); \
  assert_true(picket_flow_size(&c) > 0)
#define TIME(field)            \
  REFUSED(field, 0);           \
  ACCEPTED(field, 1);          \
  ACCEPTED(field, UINT64_C(1) << 62); \
  REFUSED(field, (UINT64_C(1) << 62) + 1)
#define RANGE(field, least, most) \
  REFUSED(field, (least)-1);      \
  ACCEPTED(field, least);         \
  ACCEPTED(field, most);          \
  REFUSED(field, (most) + 1)
  TIME(window_ns);
  TIME(unanswered_ns);
  TIME(open_ns);
  TIME(closed_ns);
  TIME(udp_ns);
  TIME(icmp_ns);
  TIME(kernel_udp_ns);
  TIME(kernel_udp_stream_ns);
  TIME(kernel_icmp_ns);
  TIME(kernel_syn_sent_ns);
  TIME(kernel_established_ns);
  RANGE(byte_count, 1u, 2u);
  RANGE(window_connections, 1u, PICKET_FLOW_MAX_WINDOW);
  RANGE(host_connections, 1u, PICKET_FLOW_MAX_WINDOW);
  RANGE(connections, 16u, PICKET_FLOW_MAX_CONNECTIONS);
  RANGE(fragments, 1u, PICKET_FLOW_MAX_FRAGMENTS);
  RANGE(templates, 1u, PICKET_FLOW_MAX_TEMPLATES);
  REFUSED(starts, 512);
  REFUSED(starts, 1500);
  ACCEPTED(starts, 1024);
  ACCEPTED(starts, PICKET_FLOW_MAX_STARTS);
  REFUSED(starts, 2 * PICKET_FLOW_MAX_STARTS);
  free_bench(b);
}

static void memory_must_be_aligned_and_large_enough(void **state) {
  (void)state;
  bench *b = new_bench();
  size_t size = picket_flow_size(&b->configuration);
  picket_flow *odd = (picket_flow *)((char *)b->flow + 4);
  assert_int_equal(size % 8, 0);
  assert_int_equal(picket_flow_init(b->flow, size - 1, &b->configuration), PICKET_FLOW_E_MEMORY);
  assert_int_equal(picket_flow_init(odd, size, &b->configuration), PICKET_FLOW_E_MEMORY);
  /* Of a caller that only knows that it is enough. */
  assert_int_equal(picket_flow_init(b->flow, SIZE_MAX, &b->configuration), PICKET_FLOW_OK);
  free_bench(b);
}

static void memory_that_is_no_flow_is_refused(void **state) {
  (void)state;
  static uint64_t memory[1024];
  picket_flow *flow = (picket_flow *)memory;
  picket_flow_event event = make_event(PICKET_FLOW_BEGIN, 1, 2, 3, 4, START);
  picket_flow_counters counters;
  uint8_t bytes[PICKET_FLOW_LOG_BYTES] = {0};
  const int32_t E = PICKET_FLOW_E_FLOW;
  assert_int_equal(picket_flow_packet(flow, 0, PICKET_FLOW_RAW, bytes, 1, 1), E);
  assert_int_equal(picket_flow_conntrack(flow, 0, bytes, 1), E);
  assert_int_equal(picket_flow_netflow(flow, 0, 0, bytes, 1), E);
  assert_int_equal(picket_flow_add(flow, &event), E);
  assert_int_equal(picket_flow_replay(flow, bytes), E);
  assert_int_equal(picket_flow_advance(flow, 0), E);
  assert_int_equal(picket_flow_finish(flow), E);
  assert_int_equal(picket_flow_read_counters(flow, &counters), E);
  assert_int_equal(picket_flow_next(flow, &event, NULL), 0);
}

static void an_input_waits_for_the_events_of_the_one_before(void **state) {
  (void)state;
  bench *b = new_bench();
  picket_flow_event event = make_event(PICKET_FLOW_BEGIN, 1, 2, 3, 4, START), out;
  uint8_t bytes[PICKET_FLOW_LOG_BYTES] = {0};
  const int32_t E = PICKET_FLOW_E_PENDING;
  assert_int_equal(picket_flow_log(&event, bytes), PICKET_FLOW_OK);
  assert_int_equal(picket_flow_add(b->flow, &event), PICKET_FLOW_OK);
  assert_int_equal(picket_flow_add(b->flow, &event), E);
  assert_int_equal(picket_flow_replay(b->flow, bytes), E);
  assert_int_equal(picket_flow_packet(b->flow, 0, PICKET_FLOW_RAW, bytes, 1, 1), E);
  assert_int_equal(picket_flow_conntrack(b->flow, 0, bytes, 1), E);
  assert_int_equal(picket_flow_netflow(b->flow, 0, 0, bytes, 1), E);
  assert_int_equal(picket_flow_advance(b->flow, 0), E);
  assert_int_equal(picket_flow_finish(b->flow), E);
  assert_int_equal(picket_flow_next(b->flow, &out, NULL), 1);
  assert_int_equal(picket_flow_finish(b->flow), E);
  assert_int_equal(picket_flow_next(b->flow, &out, NULL), 0);
  assert_int_equal(picket_flow_finish(b->flow), PICKET_FLOW_OK);
  free_bench(b);
}

static void events_that_cannot_be_are_refused(void **state) {
  (void)state;
  bench *b = new_bench();
  uint8_t bytes[PICKET_FLOW_LOG_BYTES];
  picket_flow_event good = make_event(PICKET_FLOW_END, 1, 2, 3, 4, START), bad;
  memset(bytes, 0xA5, sizeof bytes);
#define IMPOSSIBLE(change)                                                        \
  bad = good, bad.change;                                                         \
  assert_int_equal(picket_flow_add(b->flow, &bad), PICKET_FLOW_E_EVENT);          \
  assert_int_equal(picket_flow_log(&bad, bytes), PICKET_FLOW_E_EVENT);            \
  assert_int_equal(bytes[0], 0xA5)
  IMPOSSIBLE(kind = 0);
  IMPOSSIBLE(kind = PICKET_FLOW_QUERY);
  IMPOSSIBLE(protocol = 47);
  IMPOSSIBLE(flag = PICKET_FLOW_SHR + 1);
  IMPOSSIBLE(reason = PICKET_FLOW_TOLD + 1);
  IMPOSSIBLE(end_ns = START - 1);
  good.id = 5;
  IMPOSSIBLE(notes = PICKET_FLOW_NO_START);
  IMPOSSIBLE(id = UINT64_MAX); /* the next would have the number 0, which is none */
  good.id = 0;
  good.kind = PICKET_FLOW_BEGIN;
  IMPOSSIBLE(reason = PICKET_FLOW_TOLD);
  free_bench(b);
}

/* 0 would say that nobody saw it begin. */
static void the_last_number_stays(void **state) {
  (void)state;
  bench *b = new_bench();
  uint8_t bytes[PICKET_FLOW_LOG_BYTES];
  picket_flow_event e = make_event(PICKET_FLOW_BEGIN, 1, 2, 3, 4, START), out;
  e.id = UINT64_MAX - 2;
  for (uint64_t i = 0; i < 4; i++) {
    assert_int_equal(picket_flow_add(b->flow, &e), PICKET_FLOW_OK);
    assert_int_equal(picket_flow_next(b->flow, &out, NULL), 1);
    assert_true(out.id == UINT64_MAX - (i == 0 ? 2 : 1));
    assert_int_equal(picket_flow_log(&out, bytes), PICKET_FLOW_OK);
    assert_int_equal(picket_flow_next(b->flow, &out, NULL), 0);
    e.id = 0, e.source_port++;
  }
  free_bench(b);
}

/* Seen to begin, and then not: two connections, of which each has the windows that fit it. */
static void an_end_of_another_kind_is_another_connection(void **state) {
  (void)state;
  bench *b = new_bench();
  float record[PICKET_FLOW_COLUMNS];
  picket_flow_event e = make_event(PICKET_FLOW_BEGIN, 1, 2, 3, 4, START), out;
  assert_int_equal(picket_flow_add(b->flow, &e), PICKET_FLOW_OK);
  assert_int_equal(picket_flow_next(b->flow, &out, record), 1);
  assert_int_equal(picket_flow_next(b->flow, &out, record), 0);
  e.kind = PICKET_FLOW_END;
  e.notes |= PICKET_FLOW_NO_START;
  assert_int_equal(picket_flow_add(b->flow, &e), PICKET_FLOW_OK);
  assert_int_equal(picket_flow_next(b->flow, &out, record), 1);
  assert_int_equal(out.reason, PICKET_FLOW_REPLACED);
  assert_true(record[7] == 1);
  assert_int_equal(picket_flow_next(b->flow, &out, record), 1);
  assert_int_equal(out.id, 0);
  assert_true(record[7] == 0);
  assert_int_equal(picket_flow_next(b->flow, &out, record), 0);
  free_bench(b);
}

static void every_status_has_its_sentence(void **state) {
  (void)state;
  const char *unknown = picket_flow_status_text(1);
  assert_string_equal(unknown, "unknown status");
  assert_string_equal(picket_flow_status_text(PICKET_FLOW_E_SPACE - 1), unknown);
  assert_string_equal(picket_flow_status_text(INT32_MIN), unknown);
  assert_string_equal(picket_flow_status_text(INT32_MAX), unknown);
  for (int32_t a = PICKET_FLOW_E_SPACE; a <= 0; a++) {
    assert_true(strlen(picket_flow_status_text(a)) > 5);
    for (int32_t other = PICKET_FLOW_E_SPACE; other <= 1; other++)
      if (other != a)
        assert_string_not_equal(picket_flow_status_text(a), picket_flow_status_text(other));
  }
}

const struct CMUnitTest calls_tests[] = {
    cmocka_unit_test(a_null_pointer_is_an_argument_error),
    cmocka_unit_test(a_record_is_unfit_for_one_of_five_reasons),
    cmocka_unit_test(sizes_beyond_half_the_memory_are_refused),
    cmocka_unit_test(every_number_of_the_configuration_has_a_range),
    cmocka_unit_test(memory_must_be_aligned_and_large_enough),
    cmocka_unit_test(memory_that_is_no_flow_is_refused),
    cmocka_unit_test(an_input_waits_for_the_events_of_the_one_before),
    cmocka_unit_test(events_that_cannot_be_are_refused),
    cmocka_unit_test(the_last_number_stays),
    cmocka_unit_test(an_end_of_another_kind_is_another_connection),
    cmocka_unit_test(every_status_has_its_sentence),
};
const size_t calls_count = COUNT(calls_tests);
