/* What stands before IP. */
#include "testing.h"

enum { NOT_IP, TOO_DEEP, COUNTED };

/* Hands a UDP packet in behind these bytes; says what became of it, and tries every shorter cut. */
static int behind(uint32_t link, const uint8_t *head, size_t size, uint8_t version) {
  uint8_t bytes[512];
  memcpy(bytes, head, size);
  size_t whole = size + write_packet(bytes + size, &(segment){.version = version, .protocol = 17,
                                                              .from = 1, .to = 2, .payload = 4});
  bench *b = new_bench();
  for (size_t captured = 0; captured <= whole; captured++) {
    uint8_t *copy = malloc(captured ? captured : 1);
    assert_non_null(copy);
    memcpy(copy, bytes, captured);
    assert_int_equal(picket_flow_packet(b->flow, b->now, link, copy, captured, whole),
                     PICKET_FLOW_OK);
    free(copy);
    drain(b);
  }
  picket_flow_counters c = counters_of(b);
  assert_int_equal(c.packets, whole + 1);
  assert_int_equal(c.malformed, 0);
  free_bench(b);
  return c.counted ? COUNTED : c.too_deep ? TOO_DEEP : NOT_IP;
}

static void every_link_type_is_read(void **state) {
  (void)state;
  uint8_t head[64] = {0};
  static const uint32_t type[] = {0x0800, 0x86DD};
  for (uint8_t i = 0; i < 2; i++) {
    uint8_t version = i ? 6 : 4;
    put16(head + 12, type[i]);
    assert_int_equal(behind(PICKET_FLOW_ETHERNET, head, 14, version), COUNTED);
    put16(head + 12, 0);
    put16(head + 14, type[i]);
    assert_int_equal(behind(PICKET_FLOW_COOKED, head, 16, version), COUNTED);
    memset(head, 0, sizeof head);
    put16(head, type[i]);
    assert_int_equal(behind(PICKET_FLOW_COOKED_2, head, 20, version), COUNTED);
    memset(head, 0, sizeof head);
    assert_int_equal(behind(PICKET_FLOW_RAW, head, 0, version), COUNTED);
    assert_int_equal(behind(i ? PICKET_FLOW_IPV6 : PICKET_FLOW_IPV4, head, 0, version), COUNTED);
  }
}

static void a_loopback_header_has_either_byte_order(void **state) {
  (void)state;
  static const uint8_t families[] = {2, 10, 24, 28, 30};
  for (size_t i = 0; i < COUNT(families); i++) {
    uint8_t big[4] = {0, 0, 0, families[i]}, little[4] = {families[i], 0, 0, 0};
    uint8_t version = families[i] == 2 ? 4 : 6;
    assert_int_equal(behind(PICKET_FLOW_LOOPBACK, big, 4, version), COUNTED);
    assert_int_equal(behind(PICKET_FLOW_LOOPBACK, little, 4, version), COUNTED);
  }
  uint8_t other[4] = {7, 0, 0, 0};
  assert_int_equal(behind(PICKET_FLOW_LOOPBACK, other, 4, 4), NOT_IP);
}

static void tags_are_followed_up_to_four(void **state) {
  (void)state;
  static const uint32_t tag[] = {0x8100, 0x88A8, 0x9100};
  for (size_t count = 0; count <= 5; count++) {
    uint8_t head[64] = {0};
    size_t at = 12;
    for (size_t i = 0; i < count; i++, at += 4) put16(head + at, tag[i % 3]);
    put16(head + at, 0x0800);
    assert_int_equal(behind(PICKET_FLOW_ETHERNET, head, at + 2, 4),
                     count <= 4 ? COUNTED : TOO_DEEP);
  }
}

static void a_PPPoE_session_is_followed(void **state) {
  (void)state;
  uint8_t head[22] = {0};
  put16(head + 12, 0x8864);
  put16(head + 20, 0x0021);
  assert_int_equal(behind(PICKET_FLOW_ETHERNET, head, 22, 4), COUNTED);
  put16(head + 20, 0x0057);
  assert_int_equal(behind(PICKET_FLOW_ETHERNET, head, 22, 6), COUNTED);
  put16(head + 20, 0xC021);
  assert_int_equal(behind(PICKET_FLOW_ETHERNET, head, 22, 4), NOT_IP);
}

static void what_is_not_IP_is_counted(void **state) {
  (void)state;
  uint8_t head[20] = {0};
  put16(head + 12, 0x0806);
  assert_int_equal(behind(PICKET_FLOW_ETHERNET, head, 14, 4), NOT_IP);
  put16(head + 12, 60); /* a length: an 802.3 frame */
  assert_int_equal(behind(PICKET_FLOW_ETHERNET, head, 14, 4), NOT_IP);
  memset(head, 0, sizeof head);
  put16(head, 0x0806);
  assert_int_equal(behind(PICKET_FLOW_COOKED_2, head, 20, 4), NOT_IP);
}

const struct CMUnitTest links_tests[] = {
    cmocka_unit_test(every_link_type_is_read),
    cmocka_unit_test(a_loopback_header_has_either_byte_order),
    cmocka_unit_test(tags_are_followed_up_to_four),
    cmocka_unit_test(a_PPPoE_session_is_followed),
    cmocka_unit_test(what_is_not_IP_is_counted),
};
const size_t links_count = COUNT(links_tests);
