/* Which connections come before the windows are true. */
#include "testing.h"
#include "warmup.h"

static struct warmup warmup;

static int covers(uint64_t id, int kind, uint64_t start_ns, uint8_t notes) {
  picket_flow_event event = an_end();
  event.id = id;
  event.kind = (uint8_t)kind;
  event.start_ns = start_ns;
  event.notes = notes;
  return warmup_covers(&warmup, &event);
}

static void as_many_are_passed_over_as_were_there(void **state) {
  (void)state;
  warmup = (struct warmup){.begun_ns = 1000, .most = 4};
  assert_true(covers(1, PICKET_FLOW_BEGIN, 900, 0));
  assert_true(covers(2, PICKET_FLOW_BEGIN, 950, 0));
  assert_true(covers(3, PICKET_FLOW_BEGIN, 1000, 0));
  assert_true(covers(4, PICKET_FLOW_END, 1000, 0));
  assert_false(covers(5, PICKET_FLOW_END, 1000, 0));
  /* The END of one that was there adds nothing to the windows. */
  assert_true(covers(1, PICKET_FLOW_END, 900, 0));
  assert_false(covers(5, PICKET_FLOW_END, 1000, 0));
}

static void at_most_a_window_of_them(void **state) {
  (void)state;
  warmup = (struct warmup){.begun_ns = 1000, .most = 4};
  for (uint64_t id = 1; id <= 100; id++) assert_true(covers(id, PICKET_FLOW_BEGIN, 900, 0));
  assert_true(covers(104, PICKET_FLOW_END, 2000, 0));
  assert_false(covers(105, PICKET_FLOW_END, 2000, 0));
}

static void what_was_closed_before_holds_nobody_up(void **state) {
  (void)state;
  warmup = (struct warmup){.begun_ns = 1000, .most = 4};
  assert_true(covers(11, PICKET_FLOW_END, 900, PICKET_FLOW_NO_START));
  assert_false(covers(12, PICKET_FLOW_END, 2000, 0));
}

static void a_file_has_no_time_before(void **state) {
  (void)state;
  warmup = (struct warmup){.most = 4};
  assert_false(covers(1, PICKET_FLOW_BEGIN, 1, 0));
  assert_false(covers(1, PICKET_FLOW_END, 1, PICKET_FLOW_NO_START));
}

const struct CMUnitTest warmup_tests[] = {
    cmocka_unit_test(as_many_are_passed_over_as_were_there),
    cmocka_unit_test(at_most_a_window_of_them),
    cmocka_unit_test(what_was_closed_before_holds_nobody_up),
    cmocka_unit_test(a_file_has_no_time_before),
};
const size_t warmup_count = COUNT(warmup_tests);
