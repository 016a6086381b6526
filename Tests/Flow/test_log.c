/* The log: bytes that are the same everywhere, and records that come out again. */
#include "testing.h"

static picket_flow_event full_event(void) {
  picket_flow_event e;
  memset(&e, 0, sizeof e);
  e.id = UINT64_C(0x0102030405060708);
  e.start_ns = START + 1;
  e.end_ns = START + 2;
  e.bytes[0] = 3, e.bytes[1] = 4, e.payload[0] = 5, e.payload[1] = 6;
  e.packets[0] = 7, e.packets[1] = UINT64_MAX;
  for (uint8_t i = 0; i < 16; i++) e.source[i] = (uint8_t)(0x20 + i), e.destination[i] = (uint8_t)(0x40 + i);
  e.source_port = 0x1234, e.destination_port = 0x5678;
  e.kind = PICKET_FLOW_END, e.protocol = 58, e.flag = PICKET_FLOW_SHR, e.reason = PICKET_FLOW_TOLD;
  e.tcp_flags[0] = 0x12, e.tcp_flags[1] = 0x14, e.icmp_type = 128, e.icmp_code = 9;
  e.notes = PICKET_FLOW_OFFLOADED;
  return e;
}

/* CRC-32 by another way: the remainder of a division from the highest bit on, of reflected bytes. */
static uint32_t reflected(uint32_t x, int bits) {
  uint32_t out = 0;
  for (int i = 0; i < bits; i++) out |= (x >> i & 1) << (bits - 1 - i);
  return out;
}

static uint32_t crc(const uint8_t *bytes, size_t size) {
  uint32_t rest = 0xFFFFFFFF;
  for (size_t i = 0; i < size; i++) {
    rest ^= reflected(bytes[i], 8) << 24;
    for (int bit = 0; bit < 8; bit++) rest = rest << 1 ^ (rest >> 31 ? 0x04C11DB7u : 0);
  }
  return ~reflected(rest, 32);
}

static void a_record_has_these_bytes(void **state) {
  (void)state;
  picket_flow_event e = full_event();
  uint8_t log[PICKET_FLOW_LOG_BYTES];
  assert_int_equal(crc((const uint8_t *)"123456789", 9), 0xCBF43926u);
  assert_int_equal(picket_flow_log(&e, log), PICKET_FLOW_OK);
  assert_memory_equal(log, "PFL1", 4);
  uint32_t sum = crc(log + 8, 120);
  const uint8_t ends[] = {(uint8_t)sum, (uint8_t)(sum >> 8), (uint8_t)(sum >> 16), (uint8_t)(sum >> 24),
                          8, 7, 6, 5, 4, 3, 2, 1};
  assert_memory_equal(log + 4, ends, sizeof ends);
  const uint8_t tail[] = {0x34, 0x12, 0x78, 0x56, PICKET_FLOW_END, 58, PICKET_FLOW_SHR,
                          PICKET_FLOW_TOLD, 0x12, 0x14, 128, 9, PICKET_FLOW_OFFLOADED, 0, 0, 0};
  assert_memory_equal(log + 112, tail, sizeof tail);
  assert_memory_equal(log + 80, e.source, 16);
  assert_memory_equal(log + 96, e.destination, 16);
  for (size_t i = 0; i < 6; i++) assert_int_equal(log[32 + 8 * i], i == 5 ? 255 : 3 + i);
}

static void a_record_comes_back_as_it_was(void **state) {
  (void)state;
  bench *b = new_bench();
  picket_flow_event e = full_event();
  uint8_t log[PICKET_FLOW_LOG_BYTES];
  assert_int_equal(picket_flow_log(&e, log), PICKET_FLOW_OK);
  assert_int_equal(picket_flow_replay(b->flow, log), PICKET_FLOW_OK);
  drain(b);
  assert_int_equal(b->told, 1);
  assert_memory_equal(&b->event[0], &e, sizeof e);
  free_bench(b);
}

static void any_changed_bit_is_noticed(void **state) {
  (void)state;
  bench *b = new_bench();
  picket_flow_event e = full_event();
  uint8_t log[PICKET_FLOW_LOG_BYTES];
  assert_int_equal(picket_flow_log(&e, log), PICKET_FLOW_OK);
  for (size_t bit = 0; bit < 8 * sizeof log; bit++) {
    log[bit / 8] ^= (uint8_t)(1u << bit % 8);
    assert_int_equal(picket_flow_replay(b->flow, log),
                     bit < 32 ? PICKET_FLOW_E_MALFORMED : PICKET_FLOW_E_CHECKSUM);
    log[bit / 8] ^= (uint8_t)(1u << bit % 8);
  }
  free_bench(b);
}

static void a_whole_record_of_an_impossible_event_is_refused(void **state) {
  (void)state;
  bench *b = new_bench();
  picket_flow_event e = full_event();
  uint8_t log[PICKET_FLOW_LOG_BYTES];
  assert_int_equal(picket_flow_log(&e, log), PICKET_FLOW_OK);
  log[118] = 99; /* the flag */
  uint32_t sum = crc(log + 8, 120);
  for (int i = 0; i < 4; i++) log[4 + i] = (uint8_t)(sum >> 8 * i);
  assert_int_equal(picket_flow_replay(b->flow, log), PICKET_FLOW_E_EVENT);
  free_bench(b);
}

/* A small world of packets: floods, time-outs, evictions, replaced connections. */
static void the_log_of_packets_gives_the_same_bits(void **state) {
  (void)state;
  bench *live = new_bench(), *again = new_bench();
  live->configuration.connections = again->configuration.connections = 64;
  again->configuration.seed = 99;
  remake(live), remake(again);
  uint32_t x = 7;
  size_t ends = 0;
  for (int i = 0; i < 6000; i++) {
    x ^= x << 13, x ^= x >> 17, x ^= x << 5;
    static const uint8_t flags[] = {SYN, SYN | ACK, ACK, ACK | PSH, FIN | ACK, RST | ACK, ACK, SYN};
    segment s = {.from = (uint8_t)(x >> 8 & 3), .to = (uint8_t)(4 + (x >> 10 & 3)),
                 .from_port = (uint16_t)(1024 + (x >> 12 & 15)), .to_port = (uint16_t)(x >> 16 & 31),
                 .flags = flags[x >> 21 & 7], .payload = (uint16_t)(x >> 24),
                 .protocol = (uint8_t)(x & 7 ? 6 : 17)};
    if (x >> 30 & 1) {
      uint8_t host = s.from;
      uint16_t port = s.from_port;
      s.from = s.to, s.to = host, s.from_port = s.to_port, s.to_port = port;
    }
    send_packet(live, &s);
    live->now += x % 97 == 0 ? 400 * SECOND : x % (SECOND / 4);
    for (size_t e = 0; e < live->told; e++) {
      uint8_t log[PICKET_FLOW_LOG_BYTES];
      assert_int_equal(picket_flow_log(&live->event[e], log), PICKET_FLOW_OK);
      assert_int_equal(picket_flow_replay(again->flow, log), PICKET_FLOW_OK);
      drain(again);
    }
    assert_int_equal(again->told, live->told);
    assert_memory_equal(again->event, live->event, live->told * sizeof live->event[0]);
    for (size_t e = 0; e < live->told; e++)
      if (live->event[e].kind == PICKET_FLOW_END) {
        ends++;
        assert_memory_equal(again->record[e], live->record[e], sizeof live->record[e]);
      }
    forget(live), forget(again);
  }
  assert_true(ends > 500);
  assert_true(counters_of(live).evicted > 10);
  free_bench(live);
  free_bench(again);
}

const struct CMUnitTest log_tests[] = {
    cmocka_unit_test(a_record_has_these_bytes),
    cmocka_unit_test(a_record_comes_back_as_it_was),
    cmocka_unit_test(any_changed_bit_is_noticed),
    cmocka_unit_test(a_whole_record_of_an_impossible_event_is_refused),
    cmocka_unit_test(the_log_of_packets_gives_the_same_bits),
};
const size_t log_count = COUNT(log_tests);
