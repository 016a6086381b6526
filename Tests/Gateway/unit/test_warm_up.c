/* What is too early for a score, by the order in which connections arrived. */
#include "testing.h"
#include "warm_up.h"

static const uint64_t second_ns = 1000000000u, begun_ns = 1700000000000000000u;

static struct warm_up warm_up;

static picket_flow_event event_of(uint64_t id, int kind, uint64_t start_ns) {
  picket_flow_event event = an_end();
  event.id = id;
  event.kind = (uint8_t)kind;
  event.start_ns = start_ns;
  event.end_ns = start_ns + second_ns;
  return event;
}

/* Whether a connection that begins and ends now is early; its source has a clock of its own. */
static int is_early(uint64_t id, uint64_t now_ns, int64_t clock_ns) {
  const uint64_t start_ns = now_ns + (uint64_t)clock_ns;
  const picket_flow_event begin = event_of(id, PICKET_FLOW_BEGIN, start_ns);
  const picket_flow_event end = event_of(id, PICKET_FLOW_END, start_ns);
  warm_up_covers(&warm_up, &begin, now_ns);
  return warm_up_covers(&warm_up, &end, now_ns + second_ns);
}

static void set_up(void) {
  memset(&warm_up, 0, sizeof warm_up);
  warm_up.begun_ns = begun_ns;
  warm_up.windows = 255;
}

static void an_exporters_clock_changes_nothing(void **state) {
  static const int64_t clocks[] = {0, -3600, 3600, -86400 * 365, 86400 * 365};
  (void)state;
  for (size_t i = 0; i < COUNT(clocks); i++) {
    set_up();
    const int64_t clock_ns = clocks[i] * (int64_t)second_ns;
    for (uint64_t id = 1; id <= 600; id++)
      expect(is_early(id, begun_ns + id * second_ns / 10, clock_ns) == (id <= 255), "%llu, clock %+lld s",
             (unsigned long long)id, (long long)clocks[i]);
  }
}

static void nobody_waits_longer_than_ten_minutes(void **state) {
  static const int64_t clocks[] = {0, -3600, 3600};
  (void)state;
  for (size_t i = 0; i < COUNT(clocks); i++) {
    set_up();
    const int64_t clock_ns = clocks[i] * (int64_t)second_ns;
    assert_true(is_early(1, begun_ns + 599 * second_ns, clock_ns));
    assert_false(is_early(2, begun_ns + 601 * second_ns, clock_ns));
    /* One that began early stays so, however late it ends. */
    const picket_flow_event end = event_of(1, PICKET_FLOW_END, begun_ns);
    assert_true(warm_up_covers(&warm_up, &end, begun_ns + 9999 * second_ns));
  }
}

static void what_has_lasted_longer_than_picketd_is_early(void **state) {
  picket_flow_event end = event_of(300, PICKET_FLOW_END, begun_ns - 7200 * second_ns);
  (void)state;
  set_up();
  end.end_ns = end.start_ns + 700 * second_ns;
  assert_true(warm_up_covers(&warm_up, &end, begun_ns + 699 * second_ns));
  assert_false(warm_up_covers(&warm_up, &end, begun_ns + 701 * second_ns));
}

/* Of connection tracking: told of what was there, and of what was missed later. */
static void what_nobody_saw_begin_is_judged_by_its_start(void **state) {
  const picket_flow_event before = event_of(0, PICKET_FLOW_END, begun_ns - 1);
  const picket_flow_event after = event_of(0, PICKET_FLOW_END, begun_ns + 1);
  (void)state;
  set_up();
  assert_true(warm_up_covers(&warm_up, &before, begun_ns + 9999 * second_ns));
  assert_false(warm_up_covers(&warm_up, &after, begun_ns + 2 * second_ns));
}

static void a_file_has_no_early_connections(void **state) {
  (void)state;
  memset(&warm_up, 0, sizeof warm_up);
  warm_up.windows = 255;
  assert_false(is_early(1, begun_ns, 0));
}

const struct CMUnitTest warm_up_tests[] = {
    cmocka_unit_test(an_exporters_clock_changes_nothing),
    cmocka_unit_test(nobody_waits_longer_than_ten_minutes),
    cmocka_unit_test(what_has_lasted_longer_than_picketd_is_early),
    cmocka_unit_test(what_nobody_saw_begin_is_judged_by_its_start),
    cmocka_unit_test(a_file_has_no_early_connections),
};
const size_t warm_up_count = COUNT(warm_up_tests);
