/* What IP and the headers behind it may look like: cut short, extended, in fragments. */
#include "testing.h"

static int32_t hand_in(bench *b, const uint8_t *bytes, size_t captured, size_t length) {
  /* In a block of its exact size, so that a read beyond it is seen. */
  uint8_t *copy = malloc(captured ? captured : 1);
  assert_non_null(copy);
  memcpy(copy, bytes, captured);
  int32_t status =
      picket_flow_packet(b->flow, b->now, PICKET_FLOW_RAW, copy, captured, length);
  free(copy);
  drain(b);
  return status;
}

static void a_packet_cut_anywhere_is_counted_by_cause(void **state) {
  (void)state;
  static const segment kinds[] = {{.from = 1, .to = 2, .flags = SYN, .payload = 9},
                                  {.from = 1, .to = 2, .protocol = 17, .payload = 9},
                                  {.from = 1, .to = 2, .protocol = 1, .from_port = 0x0800},
                                  {.version = 6, .from = 1, .to = 2, .flags = SYN},
                                  {.version = 6, .from = 1, .to = 2, .protocol = 17}};
  /* Bytes behind which the ports, and for TCP the flags, are known. */
  static const size_t enough[] = {34, 24, 28, 54, 44};
  for (size_t i = 0; i < COUNT(kinds); i++) {
    uint8_t bytes[256];
    size_t size = write_packet(bytes, &kinds[i]);
    for (size_t captured = 0; captured <= size; captured++) {
      bench *b = new_bench();
      assert_int_equal(hand_in(b, bytes, captured, size), PICKET_FLOW_OK);
      picket_flow_counters c = counters_of(b);
      assert_int_equal(c.counted, captured >= enough[i]);
      assert_int_equal(c.truncated, captured < enough[i]);
      assert_int_equal(c.packets, 1);
      forget(b);
      /* The same without the rest on the wire: then the headers contradict each other. */
      assert_int_equal(hand_in(b, bytes, captured, 0), PICKET_FLOW_OK);
      assert_int_equal(counters_of(b).malformed, captured < size);
      free_bench(b);
    }
  }
}

static void contradicting_headers_are_malformed(void **state) {
  (void)state;
  static const struct {
    size_t at;
    uint8_t value;
  } wrong[] = {{0, 0x55}, {0, 0x44}, {0, 0x4F}, {2, 0xFF}, {3, 19}, {32, 0x40}, {32, 0xF0}};
  for (size_t i = 0; i < COUNT(wrong); i++) {
    bench *b = new_bench();
    uint8_t bytes[64];
    size_t size = write_packet(bytes, &(segment){.from = 1, .to = 2, .flags = SYN});
    bytes[wrong[i].at] = wrong[i].value;
    hand_in(b, bytes, size, size);
    assert_int_equal(counters_of(b).malformed, 1);
    assert_int_equal(b->told, 0);
    free_bench(b);
  }
}

static void a_length_of_zero_is_that_of_the_wire(void **state) {
  (void)state;
  bench *b = new_bench();
  uint8_t bytes[256];
  size_t size = write_packet(bytes, &(segment){.from = 1, .to = 2, .flags = SYN, .payload = 50});
  put16(bytes + 2, 0);
  hand_in(b, bytes, size, size);
  assert_int_equal(told(b, PICKET_FLOW_BEGIN, 0)->payload[0], 50);
  free_bench(b);
}

static void other_protocols_are_passed_over(void **state) {
  (void)state;
  bench *b = new_bench();
  uint8_t bytes[64];
  size_t size = write_packet(bytes, &(segment){.from = 1, .to = 2, .protocol = 17});
  bytes[9] = 47;
  hand_in(b, bytes, size, size);
  assert_int_equal(counters_of(b).other_protocol, 1);
  free_bench(b);
}

/* IPv6 with a chain of extension headers, each of the given kind, before UDP. */
static size_t extended(uint8_t *out, const uint8_t *kinds, size_t count) {
  uint8_t plain[64];
  size_t size = write_packet(plain, &(segment){.version = 6, .from = 1, .to = 2, .protocol = 17,
                                               .from_port = 9, .to_port = 53});
  memcpy(out, plain, 40);
  out[6] = count ? kinds[0] : 17;
  size_t at = 40;
  for (size_t i = 0; i < count; i++, at += 8) {
    memset(out + at, 0, 8);
    out[at] = i + 1 < count ? kinds[i + 1] : 17;
  }
  memcpy(out + at, plain + 40, size - 40);
  put16(out + 4, (uint32_t)(at - 40 + size - 40));
  return at + size - 40;
}

static void extension_headers_are_followed_up_to_eight(void **state) {
  (void)state;
  static const uint8_t kinds[9] = {0, 43, 60, 51, 135, 139, 140, 60, 60};
  for (size_t count = 0; count <= 9; count++) {
    bench *b = new_bench();
    uint8_t bytes[256];
    size_t size = extended(bytes, kinds, count);
    hand_in(b, bytes, size, size);
    assert_int_equal(counters_of(b).counted, count <= 8);
    assert_int_equal(counters_of(b).too_deep, count == 9);
    if (count <= 8) assert_int_equal(told(b, PICKET_FLOW_BEGIN, 0)->destination_port, 53);
    free_bench(b);
  }
}

static void an_extension_beyond_the_packet_is_malformed(void **state) {
  (void)state;
  bench *b = new_bench();
  uint8_t bytes[256], kinds[1] = {60};
  size_t size = extended(bytes, kinds, 1);
  bytes[41] = 255;
  hand_in(b, bytes, size, size);
  assert_int_equal(counters_of(b).malformed, 1);
  free_bench(b);
}

/* A fragment of a UDP datagram: 64 bytes behind the IP header. */
static size_t fragment(uint8_t *out, uint16_t id, uint16_t place, uint8_t to) {
  size_t size = write_packet(out, &(segment){.from = 1, .to = to, .protocol = 17, .from_port = 9,
                                             .to_port = 53, .payload = 56});
  put16(out + 4, id);
  put16(out + 6, place);
  return size;
}

static void later_fragments_follow_their_first(void **state) {
  (void)state;
  bench *b = new_bench();
  uint8_t bytes[256];
  hand_in(b, bytes, fragment(bytes, 7, 8, 2), 84); /* before the first: of nobody */
  assert_int_equal(counters_of(b).fragments_unmatched, 1);
  hand_in(b, bytes, fragment(bytes, 7, 0x2000, 2), 84);
  hand_in(b, bytes, fragment(bytes, 7, 0x2008, 2), 84);
  hand_in(b, bytes, fragment(bytes, 7, 16, 2), 84);
  hand_in(b, bytes, fragment(bytes, 8, 16, 2), 84); /* of another datagram */
  hand_in(b, bytes, fragment(bytes, 7, 16, 3), 84); /* to another host */
  b->now += 61 * SECOND;                            /* too late */
  hand_in(b, bytes, fragment(bytes, 7, 16, 2), 84);
  assert_int_equal(counters_of(b).fragments_unmatched, 4);
  assert_int_equal(counters_of(b).counted, 3);
  const picket_flow_event *e = told(b, PICKET_FLOW_END, 0);
  assert_int_equal(e->packets[0], 3);
  assert_int_equal(e->payload[0], 56 + 64 + 64);
  assert_int_equal(e->bytes[0], 3 * 84);
  free_bench(b);
}

/* RFC 791: a number is one of source, destination and protocol. */
static void a_number_is_one_of_its_protocol(void **state) {
  (void)state;
  bench *b = new_bench();
  uint8_t bytes[256];
  const segment tcp = {.from = 1, .to = 2, .from_port = 9, .to_port = 53, .payload = 44};
  hand_in(b, bytes, fragment(bytes, 7, 0x2000, 2), 84);
  assert_int_equal(write_packet(bytes, &tcp), 84);
  put16(bytes + 4, 7);
  put16(bytes + 6, 0x2000);
  hand_in(b, bytes, 84, 84);
  hand_in(b, bytes, fragment(bytes, 7, 8, 2), 84); /* of UDP, though the newest first one is of TCP */
  fragment(bytes, 7, 8, 2);
  bytes[9] = 47; /* of a protocol that is not looked at */
  hand_in(b, bytes, 84, 84);
  assert_int_equal(counters_of(b).fragments_unmatched, 1);
  finish(b);
  for (size_t i = 0; i < 2; i++) {
    const picket_flow_event *e = told(b, PICKET_FLOW_END, i);
    assert_int_equal(e->packets[0], e->protocol == 17 ? 2 : 1);
  }
  free_bench(b);
}

static void a_fragment_of_IPv6_follows_its_first(void **state) {
  (void)state;
  bench *b = new_bench();
  uint8_t bytes[256], kinds[1] = {44};
  size_t size = extended(bytes, kinds, 1);
  put16(bytes + 42, 1);
  put32(bytes + 44, 0xABCD1234);
  hand_in(b, bytes, size, size);
  put16(bytes + 42, 64);
  hand_in(b, bytes, size, size);
  assert_int_equal(counters_of(b).counted, 2);
  put32(bytes + 44, 0xABCD1235);
  hand_in(b, bytes, size, size);
  assert_int_equal(counters_of(b).fragments_unmatched, 1);
  free_bench(b);
}

static void the_oldest_fragment_makes_room(void **state) {
  (void)state;
  bench *b = new_bench();
  uint8_t bytes[256];
  b->configuration.fragments = 2;
  remake(b);
  for (uint16_t id = 1; id <= 3; id++) hand_in(b, bytes, fragment(bytes, id, 0x2000, 2), 84);
  for (uint16_t id = 1; id <= 3; id++) hand_in(b, bytes, fragment(bytes, id, 8, 2), 84);
  assert_int_equal(counters_of(b).fragments_unmatched, 1);
  free_bench(b);
}

const struct CMUnitTest packets_tests[] = {
    cmocka_unit_test(a_packet_cut_anywhere_is_counted_by_cause),
    cmocka_unit_test(contradicting_headers_are_malformed),
    cmocka_unit_test(a_length_of_zero_is_that_of_the_wire),
    cmocka_unit_test(other_protocols_are_passed_over),
    cmocka_unit_test(extension_headers_are_followed_up_to_eight),
    cmocka_unit_test(an_extension_beyond_the_packet_is_malformed),
    cmocka_unit_test(later_fragments_follow_their_first),
    cmocka_unit_test(a_number_is_one_of_its_protocol),
    cmocka_unit_test(a_fragment_of_IPv6_follows_its_first),
    cmocka_unit_test(the_oldest_fragment_makes_room),
};
const size_t packets_count = COUNT(packets_tests);
