/* Addresses, prefixes, and times as text. */
#include <netinet/in.h>

#include "testing.h"

#include "clock.h"

static int is_within(const char *network, const char *address) {
  struct prefix prefix, single;
  expect(prefix_parse(network, &prefix) == 0, "%s", network);
  expect(prefix_parse(address, &single) == 0, "%s", address);
  return prefix_holds(&prefix, single.address);
}

static void prefixes_hold_their_addresses_alone(void **state) {
  (void)state;
  assert_true(is_within("192.0.2.0/24", "192.0.2.255"));
  assert_false(is_within("192.0.2.0/24", "192.0.3.0"));
  assert_true(is_within("192.0.2.128/25", "192.0.2.200"));
  assert_false(is_within("192.0.2.128/25", "192.0.2.127"));
  assert_true(is_within("192.0.2.7", "192.0.2.7"));
  assert_false(is_within("192.0.2.7", "192.0.2.6"));
  assert_true(is_within("0.0.0.0/0", "203.0.113.9"));
  assert_false(is_within("0.0.0.0/0", "2001:db8::1"));
  assert_true(is_within("::/0", "203.0.113.9"));
  assert_true(is_within("2001:db8::/33", "2001:db8:7fff::1"));
  assert_false(is_within("2001:db8::/33", "2001:db8:8000::1"));
}

static void what_is_no_prefix_is_refused(void **state) {
  static const char *const wrong[] = {"", "x", "192.0.2", "192.0.2.1/", "192.0.2.1/33", "192.0.2.1/24",
                                      "192.0.2.0/-1", "192.0.2.0/24x", "2001:db8::/129", "::1/64",
                                      "192.0.2.0/+24", "192.0.2.1 "};
  struct prefix prefix;
  (void)state;
  for (size_t i = 0; i < COUNT(wrong); i++)
    expect(prefix_parse(wrong[i], &prefix) != 0, "'%s' was taken", wrong[i]);
}

static void an_endpoint_has_an_address_and_a_port(void **state) {
  static const char *const wrong[] = {"", "x", "2055", ":2055", "192.0.2.1", "192.0.2.1:", "192.0.2.1:0", "192.0.2.1:65536",
                                      "192.0.2.1:+1", "192.0.2.1:1x", "192.0.2:1", "[192.0.2.1]:1", "2001:db8::1:2055",
                                      "[2001:db8::1]", "[2001:db8::1:2055", "[]:1", "localhost:2055", "192.0.2.1:1 "};
  struct sockaddr_storage address;
  (void)state;
  assert_int_equal(endpoint_parse("192.0.2.1:2055", &address), sizeof(struct sockaddr_in));
  assert_int_equal(address.ss_family, AF_INET);
  assert_int_equal(endpoint_parse("[2001:db8::1]:65535", &address), sizeof(struct sockaddr_in6));
  assert_int_equal(address.ss_family, AF_INET6);
  for (size_t i = 0; i < COUNT(wrong); i++)
    expect(endpoint_parse(wrong[i], &address) == 0, "'%s' was taken", wrong[i]);
}

static void addresses_are_printed_as_people_write_them(void **state) {
  static const char *const texts[] = {"192.0.2.1", "2001:db8::1", "::1"};
  (void)state;
  for (size_t i = 0; i < COUNT(texts); i++) {
    struct prefix prefix;
    char text[ADDRESS_TEXT];
    assert_int_equal(prefix_parse(texts[i], &prefix), 0);
    address_print(prefix.address, text);
    assert_string_equal(text, texts[i]);
  }
}

static void times_are_printed_to_the_nanosecond(void **state) {
  char text[CLOCK_TEXT];
  (void)state;
  clock_print(951782400000000001u, text);
  assert_string_equal(text, "2000-02-29T00:00:00.000000001Z");
}

const struct CMUnitTest address_tests[] = {
    cmocka_unit_test(prefixes_hold_their_addresses_alone),
    cmocka_unit_test(what_is_no_prefix_is_refused),
    cmocka_unit_test(an_endpoint_has_an_address_and_a_port),
    cmocka_unit_test(addresses_are_printed_as_people_write_them),
    cmocka_unit_test(times_are_printed_to_the_nanosecond),
};
const size_t address_count = COUNT(address_tests);
