/* When connections end, and what gives way when the table is full. */
#include "testing.h"

static void add(bench *b, uint8_t kind, uint16_t port, uint64_t time_ns) {
  picket_flow_event event = make_event(kind, 1, 2, port, 80, time_ns);
  assert_int_equal(picket_flow_add(b->flow, &event), PICKET_FLOW_OK);
  drain(b);
}

/* Advances to just before a time-out, and then to it. */
static void expect_end_after(bench *b, uint64_t limit) {
  forget(b);
  uint64_t last = b->now;
  assert_int_equal(picket_flow_advance(b->flow, last + limit - 1), PICKET_FLOW_OK);
  drain(b);
  assert_int_equal(b->told, 0);
  assert_int_equal(picket_flow_advance(b->flow, last + limit), PICKET_FLOW_OK);
  drain(b);
  assert_int_equal(count_told(b, PICKET_FLOW_END), 1);
  assert_int_equal(told(b, PICKET_FLOW_END, 0)->reason, PICKET_FLOW_TIMED_OUT);
  b->now = last + limit;
}

static void every_silence_has_its_limit(void **state) {
  (void)state;
  static const struct {
    const char *history;
    uint64_t limit;
  } known[] = {{"S", 10}, {"ShA", 300}, {"ShAFf", 5}, {"Sr", 5}};
  for (size_t i = 0; i < COUNT(known); i++) {
    bench *b = new_bench();
    converse(b, known[i].history, 4000);
    b->now -= SECOND;
    expect_end_after(b, known[i].limit * SECOND);
    free_bench(b);
  }
  bench *b = new_bench();
  send_packet(b, &(segment){.protocol = 17, .from = 1, .to = 2, .to_port = 53});
  expect_end_after(b, 60 * SECOND);
  send_packet(b, &(segment){.protocol = 1, .from = 1, .to = 2, .from_port = 0x0800});
  expect_end_after(b, 10 * SECOND);
  free_bench(b);
}

static void a_packet_starts_the_silence_anew(void **state) {
  (void)state;
  bench *b = new_bench();
  converse(b, "ShADd", 4000);
  for (int i = 0; i < 5; i++) {
    b->now += 250 * SECOND;
    converse(b, "D", 4000);
  }
  assert_int_equal(count_told(b, PICKET_FLOW_END), 0);
  free_bench(b);
}

static void what_was_due_is_told_before_the_packet_that_came_late(void **state) {
  (void)state;
  bench *b = new_bench();
  converse(b, "S", 4000);
  converse(b, "S", 4001);
  b->now += 100 * SECOND;
  converse(b, "S", 4002);
  assert_int_equal(b->told, 5);
  assert_int_equal(b->event[2].kind, PICKET_FLOW_END);
  assert_int_equal(b->event[2].source_port, 4000);
  assert_int_equal(b->event[3].source_port, 4001);
  assert_int_equal(b->event[4].kind, PICKET_FLOW_BEGIN);
  free_bench(b);
}

static void a_new_SYN_replaces_what_is_closed(void **state) {
  (void)state;
  bench *b = new_bench();
  converse(b, "ShAFfS", 4000);
  assert_int_equal(count_told(b, PICKET_FLOW_BEGIN), 2);
  assert_int_equal(told(b, PICKET_FLOW_END, 0)->reason, PICKET_FLOW_REPLACED);
  assert_int_equal(told(b, PICKET_FLOW_END, 0)->flag, PICKET_FLOW_SF);
  assert_int_equal(told(b, PICKET_FLOW_BEGIN, 1)->id, 2);
  free_bench(b);
}

static void time_never_goes_back(void **state) {
  (void)state;
  bench *b = new_bench();
  converse(b, "Sh", 4000);
  b->now = START - 1000 * SECOND;
  converse(b, "A", 4000);
  finish(b);
  assert_int_equal(told(b, PICKET_FLOW_END, 0)->end_ns, START + SECOND);
  free_bench(b);
}

static void the_unanswered_give_way_first_and_the_longest_silent_of_them(void **state) {
  (void)state;
  bench *b = new_bench();
  b->configuration.connections = 16;
  b->configuration.unanswered_ns = 100 * SECOND;
  remake(b);
  converse(b, "ShA", 3999);
  for (uint16_t i = 0; i < 15; i++) converse(b, i == 0 ? "Sh" : "S", (uint16_t)(4000 + i));
  converse(b, "S", 4001); /* heard of again: 4002 is the longest silent now */
  assert_int_equal(count_told(b, PICKET_FLOW_END), 0);
  converse(b, "S", 5000);
  const picket_flow_event *e = told(b, PICKET_FLOW_END, 0);
  assert_int_equal(e->source_port, 4002);
  assert_int_equal(e->reason, PICKET_FLOW_EVICTED);
  assert_int_equal(counters_of(b).evicted, 1);
  assert_int_equal(counters_of(b).open, 16);
  free_bench(b);
}

static void of_the_answered_the_longest_silent_gives_way(void **state) {
  (void)state;
  bench *b = new_bench();
  b->configuration.connections = 16;
  remake(b);
  for (uint16_t i = 0; i < 16; i++) converse(b, "ShA", (uint16_t)(4000 + i));
  converse(b, "D", 4000);
  converse(b, "S", 5000);
  assert_int_equal(told(b, PICKET_FLOW_END, 0)->source_port, 4001);
  free_bench(b);
}

static void told_connections_wait_for_their_end(void **state) {
  (void)state;
  bench *b = new_bench();
  add(b, PICKET_FLOW_BEGIN, 4000, START);
  assert_int_equal(picket_flow_advance(b->flow, START + 1000000 * SECOND), PICKET_FLOW_OK);
  drain(b);
  assert_int_equal(b->told, 1);
  add(b, PICKET_FLOW_END, 4000, START + 7 * SECOND);
  assert_int_equal(told(b, PICKET_FLOW_END, 0)->id, 1);
  assert_int_equal(told(b, PICKET_FLOW_END, 0)->reason, PICKET_FLOW_TOLD);
  add(b, PICKET_FLOW_END, 4001, START + 8 * SECOND); /* a whole connection */
  assert_int_equal(told(b, PICKET_FLOW_END, 1)->id, 2);
  add(b, PICKET_FLOW_BEGIN, 4002, START);
  add(b, PICKET_FLOW_BEGIN, 4002, START); /* the first one's end was missed */
  assert_int_equal(told(b, PICKET_FLOW_END, 2)->reason, PICKET_FLOW_REPLACED);
  assert_int_equal(counters_of(b).open, 1);
  free_bench(b);
}

static void numbers_go_on_behind_the_largest(void **state) {
  (void)state;
  bench *b = new_bench();
  picket_flow_event event = make_event(PICKET_FLOW_BEGIN, 1, 2, 1, 80, START);
  event.id = 100;
  assert_int_equal(picket_flow_add(b->flow, &event), PICKET_FLOW_OK);
  drain(b);
  event.id = 50, event.source_port = 2;
  assert_int_equal(picket_flow_add(b->flow, &event), PICKET_FLOW_OK);
  drain(b);
  add(b, PICKET_FLOW_BEGIN, 3, START);
  assert_int_equal(told(b, PICKET_FLOW_BEGIN, 1)->id, 50);
  assert_int_equal(told(b, PICKET_FLOW_BEGIN, 2)->id, 101);
  free_bench(b);
}

static void finishing_ends_all_in_the_order_of_their_time_outs(void **state) {
  (void)state;
  bench *b = new_bench();
  converse(b, "ShA", 4000);  /* until 302 s */
  converse(b, "S", 4001);    /* until 13 s */
  converse(b, "ShAFf", 4002); /* until 13 s, later */
  forget(b);
  finish(b);
  assert_int_equal(b->told, 3);
  assert_int_equal(b->event[0].source_port, 4001);
  assert_int_equal(b->event[1].source_port, 4002);
  assert_int_equal(b->event[2].source_port, 4000);
  assert_int_equal(b->event[2].reason, PICKET_FLOW_FINISHED);
  assert_int_equal(counters_of(b).open, 0);
  converse(b, "S", 4000); /* and on it goes */
  assert_int_equal(count_told(b, PICKET_FLOW_BEGIN), 1);
  free_bench(b);
}

static void the_seed_changes_nothing(void **state) {
  (void)state;
  bench *a = new_bench(), *b = new_bench();
  b->configuration.seed = UINT64_C(0x123456789ABCDEF);
  remake(b);
  for (uint16_t i = 0; i < 60; i++) {
    const char *history = i % 3 == 0 ? "ShADFf" : i % 3 == 1 ? "Sr" : "S";
    converse(a, history, (uint16_t)(1024 + i));
    converse(b, history, (uint16_t)(1024 + i));
  }
  assert_int_equal(a->told, b->told);
  assert_memory_equal(a->event, b->event, a->told * sizeof a->event[0]);
  for (size_t i = 0; i < a->told; i++)
    if (a->event[i].kind == PICKET_FLOW_END)
      assert_memory_equal(a->record[i], b->record[i], sizeof a->record[i]);
  free_bench(a);
  free_bench(b);
}

const struct CMUnitTest table_tests[] = {
    cmocka_unit_test(every_silence_has_its_limit),
    cmocka_unit_test(a_packet_starts_the_silence_anew),
    cmocka_unit_test(what_was_due_is_told_before_the_packet_that_came_late),
    cmocka_unit_test(a_new_SYN_replaces_what_is_closed),
    cmocka_unit_test(time_never_goes_back),
    cmocka_unit_test(the_unanswered_give_way_first_and_the_longest_silent_of_them),
    cmocka_unit_test(of_the_answered_the_longest_silent_gives_way),
    cmocka_unit_test(told_connections_wait_for_their_end),
    cmocka_unit_test(numbers_go_on_behind_the_largest),
    cmocka_unit_test(finishing_ends_all_in_the_order_of_their_time_outs),
    cmocka_unit_test(the_seed_changes_nothing),
};
const size_t table_count = COUNT(table_tests);
