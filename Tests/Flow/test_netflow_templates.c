/* Templates: whose they are, when they go, and which are refused. */
#include "netflow.h"

/* A record of the template 300, without it. */
static message data_of(uint32_t domain) {
  message m = start_message(domain);
  size_t at = start_set(&m, 300);
  put_record(&m, 9, 6000, 80, 3);
  end_set(&m, at);
  return m;
}

static message withdrawal_of(uint32_t domain) {
  message m = start_message(domain);
  size_t at = start_set(&m, 2);
  put(&m, 300, 2), put(&m, 0, 2);
  end_set(&m, at);
  return m;
}

static void a_template_belongs_to_its_exporter_and_domain(void **state) {
  (void)state;
  bench *b = new_bench();
  message with = biflow(1), without = data_of(1), elsewhere = data_of(2);
  hand_in_datagram(b, 1, &without);
  assert_int_equal(counters_of(b).templates_unknown, 1);
  hand_in_datagram(b, 1, &with);
  hand_in_datagram(b, 1, &elsewhere);
  hand_in_datagram(b, 2, &without);
  assert_int_equal(counters_of(b).templates_unknown, 3);
  hand_in_datagram(b, 1, &without);
  assert_int_equal(counters_of(b).flows, 3);
  free_bench(b);
}

static void a_template_can_be_withdrawn_replaced_and_pushed_out(void **state) {
  (void)state;
  bench *b = new_bench();
  b->configuration.templates = 2;
  remake(b);
  message with = biflow(1), data = data_of(1), withdrawal = withdrawal_of(1);
  hand_in_datagram(b, 1, &with);
  hand_in_datagram(b, 1, &with); /* the same again: in its own place */
  hand_in_datagram(b, 1, &data);
  assert_int_equal(counters_of(b).templates_unknown, 0);
  hand_in_datagram(b, 1, &withdrawal);
  hand_in_datagram(b, 1, &data);
  assert_int_equal(counters_of(b).templates_unknown, 1);
  hand_in_datagram(b, 1, &with);
  for (uint32_t domain = 2; domain <= 3; domain++) {
    message other = biflow(domain);
    hand_in_datagram(b, 1, &other);
  }
  hand_in_datagram(b, 1, &data);
  assert_int_equal(counters_of(b).templates_unknown, 2);
  free_bench(b);
}

static void a_free_place_is_taken_first_and_then_that_told_longest_ago(void **state) {
  (void)state;
  for (int is_free = 0; is_free < 2; is_free++) {
    bench *b = new_bench();
    b->configuration.templates = 2;
    remake(b);
    message first = biflow(1), second = biflow(2), third = biflow(3);
    message data = data_of(1), withdrawal = withdrawal_of(2);
    hand_in_datagram(b, 1, &first);
    hand_in_datagram(b, 1, &second);
    hand_in_datagram(b, 1, is_free ? &withdrawal : &first);
    hand_in_datagram(b, 1, &third);
    hand_in_datagram(b, 1, &data);
    assert_int_equal(counters_of(b).templates_unknown, 0);
    free_bench(b);
  }
}

static void a_template_of_too_many_fields_is_refused(void **state) {
  (void)state;
  for (uint64_t count = 64; count <= 65; count++) {
    bench *b = new_bench();
    message m = start_message(1);
    size_t at = start_set(&m, 2);
    put(&m, 300, 2), put(&m, count, 2);
    for (uint64_t i = 0; i < count; i++) put(&m, 4, 2), put(&m, 1, 2);
    end_set(&m, at);
    hand_in_datagram(b, 1, &m);
    assert_int_equal(counters_of(b).templates_refused, count == 65);
    free_bench(b);
  }
}

static void a_template_of_records_without_bytes_is_refused(void **state) {
  (void)state;
  bench *b = new_bench();
  message m = start_message(1);
  static const uint16_t empty[] = {4, 0};
  put_fields(&m, 300, empty, COUNT(empty));
  size_t at = start_set(&m, 300);
  put(&m, 0, 4);
  end_set(&m, at);
  hand_in_datagram(b, 1, &m);
  assert_int_equal(counters_of(b).templates_unknown, 1);
  free_bench(b);
}

const struct CMUnitTest netflow_templates_tests[] = {
    cmocka_unit_test(a_template_belongs_to_its_exporter_and_domain),
    cmocka_unit_test(a_template_can_be_withdrawn_replaced_and_pushed_out),
    cmocka_unit_test(a_free_place_is_taken_first_and_then_that_told_longest_ago),
    cmocka_unit_test(a_template_of_too_many_fields_is_refused),
    cmocka_unit_test(a_template_of_records_without_bytes_is_refused),
};
const size_t netflow_templates_count = COUNT(netflow_templates_tests);
