/* How a connection ended, and when, as far as connection tracking tells it. */
#include "conntrack.h"

static void states_become_flags(void **state) {
  (void)state;
  static const struct {
    facts last;
    uint8_t flag;
  } known[] = {
      {{.state = 1}, PICKET_FLOW_S0},
      {{.state = 2, .status = SEEN_REPLY}, PICKET_FLOW_S1},
      {{.state = 3, .status = SEEN_REPLY, .left = 432000}, PICKET_FLOW_S1},
      {{.state = 3, .status = SEEN_REPLY}, PICKET_FLOW_OTH}, /* removed */
      {{.state = 4, .status = SEEN_REPLY, .closed = {4, 0}}, PICKET_FLOW_S2},
      {{.state = 5, .status = SEEN_REPLY, .closed = {0, 4}}, PICKET_FLOW_S3},
      {{.state = 6, .status = SEEN_REPLY}, PICKET_FLOW_SF},
      {{.state = 7, .status = SEEN_REPLY}, PICKET_FLOW_SF},
      {{.state = 8, .status = SEEN_REPLY}, PICKET_FLOW_RSTR},
      {{.state = 8, .has_counters = 1, .packets = {1, 1}, .bytes = {60, 40}}, PICKET_FLOW_REJ},
      {{.state = 8, .has_counters = 1, .packets = {2, 0}, .bytes = {100, 0}}, PICKET_FLOW_RSTOS0},
  };
  for (size_t i = 0; i < COUNT(known); i++) {
    bench *b = new_bench();
    facts f = known[i].last;
    say(b, (facts){.type = NEW, .flags = CREATE, .state = 1});
    f.type = GONE;
    say(b, f);
    assert_int_equal(told(b, PICKET_FLOW_END, 0)->flag, known[i].flag);
    free_bench(b);
  }
}

static void a_reset_behind_an_orderly_end_changes_nothing(void **state) {
  (void)state;
  bench *b = new_bench();
  say(b, (facts){.type = NEW, .flags = CREATE, .state = 1});
  say(b, (facts){.type = NEW, .state = 7, .status = SEEN_REPLY});
  say(b, (facts){.type = NEW, .state = 8, .status = SEEN_REPLY});
  say(b, (facts){.type = GONE, .state = 8, .status = SEEN_REPLY});
  assert_int_equal(told(b, PICKET_FLOW_END, 0)->flag, PICKET_FLOW_SF);
  assert_int_equal(told(b, PICKET_FLOW_END, 0)->end_ns, START + SECOND);
  free_bench(b);
}

static void what_the_kernel_does_not_tell_is_noted(void **state) {
  (void)state;
  bench *b = new_bench();
  say(b, (facts){.type = NEW, .flags = CREATE, .state = 1});
  say(b, (facts){.type = GONE, .state = 4, .status = SEEN_REPLY | OFFLOAD}); /* accounting is off */
  assert_int_equal(told(b, PICKET_FLOW_END, 0)->notes,
                   PICKET_FLOW_NO_PAYLOAD | PICKET_FLOW_NO_BYTES | PICKET_FLOW_NO_END |
                       PICKET_FLOW_OFFLOADED);
  say(b, (facts){.type = GONE, .protocol = 17, .status = SEEN_REPLY | ASSURED, .has_counters = 1,
                 .packets = {2, 2}, .bytes = {99, 98}, .start = START, .stop = START + 130 * SECOND});
  const picket_flow_event *e = told(b, PICKET_FLOW_END, 1);
  assert_int_equal(e->notes, PICKET_FLOW_NO_PAYLOAD | PICKET_FLOW_NO_START);
  assert_int_equal(e->end_ns, START + 10 * SECOND);
  assert_int_equal(e->flag, PICKET_FLOW_SF);
  free_bench(b);
}

static void an_end_of_what_nobody_saw_begin_stands_in_no_windows(void **state) {
  (void)state;
  bench *b = new_bench();
  for (uint16_t port = 1; port <= 3; port++)
    say(b, (facts){.type = GONE, .protocol = 17, .status = SEEN_REPLY, .has_counters = 1, .port = port,
                   .packets = {2, 2}, .bytes = {99, 98}, .start = START, .stop = START + 30 * SECOND});
  assert_int_equal(told(b, PICKET_FLOW_END, 2)->id, 0);
  assert_int_equal(picket_flow_unfit(told(b, PICKET_FLOW_END, 2)), PICKET_FLOW_UNFIT_START);
  say(b, (facts){.type = NEW, .flags = CREATE, .protocol = 17, .port = 4});
  assert_int_equal(told(b, PICKET_FLOW_BEGIN, 0)->id, 1);
  say(b, (facts){.type = GONE, .protocol = 17, .status = SEEN_REPLY, .has_counters = 1, .port = 4,
                 .packets = {2, 2}, .bytes = {99, 98}, .start = START, .stop = START + 30 * SECOND});
  assert_int_equal(told(b, PICKET_FLOW_END, 3)->id, 1);
  assert_int_equal(record_of(b, 3)[16], 1); /* dst_host_count */
  free_bench(b);
}

static void an_entry_that_was_removed_early_had_time_left(void **state) {
  (void)state;
  bench *b = new_bench();
  say(b, (facts){.type = NEW, .flags = CREATE, .protocol = 17});
  say(b, (facts){.type = GONE, .protocol = 17, .left = 20, .start = START, .stop = START + 50 * SECOND});
  assert_int_equal(told(b, PICKET_FLOW_END, 0)->end_ns, START + 40 * SECOND);
  free_bench(b);
}

static void an_established_connection_may_die_of_several_time_outs(void **state) {
  (void)state;
  static const struct {
    uint64_t stop, alive, end; /* seconds after the start */
    uint8_t flag;
    int32_t unfit;
  } known[] = {
      {432010, 0, 10, PICKET_FLOW_S1, PICKET_FLOW_FIT},   /* silence */
      {3900, 0, 3600, PICKET_FLOW_S1, PICKET_FLOW_FIT},   /* 300 s without an acknowledgement */
      {300, 0, 1, PICKET_FLOW_S1, PICKET_FLOW_FIT},       /* ... from the handshake on */
      {100, 0, 1, PICKET_FLOW_OTH, PICKET_FLOW_UNFIT_END}, /* removed */
      {3900, 3700, 3700, PICKET_FLOW_OTH, PICKET_FLOW_UNFIT_END},
      {500000, 499000, 499700, PICKET_FLOW_S1, PICKET_FLOW_FIT},
  };
  for (size_t i = 0; i < COUNT(known); i++) {
    bench *b = new_bench();
    facts f = {.type = NEW, .flags = CREATE, .state = 1, .start = START};
    say(b, f);
    f.flags = 0, f.state = 3, f.status = SEEN_REPLY | ASSURED;
    say(b, f);
    if (known[i].alive) { /* an answer: its last packet came now */
      b->now = START + known[i].alive * SECOND;
      f.asker = 1, f.left = 432000;
      say(b, f);
    }
    b->now = START + known[i].stop * SECOND;
    f = (facts){.type = GONE, .status = SEEN_REPLY | ASSURED, .has_counters = 1, .packets = {9, 9},
                .bytes = {900, 9000}, .start = START, .stop = b->now};
    say(b, f);
    const picket_flow_event *e = told(b, PICKET_FLOW_END, 0);
    assert_int_equal(e->end_ns, START + known[i].end * SECOND);
    assert_int_equal(e->flag, known[i].flag);
    assert_int_equal(picket_flow_unfit(e), known[i].unfit);
    assert_int_equal(e->notes & PICKET_FLOW_NO_END, known[i].unfit ? PICKET_FLOW_NO_END : 0);
    free_bench(b);
  }
}

const struct CMUnitTest conntrack_ends_tests[] = {
    cmocka_unit_test(states_become_flags),
    cmocka_unit_test(a_reset_behind_an_orderly_end_changes_nothing),
    cmocka_unit_test(what_the_kernel_does_not_tell_is_noted),
    cmocka_unit_test(an_end_of_what_nobody_saw_begin_stands_in_no_windows),
    cmocka_unit_test(an_entry_that_was_removed_early_had_time_left),
    cmocka_unit_test(an_established_connection_may_die_of_several_time_outs),
};
const size_t conntrack_ends_count = COUNT(conntrack_ends_tests);
