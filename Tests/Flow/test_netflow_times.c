/* When flows began and ended, and so which side began. */
#include "netflow.h"

/* A datagram of one flow that was sent at START. */
static void say_flow(bench *b, uint32_t uptime, uint8_t from, uint8_t to, uint16_t from_port,
                     uint16_t to_port, uint32_t first, uint32_t last) {
  uint8_t d[72] = {0, 5, 0, 1};
  put32(d + 4, uptime);
  put32(d + 8, (uint32_t)(START / SECOND));
  put32(d + 24, 0x0A000000u + from);
  put32(d + 28, 0x0A000000u + to);
  put32(d + 40, 3);
  put32(d + 44, 300u + from);
  put32(d + 48, first);
  put32(d + 52, last);
  put16(d + 56, from_port);
  put16(d + 58, to_port);
  d[62] = 17;
  hand_to(b, read_datagram, d, sizeof d);
}

static void an_uptime_may_start_again_or_lie_ahead(void **state) {
  (void)state;
  bench *b = new_bench();
  say_flow(b, 500, 1, 2, 3000, 53, UINT32_MAX - 499, 400); /* 1,000 ms before */
  say_flow(b, 500, 3, 2, 3000, 53, 400, 510);              /* its end after the datagram */
  assert_int_equal(told(b, PICKET_FLOW_BEGIN, 0)->start_ns, START - SECOND);
  assert_int_equal(told(b, PICKET_FLOW_BEGIN, 0)->end_ns, START - SECOND / 10);
  assert_int_equal(told(b, PICKET_FLOW_BEGIN, 1)->end_ns, START);
  free_bench(b);
}

static void the_way_that_started_first_is_the_originators(void **state) {
  (void)state;
  for (uint32_t later = 0; later < 2; later++) {
    bench *b = new_bench();
    say_flow(b, 9000, 2, 1, 4000, 3000, 5000 + later, 6000);
    say_flow(b, 9000, 1, 2, 3000, 4000, 5000, 7000);
    finish(b);
    const picket_flow_event *e = told(b, PICKET_FLOW_END, 0);
    assert_int_equal(e->source[15], later ? 1 : 2);
    assert_int_equal(e->source_port, later ? 3000 : 4000);
    assert_int_equal(e->bytes[0], later ? 301 : 302);
    assert_int_equal(e->start_ns, START - 4 * SECOND);
    assert_int_equal(e->end_ns, START - 2 * SECOND);
    free_bench(b);
  }
}

static void times_come_in_many_units(void **state) {
  (void)state;
  const uint64_t second = START / SECOND, since_1900 = second + UINT64_C(2208988800);
  const struct {
    uint16_t start, length;
    uint64_t from, to, expected, duration;
  } known[] = {
      {150, 4, second - 9, second - 2, START - 9 * SECOND, 7 * SECOND},
      {152, 8, second * 1000 - 9500, second * 1000, START - 19 * SECOND / 2, 19 * SECOND / 2},
      {154, 8, since_1900 << 32, since_1900 << 32 | 0x80000000u, START, SECOND / 2},
      {156, 8, (since_1900 - 1) << 32 | 0x40000000u, since_1900 << 32, START - SECOND * 3 / 4,
       SECOND * 3 / 4},
      {158, 4, 3000000, 500000, START - 3 * SECOND, 5 * SECOND / 2},
  };
  for (size_t i = 0; i < COUNT(known); i++) {
    bench *b = new_bench();
    message m = start_message(1);
    const uint16_t fields[] = {8, 4, 12, 4, 4, 1, known[i].start, known[i].length,
                               (uint16_t)(known[i].start + 1), known[i].length};
    put_fields(&m, 301, fields, COUNT(fields));
    size_t at = start_set(&m, 301);
    put(&m, 0x0A000001, 4), put(&m, 0x0A000002, 4), put(&m, 17, 1);
    put(&m, known[i].from, known[i].length), put(&m, known[i].to, known[i].length);
    end_set(&m, at);
    hand_in_datagram(b, 1, &m);
    const picket_flow_event *e = told(b, PICKET_FLOW_BEGIN, 0);
    assert_int_equal(e->start_ns, known[i].expected);
    assert_int_equal(e->end_ns - e->start_ns, known[i].duration);
    assert_int_equal(e->notes, PICKET_FLOW_NO_PAYLOAD | PICKET_FLOW_NO_BYTES);
    free_bench(b);
  }
}

const struct CMUnitTest netflow_times_tests[] = {
    cmocka_unit_test(an_uptime_may_start_again_or_lie_ahead),
    cmocka_unit_test(the_way_that_started_first_is_the_originators),
    cmocka_unit_test(times_come_in_many_units),
};
const size_t netflow_times_count = COUNT(netflow_times_tests);
