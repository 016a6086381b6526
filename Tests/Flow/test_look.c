/* Looking at connections that are open: what it tells is what their END would, and nothing changes. */
#include "testing.h"

enum { CONNECTIONS = 3000 }; /* more than starts are remembered: some are settled */

static picket_flow_event connection(int i, uint8_t kind) {
  picket_flow_event event = make_event(kind, (uint8_t)(1 + i % 7), (uint8_t)(100 + i % 11),
                                       (uint16_t)(1000 + i), (uint16_t)(20 + i % 5), START + (uint64_t)i);
  event.flag = i % 3 ? PICKET_FLOW_S0 : PICKET_FLOW_SF;
  return event;
}

static void add(bench *b, const picket_flow_event *event) {
  forget(b);
  assert_int_equal(picket_flow_add(b->flow, event), PICKET_FLOW_OK);
  drain(b);
}

static size_t look_at_all(bench *b) {
  picket_flow_event event;
  float record[PICKET_FLOW_COLUMNS];
  uint32_t cursor = 0;
  size_t count = 0;
  while (picket_flow_look(b->flow, &cursor, UINT64_MAX, &event, record)) {
    assert_int_equal(event.kind, PICKET_FLOW_OPEN);
    count++;
  }
  return count;
}

static void looking_tells_what_the_end_would(void **state) {
  (void)state;
  bench *b = new_bench();
  for (int i = 0; i < CONNECTIONS; i++) {
    picket_flow_event begin = connection(i, PICKET_FLOW_BEGIN);
    add(b, &begin);
  }
  picket_flow_event seen;
  float record[PICKET_FLOW_COLUMNS];
  uint32_t cursor = 0;
  for (int i = 0; i < CONNECTIONS; i++) {
    assert_int_equal(picket_flow_look(b->flow, &cursor, UINT64_MAX, &seen, record), 1);
    picket_flow_event end = seen;
    end.kind = PICKET_FLOW_END;
    add(b, &end);
    assert_int_equal(b->told, 1);
    assert_memory_equal(record, record_of(b, 0), sizeof record);
  }
  assert_int_equal(picket_flow_look(b->flow, &cursor, UINT64_MAX, &seen, record), 0);
  free_bench(b);
}

static void looking_changes_no_record(void **state) {
  (void)state;
  bench *quiet = new_bench(), *watched = new_bench();
  for (int i = 0; i < CONNECTIONS + 900; i++) {
    picket_flow_event begin = connection(i, PICKET_FLOW_BEGIN), end = connection(i - 900, PICKET_FLOW_END);
    if (i < CONNECTIONS) {
      add(quiet, &begin);
      add(watched, &begin);
    }
    if (i % 97 == 0) look_at_all(watched);
    if (i < 900) continue;
    add(quiet, &end);
    add(watched, &end);
    assert_memory_equal(record_of(quiet, 0), record_of(watched, 0), sizeof quiet->record[0]);
    assert_memory_equal(&quiet->event[0], &watched->event[0], sizeof quiet->event[0]);
  }
  free_bench(quiet);
  free_bench(watched);
}

static void ended_and_younger_connections_are_passed_over(void **state) {
  (void)state;
  bench *b = new_bench();
  picket_flow_event event;
  uint32_t cursor = 0;
  for (int i = 0; i < 4; i++) {
    event = connection(i, PICKET_FLOW_BEGIN);
    add(b, &event);
  }
  event = connection(1, PICKET_FLOW_END);
  add(b, &event);
  assert_int_equal(look_at_all(b), 3);
  assert_int_equal(picket_flow_look(b->flow, &cursor, START + 1, &event, NULL), 1);
  assert_true(event.start_ns == START);
  assert_int_equal(picket_flow_look(b->flow, &cursor, START + 1, &event, NULL), 0);
  free_bench(b);
}

static void an_established_connection_is_told_as_it_will_end(void **state) {
  (void)state;
  bench *b = new_bench();
  picket_flow_event event;
  float record[PICKET_FLOW_COLUMNS];
  uint32_t cursor = 0;
  converse(b, "Sh", 80);
  assert_int_equal(picket_flow_look(b->flow, &cursor, UINT64_MAX, &event, record), 1);
  assert_int_equal(event.flag, PICKET_FLOW_SF);
  assert_int_equal((int)record[FLAG], PICKET_FLOW_SF);
  forget(b);
  finish(b);
  assert_int_equal(told(b, PICKET_FLOW_END, 0)->flag, PICKET_FLOW_S1);
  free_bench(b);
}

static void looking_waits_for_what_is_to_be_told_first(void **state) {
  (void)state;
  bench *b = new_bench();
  picket_flow_event event = connection(0, PICKET_FLOW_BEGIN);
  uint32_t cursor = 0;
  add(b, &event);
  assert_int_equal(picket_flow_advance(b->flow, START + 5), PICKET_FLOW_OK);
  assert_int_equal(picket_flow_look(b->flow, &cursor, UINT64_MAX, &event, NULL), 0);
  assert_int_equal(cursor, 0);
  drain(b);
  assert_int_equal(picket_flow_look(b->flow, &cursor, UINT64_MAX, &event, NULL), 1);
  assert_int_equal(picket_flow_look(NULL, &cursor, UINT64_MAX, &event, NULL), 0);
  assert_int_equal(picket_flow_look(b->flow, NULL, UINT64_MAX, &event, NULL), 0);
  assert_int_equal(picket_flow_look(b->flow, &cursor, UINT64_MAX, NULL, NULL), 0);
  free_bench(b);
}

const struct CMUnitTest look_tests[] = {
    cmocka_unit_test(looking_tells_what_the_end_would),
    cmocka_unit_test(looking_changes_no_record),
    cmocka_unit_test(ended_and_younger_connections_are_passed_over),
    cmocka_unit_test(an_established_connection_is_told_as_it_will_end),
    cmocka_unit_test(looking_waits_for_what_is_to_be_told_first),
};
const size_t look_count = COUNT(look_tests);
