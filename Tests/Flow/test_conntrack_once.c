/* A query brings the end, and the kernel tells it again minutes later: it is told once. */
#include "conntrack.h"

static void the_entry_of_a_told_end_goes_without_a_second_one(void **state) {
  (void)state;
  bench *b = new_bench();
  say(b, (facts){.type = NEW, .flags = CREATE, .state = 1});
  say(b, (facts){.type = NEW, .state = 7, .status = SEEN_REPLY | ASSURED});
  assert_int_equal(count_told(b, PICKET_FLOW_QUERY), 1);
  assert_int_equal(told(b, PICKET_FLOW_QUERY, 0)->source_port, 4000);
  facts answer = {.type = NEW, .state = 7, .status = SEEN_REPLY | ASSURED, .has_counters = 1,
                  .packets = {5, 4}, .bytes = {500, 400}};
  say(b, answer);
  say(b, answer);
  answer.type = GONE;
  say(b, answer);
  assert_int_equal(count_told(b, PICKET_FLOW_QUERY), 1);
  assert_int_equal(count_told(b, PICKET_FLOW_END), 1);
  const picket_flow_event *e = told(b, PICKET_FLOW_END, 0);
  assert_int_equal(e->end_ns, START + SECOND);
  assert_int_equal(e->bytes[1], 400);
  assert_int_equal(counters_of(b).open, 0);
  free_bench(b);
}

static void an_entry_whose_end_was_told_gives_way_first(void **state) {
  (void)state;
  bench *b = new_bench();
  b->configuration.connections = 16;
  remake(b);
  for (uint16_t port = 1; port <= 16; port++) {
    say(b, (facts){.type = NEW, .flags = CREATE, .state = 1, .port = port});
    say(b, (facts){.type = NEW, .state = 3, .status = SEEN_REPLY, .port = port});
  }
  say(b, (facts){.type = NEW, .state = 7, .status = SEEN_REPLY, .port = 9});
  say(b, (facts){.type = NEW, .state = 7, .status = SEEN_REPLY, .port = 9, .has_counters = 1,
                 .packets = {1, 1}, .bytes = {60, 60}});
  forget(b);
  say(b, (facts){.type = NEW, .flags = CREATE, .state = 1, .port = 17});
  assert_int_equal(b->told, 1); /* the new one; the other went without a second END */
  assert_int_equal(counters_of(b).evicted, 0);
  say(b, (facts){.type = NEW, .flags = CREATE, .state = 1, .port = 18});
  assert_int_equal(told(b, PICKET_FLOW_END, 0)->source_port, 17); /* unanswered */
  assert_int_equal(counters_of(b).evicted, 1);
  forget(b);
  say(b, (facts){.type = GONE, .state = 7, .status = SEEN_REPLY, .port = 9});
  assert_int_equal(b->told, 0); /* nor did it get one when the kernel forgot it */
  say(b, (facts){.type = GONE, .state = 7, .status = SEEN_REPLY, .port = 9});
  assert_int_equal(told(b, PICKET_FLOW_END, 0)->notes & PICKET_FLOW_NO_START, PICKET_FLOW_NO_START);
  assert_int_equal(counters_of(b).evicted, 1); /* and nothing had to go for this */
  assert_int_equal(counters_of(b).open, 16);
  free_bench(b);
}

/* Each waits in TIME_WAIT behind its END while 100 others begin: more than the table has room for. */
static void each_connection_is_told_once_however_many_wait_in_the_kernel(void **state) {
  (void)state;
  enum { ALL = 2000, WAITING = 100 };
  size_t begun = 0, ended = 0;
  bench *b = new_bench();
  b->configuration.connections = 64;
  remake(b);
  for (uint16_t port = 1; port <= ALL + WAITING; port++) {
    facts last = {.type = NEW, .state = 7, .status = SEEN_REPLY, .port = port, .has_counters = 1,
                  .packets = {5, 4}, .bytes = {500, 400}};
    if (port <= ALL) {
      say(b, (facts){.type = NEW, .flags = CREATE, .state = 1, .port = port});
      say(b, (facts){.type = NEW, .state = 7, .status = SEEN_REPLY, .port = port});
      say(b, last);
    }
    last.type = GONE;
    last.port = (uint16_t)(port - WAITING);
    if (port > WAITING) say(b, last);
    begun += count_told(b, PICKET_FLOW_BEGIN);
    ended += count_told(b, PICKET_FLOW_END);
    forget(b);
  }
  assert_int_equal(begun, ALL);
  assert_int_equal(ended, ALL);
  assert_int_equal(counters_of(b).evicted, 0);
  free_bench(b);
}

const struct CMUnitTest conntrack_once_tests[] = {
    cmocka_unit_test(the_entry_of_a_told_end_goes_without_a_second_one),
    cmocka_unit_test(an_entry_whose_end_was_told_gives_way_first),
    cmocka_unit_test(each_connection_is_told_once_however_many_wait_in_the_kernel),
};
const size_t conntrack_once_count = COUNT(conntrack_once_tests);
