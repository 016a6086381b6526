/* Messages of connection tracking as bytes: what is read, passed over, and malformed. */
#include "conntrack.h"

static void IPv6_and_its_echoes_are_read(void **state) {
  (void)state;
  static const uint8_t protocols[] = {6, 17, 58};
  for (size_t i = 0; i < COUNT(protocols); i++) {
    bench *b = new_bench();
    say(b, (facts){.type = NEW, .flags = CREATE, .version = 6, .protocol = protocols[i]});
    const picket_flow_event *e = told(b, PICKET_FLOW_BEGIN, 0);
    assert_int_equal(e->protocol, protocols[i]);
    assert_int_equal(e->source[0], 16);
    assert_int_equal(e->source[15], 31);
    assert_int_equal(e->destination[15], 47);
    assert_int_equal(e->source_port, protocols[i] == 58 ? 77 : 4000);
    assert_int_equal(e->icmp_type, protocols[i] == 58 ? 128 : 0);
    free_bench(b);
  }
}

static void a_connection_that_begins_in_the_middle_is_OTH(void **state) {
  (void)state;
  bench *b = new_bench();
  say(b, (facts){.type = NEW, .flags = CREATE, .state = 3});
  assert_int_equal(told(b, PICKET_FLOW_BEGIN, 0)->flag, PICKET_FLOW_OTH);
  free_bench(b);
}

static void several_messages_may_come_at_once(void **state) {
  (void)state;
  bench *b = new_bench();
  facts first = {.type = NEW, .flags = CREATE, .state = 1}, last = {.type = GONE, .state = 1};
  message a = make_message(&first), z = make_message(&last);
  memcpy(a.bytes + a.size, z.bytes, z.size);
  a.size += z.size;
  hand_in_message(b, &a);
  assert_int_equal(b->told, 2);
  assert_int_equal(counters_of(b).messages, 2);
  free_bench(b);
}

static void other_messages_are_passed_over(void **state) {
  (void)state;
  bench *b = new_bench();
  say(b, (facts){.type = 2});     /* an error */
  say(b, (facts){.type = 0x200}); /* of an expectation */
  say(b, (facts){.type = NEW, .flags = CREATE, .protocol = 132});
  assert_int_equal(counters_of(b).messages_ignored, 3);
  assert_int_equal(b->told, 0);
  free_bench(b);
}

static void tell_size(uint8_t *bytes, size_t size) {
  const uint32_t said = (uint32_t)size;
  memcpy(bytes, &said, 4);
}

static void a_message_cut_or_changed_anywhere_does_no_harm(void **state) {
  (void)state;
  bench *b = new_bench();
  facts f = {.type = GONE, .state = 7, .status = SEEN_REPLY, .has_counters = 1, .packets = {1, 1},
             .bytes = {60, 60}, .start = START, .stop = START + SECOND, .left = 5};
  message whole = make_message(&f);
  cut_anywhere(b, picket_flow_conntrack, whole.bytes, whole.size, tell_size);
  assert_true(counters_of(b).messages_malformed > whole.size / 2);
  for (size_t at = 0; at < whole.size; at++) {
    message changed = whole;
    changed.bytes[at] ^= 0xFF;
    hand_in_message(b, &changed);
    forget(b);
  }
  free_bench(b);
}

const struct CMUnitTest conntrack_messages_tests[] = {
    cmocka_unit_test(IPv6_and_its_echoes_are_read),
    cmocka_unit_test(a_connection_that_begins_in_the_middle_is_OTH),
    cmocka_unit_test(several_messages_may_come_at_once),
    cmocka_unit_test(other_messages_are_passed_over),
    cmocka_unit_test(a_message_cut_or_changed_anywhere_does_no_harm),
};
const size_t conntrack_messages_count = COUNT(conntrack_messages_tests);
