/* Which alerts are told, and which are counted alone. */
#include <stdlib.h>

#include "testing.h"

static struct cooldown cooldown;
static const uint64_t second = 1000000000u;

static void set_up(uint32_t remembered, uint32_t same) {
  static void *memory;
  free(memory);
  memory = malloc(cooldown_memory(remembered));
  assert_non_null(memory);
  cooldown_init(&cooldown, memory, remembered);
  cooldown.pause_ns = 300 * second;
  cooldown.same = same;
  cooldown.each_minute = 1000000;
}

static int admit(const picket_flow_event *event, size_t reason, uint64_t at, uint32_t *repeats) {
  uint32_t unused;
  return cooldown_admit(&cooldown, event, reason, at * second, repeats ? repeats : &unused);
}

static void the_same_alert_is_told_once_in_its_pause(void **state) {
  picket_flow_event event = an_end();
  uint32_t repeats = 99;
  (void)state;
  set_up(16, SAME_SOURCE | SAME_REASON);
  assert_true(admit(&event, 4, 1000, &repeats));
  assert_int_equal(repeats, 0);
  assert_false(admit(&event, 4, 1001, NULL));
  assert_false(admit(&event, 4, 1299, NULL));
  assert_int_equal(cooldown.repeated, 2);
  assert_true(admit(&event, 4, 1300, &repeats));
  assert_int_equal(repeats, 2);
  assert_false(admit(&event, 4, 1301, NULL));
}

/* As after a reload; and where records of a log go back, since a clock was set between two runs. */
static void a_pause_is_no_longer_than_it_is_now(void **state) {
  picket_flow_event event = an_end();
  (void)state;
  set_up(16, SAME_SOURCE);
  cooldown.pause_ns = 86400 * second;
  assert_true(admit(&event, 4, 100000, NULL));
  assert_false(admit(&event, 4, 100001, NULL));
  cooldown.pause_ns = 300 * second;
  assert_false(admit(&event, 4, 100002, NULL));
  assert_false(admit(&event, 4, 100301, NULL));
  assert_true(admit(&event, 4, 100302, NULL));
  assert_false(admit(&event, 4, 1000, NULL));
  assert_true(admit(&event, 4, 1300, NULL));
  cooldown.pause_ns = 0;
  assert_true(admit(&event, 4, 1301, NULL));
}

static void what_makes_alerts_the_same_is_configured(void **state) {
  static const uint32_t parts[] = {SAME_SOURCE, SAME_DESTINATION, SAME_SERVICE, SAME_REASON};
  (void)state;
  for (size_t i = 0; i < COUNT(parts); i++) {
    const picket_flow_event first = an_end();
    picket_flow_event others[4] = {first, first, first, first};
    others[0].source[15] ^= 1;
    others[1].destination[15] ^= 1;
    others[2].destination_port ^= 1;
    set_up(64, parts[i]);
    assert_true(admit(&first, 4, 1, NULL));
    for (size_t k = 0; k < COUNT(others); k++)
      expect(admit(&others[k], k == 3 ? 5 : 4, 2, NULL) == (k == i), "part %zu, change %zu", i, k);
  }
}

static void alerts_beyond_the_rate_are_counted_and_not_remembered(void **state) {
  picket_flow_event event = an_end();
  uint32_t repeats;
  (void)state;
  set_up(64, SAME_SOURCE);
  cooldown.each_minute = 2;
  for (uint8_t i = 1; i <= 4; i++) {
    event.source[15] = i;
    expect(admit(&event, 0, 1000, NULL) == (i <= 2), "%u", (unsigned)i);
  }
  assert_int_equal(cooldown.beyond_rate, 2);
  assert_true(admit(&event, 0, 1060, &repeats));
  assert_int_equal(repeats, 0);
}

/* A flood from invented sources must cost no memory and no more than a few steps. */
static void a_full_table_forgets_the_pause_that_ends_first(void **state) {
  picket_flow_event event = an_end();
  uint64_t told = 0;
  (void)state;
  set_up(16, SAME_SOURCE);
  for (unsigned i = 0; i < 10000; i++) {
    event.source[14] = (uint8_t)(i >> 8);
    event.source[15] = (uint8_t)i;
    told += (uint64_t)admit(&event, 0, 1000 + i, NULL);
  }
  assert_int_equal(told, 10000);
  assert_false(admit(&event, 0, 1000 + 10000, NULL));
}

const struct CMUnitTest cooldown_tests[] = {
    cmocka_unit_test(a_pause_is_no_longer_than_it_is_now),
    cmocka_unit_test(the_same_alert_is_told_once_in_its_pause),
    cmocka_unit_test(what_makes_alerts_the_same_is_configured),
    cmocka_unit_test(alerts_beyond_the_rate_are_counted_and_not_remembered),
    cmocka_unit_test(a_full_table_forgets_the_pause_that_ends_first),
};
const size_t cooldown_count = COUNT(cooldown_tests);
