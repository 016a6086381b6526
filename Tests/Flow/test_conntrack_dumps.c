/* Dumps of the kernel's table: what they name was missed, what they do not name has ended. */
#include "conntrack.h"

/* The end of a dump. */
static void say_done(bench *b, uint16_t flags, uint32_t sequence, int32_t error) {
  message m = {.size = 20};
  uint32_t size = 20;
  memcpy(m.bytes, &size, 4);
  native16(&m, 4, 3);
  native16(&m, 6, flags);
  memcpy(m.bytes + 8, &sequence, 4);
  memcpy(m.bytes + 16, &error, 4);
  hand_in_message(b, &m);
}

static uint32_t second_of(const bench *b) { return (uint32_t)(b->now / SECOND); }

static const picket_flow_event *end_from(const bench *b, uint16_t port) {
  for (size_t i = 0; i < b->told; i++)
    if (b->event[i].kind == PICKET_FLOW_END && b->event[i].source_port == port) return &b->event[i];
  fail_msg("no connection from %u ended", port);
  return NULL;
}

static void a_dump_opens_what_was_missed_but_not_what_is_closed(void **state) {
  (void)state;
  bench *b = new_bench();
  say(b, (facts){.type = NEW, .state = 7, .status = SEEN_REPLY, .has_counters = 1});
  assert_int_equal(b->told, 0);
  say(b, (facts){.type = NEW, .state = 3, .status = SEEN_REPLY});
  assert_int_equal(told(b, PICKET_FLOW_BEGIN, 0)->flag, PICKET_FLOW_S1);
  assert_true(told(b, PICKET_FLOW_BEGIN, 0)->notes & PICKET_FLOW_NO_START);
  say(b, (facts){.type = NEW, .flags = CREATE, .state = 1, .port = 9});
  say(b, (facts){.type = GONE, .state = 7, .port = 9, .has_counters = 1});
  assert_int_equal(record_of(b, 0)[16], 1); /* dst_host_count: what was found is not among them */
  free_bench(b);
}

static void what_a_dump_does_not_name_has_ended(void **state) {
  (void)state;
  enum { NAMED = 1, UNANSWERED, UDP, WAITING, CLOSED, ESTABLISHED, ADDED, NEW_ONE };
  bench *b = new_bench();
  for (uint16_t port = NAMED; port <= ESTABLISHED; port++) {
    const uint8_t protocol = port == UDP ? 17 : 6, state_of_it = port == UDP ? 0 : 1;
    say(b, (facts){.type = NEW, .flags = CREATE, .protocol = protocol, .state = state_of_it, .port = port});
    if (port != UNANSWERED && port != UDP)
      say(b, (facts){.type = NEW, .state = 3, .status = SEEN_REPLY, .port = port, .has_counters = 1,
                     .packets = {2, 2}, .bytes = {99, 98}});
  }
  say(b, (facts){.type = NEW, .state = 7, .status = SEEN_REPLY, .port = CLOSED});
  say(b, (facts){.type = NEW, .state = 7, .status = SEEN_REPLY, .port = WAITING, .has_counters = 1,
                 .packets = {2, 2}, .bytes = {99, 98}});
  picket_flow_event added = make_event(PICKET_FLOW_BEGIN, 1, 2, ADDED, 80, b->now);
  assert_int_equal(picket_flow_add(b->flow, &added), PICKET_FLOW_OK);
  forget(b);
  const uint64_t closed_ns = b->now - 2 * SECOND;
  const uint32_t asked = second_of(b);
  say(b, (facts){.type = NEW, .flags = CREATE, .state = 1, .port = NEW_ONE});
  say(b, (facts){.type = NEW, .flags = 2, .sequence = asked, .asker = 1, .state = 3, .port = NAMED});
  say_done(b, 2, asked, 0);
  assert_int_equal(counters_of(b).open, 3); /* NAMED, NEW_ONE, ADDED */
  assert_int_equal(count_told(b, PICKET_FLOW_END), 4);
  for (uint16_t port = UNANSWERED; port <= ESTABLISHED; port++) {
    if (port == WAITING) continue;
    const picket_flow_event *e = end_from(b, port);
    assert_int_equal(e->reason, PICKET_FLOW_TOLD);
    assert_int_equal(e->notes, PICKET_FLOW_NO_PAYLOAD | PICKET_FLOW_NO_BYTES |
                                   (port == CLOSED ? 0 : PICKET_FLOW_NO_END));
    assert_int_equal(e->bytes[0], 0);
    assert_int_equal(picket_flow_unfit(e), PICKET_FLOW_UNFIT_BYTES);
  }
  assert_int_equal(end_from(b, UNANSWERED)->flag, PICKET_FLOW_S0);
  assert_int_equal(end_from(b, CLOSED)->flag, PICKET_FLOW_SF);
  assert_int_equal(end_from(b, CLOSED)->end_ns, closed_ns);
  assert_int_equal(end_from(b, ESTABLISHED)->flag, PICKET_FLOW_OTH);
  forget(b);
  say(b, (facts){.type = GONE, .state = 1, .port = UNANSWERED}); /* it had not been read yet */
  assert_int_equal(b->told, 0);
  free_bench(b);
}

static void a_dump_that_may_lack_something_ends_nothing(void **state) {
  (void)state;
  enum { MULTI = 2, INTERRUPTED = 0x12 };
  for (int i = 0; i < 6; i++) {
    bench *b = new_bench();
    say(b, (facts){.type = NEW, .flags = CREATE, .state = 1});
    const uint32_t asked = second_of(b);
    facts named = {.type = NEW, .flags = MULTI, .sequence = asked, .asker = 1, .state = 3, .port = 9};
    if (i == 0) named.flags = INTERRUPTED;
    message m = make_message(&named);
    if (i == 1) native16(&m, 20, 1); /* an attribute shorter than its head */
    hand_in_message(b, &m);
    say_done(b, i == 2 ? INTERRUPTED : MULTI, i == 3 ? 0 : i == 4 ? asked + 1000 : asked, i == 5 ? -5 : 0);
    assert_int_equal(count_told(b, PICKET_FLOW_END), 0);
    say_done(b, MULTI, second_of(b), 0);
    assert_int_equal(count_told(b, PICKET_FLOW_END), i == 1 ? 1 : 2);
    free_bench(b);
  }
}

/* What comes behind the end of a dump in one read comes after it. */
static void a_dump_may_end_in_the_middle_of_a_read(void **state) {
  (void)state;
  bench *b = new_bench();
  say(b, (facts){.type = NEW, .flags = CREATE, .state = 1});
  message m = {.size = 16};
  const uint32_t size = 16, asked = second_of(b);
  memcpy(m.bytes, &size, 4);
  native16(&m, 4, 3);
  memcpy(m.bytes + 8, &asked, 4);
  facts f = {.type = NEW, .flags = CREATE, .state = 1, .port = 9};
  message next = make_message(&f);
  memcpy(m.bytes + m.size, next.bytes, next.size);
  m.size += next.size;
  hand_in_message(b, &m);
  assert_int_equal(b->told, 3);
  assert_int_equal(b->event[1].kind, PICKET_FLOW_END);
  assert_int_equal(b->event[2].source_port, 9);
  free_bench(b);
}

const struct CMUnitTest conntrack_dumps_tests[] = {
    cmocka_unit_test(a_dump_opens_what_was_missed_but_not_what_is_closed),
    cmocka_unit_test(what_a_dump_does_not_name_has_ended),
    cmocka_unit_test(a_dump_that_may_lack_something_ends_nothing),
    cmocka_unit_test(a_dump_may_end_in_the_middle_of_a_read),
};
const size_t conntrack_dumps_count = COUNT(conntrack_dumps_tests);
