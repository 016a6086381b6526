/* Names, categories, the specification, and the columns that are not of the windows. */
#include "testing.h"

#include <math.h>

static void columns_have_the_names_of_the_KDD_data(void **state) {
  (void)state;
  static const char *const known[PICKET_FLOW_COLUMNS] = {
      "duration", "protocol_type", "service", "flag", "src_bytes", "dst_bytes", "land", "count",
      "srv_count", "serror_rate", "srv_serror_rate", "rerror_rate", "srv_rerror_rate",
      "same_srv_rate", "diff_srv_rate", "srv_diff_host_rate", "dst_host_count",
      "dst_host_srv_count", "dst_host_same_srv_rate", "dst_host_diff_srv_rate",
      "dst_host_same_src_port_rate", "dst_host_srv_diff_host_rate", "dst_host_serror_rate",
      "dst_host_srv_serror_rate", "dst_host_rerror_rate", "dst_host_srv_rerror_rate"};
  for (size_t i = 0; i < PICKET_FLOW_COLUMNS; i++)
    assert_string_equal(picket_flow_column_name(i), known[i]);
  assert_null(picket_flow_column_name(PICKET_FLOW_COLUMNS));
  assert_null(picket_flow_column_name(SIZE_MAX));
}

static void three_columns_have_categories(void **state) {
  (void)state;
  static const size_t counts[] = {0, 3, 70, 13};
  for (size_t i = 0; i <= PICKET_FLOW_COLUMNS; i++) {
    size_t count = picket_flow_category_count(i);
    assert_int_equal(count, i < 4 ? counts[i] : 0);
    assert_null(picket_flow_category_name(i, count));
    assert_null(picket_flow_category_name(i, SIZE_MAX));
    for (size_t a = 0; a < count; a++)
      for (size_t other = 0; other < a; other++)
        assert_string_not_equal(picket_flow_category_name(i, a),
                                picket_flow_category_name(i, other));
  }
  assert_int_equal(picket_flow_category_count(SIZE_MAX), 0);
  assert_string_equal(picket_flow_category_name(FLAG, PICKET_FLOW_OTH), "OTH");
  assert_string_equal(picket_flow_category_name(FLAG, PICKET_FLOW_RSTOS0), "RSTOS0");
  assert_string_equal(picket_flow_category_name(FLAG, PICKET_FLOW_SF), "SF");
  assert_string_equal(picket_flow_category_name(FLAG, PICKET_FLOW_SHR), "SHR");
}

/* The name of the service of one whole connection. */
static const char *service_of(uint8_t protocol, uint16_t from, uint16_t to, uint8_t type,
                              uint8_t code) {
  bench *b = new_bench();
  picket_flow_event e = make_event(PICKET_FLOW_END, 1, 2, from, to, START);
  e.protocol = protocol, e.icmp_type = type, e.icmp_code = code;
  assert_int_equal(picket_flow_add(b->flow, &e), PICKET_FLOW_OK);
  drain(b);
  size_t category = (size_t)record_of(b, 0)[SERVICE];
  const char *protocols[] = {"icmp", "tcp", "udp"};
  assert_string_equal(
      picket_flow_category_name(PROTOCOL_TYPE, (size_t)record_of(b, 0)[PROTOCOL_TYPE]),
      protocols[protocol == 6 ? 1 : protocol == 17 ? 2 : 0]);
  free_bench(b);
  return picket_flow_category_name(SERVICE, category);
}

static void services_go_by_port_and_message(void **state) {
  (void)state;
  static const struct {
    uint8_t protocol;
    uint16_t from, to;
    uint8_t type, code;
    const char *name;
  } known[] = {
      {6, 40000, 80, 0, 0, "http"},     {6, 40000, 443, 0, 0, "http_443"},
      {6, 40000, 6667, 0, 0, "IRC"},    {6, 40000, 22, 0, 0, "ssh"},
      {6, 20, 40000, 0, 0, "ftp_data"}, {6, 40000, 53, 0, 0, "domain"},
      {17, 40000, 53, 0, 0, "domain_u"}, {17, 123, 123, 0, 0, "ntp_u"},
      {17, 40000, 80, 0, 0, "private"}, {17, 20, 40000, 0, 0, "other"},
      {6, 40000, 1023, 0, 0, "private"}, {6, 40000, 1024, 0, 0, "other"},
      {1, 7, 0, 8, 0, "eco_i"},         {1, 7, 0, 0, 0, "ecr_i"},
      {1, 0, 0, 3, 3, "urp_i"},         {1, 0, 0, 3, 1, "urh_i"},
      {1, 0, 0, 11, 0, "tim_i"},        {1, 0, 0, 5, 1, "red_i"},
      {1, 0, 0, 3, 0, "other"},         {58, 7, 0, 128, 0, "eco_i"},
      {58, 7, 0, 129, 0, "ecr_i"},      {58, 0, 0, 1, 4, "urp_i"},
      {58, 0, 0, 1, 3, "urh_i"},        {58, 0, 0, 3, 0, "tim_i"},
      {58, 0, 0, 137, 0, "red_i"},      {58, 0, 0, 135, 0, "other"},
  };
  for (size_t i = 0; i < COUNT(known); i++)
    assert_string_equal(service_of(known[i].protocol, known[i].from, known[i].to, known[i].type,
                                   known[i].code),
                        known[i].name);
}

/* The record of one whole connection under a way of counting bytes. */
static void record_under(uint32_t byte_count, const picket_flow_event *event, float *record) {
  bench *b = new_bench();
  b->configuration.byte_count = byte_count;
  remake(b);
  assert_int_equal(picket_flow_add(b->flow, event), PICKET_FLOW_OK);
  drain(b);
  memcpy(record, record_of(b, 0), PICKET_FLOW_COLUMNS * sizeof *record);
  free_bench(b);
}

static void bytes_that_are_not_known_are_NaN(void **state) {
  (void)state;
  static const uint8_t notes[] = {0, PICKET_FLOW_NO_PAYLOAD, PICKET_FLOW_NO_BYTES,
                                  PICKET_FLOW_OFFLOADED, PICKET_FLOW_NO_END | PICKET_FLOW_NO_START};
  static const int known_payload[] = {1, 0, 0, 0, 1}, known_ip[] = {1, 1, 0, 0, 1};
  for (size_t i = 0; i < COUNT(notes); i++) {
    picket_flow_event e = make_event(PICKET_FLOW_END, 1, 2, 3, 4, START);
    float record[PICKET_FLOW_COLUMNS];
    e.payload[0] = 5, e.payload[1] = 6, e.bytes[0] = 45, e.bytes[1] = 46, e.notes = notes[i];
    record_under(PICKET_FLOW_PAYLOAD, &e, record);
    assert_int_equal(isnan(record[SRC_BYTES]), !known_payload[i]);
    assert_int_equal(isnan(record[DST_BYTES]), !known_payload[i]);
    if (known_payload[i]) assert_true(record[SRC_BYTES] == 5 && record[DST_BYTES] == 6);
    record_under(PICKET_FLOW_IP, &e, record);
    assert_int_equal(isnan(record[SRC_BYTES]), !known_ip[i]);
    if (known_ip[i]) assert_true(record[SRC_BYTES] == 45 && record[DST_BYTES] == 46);
  }
}

static void large_numbers_become_the_nearest_float(void **state) {
  (void)state;
  static const uint64_t known[] = {
      0, 1, 16777217, 16777219, UINT64_C(0xFFFFFFFF), UINT64_C(0x100000080),
      UINT64_C(0x100000100), UINT64_C(0x100000101), UINT64_C(0x8000008000000001),
      UINT64_C(0x8000008000000000), UINT64_C(1379963888), UINT64_MAX};
  for (size_t i = 0; i < COUNT(known); i++) {
    picket_flow_event e = make_event(PICKET_FLOW_END, 1, 2, 3, 4, START);
    float record[PICKET_FLOW_COLUMNS];
    e.payload[0] = known[i];
    record_under(PICKET_FLOW_PAYLOAD, &e, record);
    assert_true(record[SRC_BYTES] == (float)known[i]);
  }
}

static void durations_are_whole_seconds(void **state) {
  (void)state;
  static const uint64_t known[] = {0, SECOND - 1, SECOND, 58329 * SECOND + 7, UINT64_MAX - START};
  for (size_t i = 0; i < COUNT(known); i++) {
    picket_flow_event e = make_event(PICKET_FLOW_END, 1, 2, 3, 4, START);
    float record[PICKET_FLOW_COLUMNS];
    e.end_ns = e.start_ns + known[i];
    record_under(PICKET_FLOW_PAYLOAD, &e, record);
    assert_true(record[DURATION] == (float)(known[i] / SECOND));
  }
}

static void land_is_an_end_that_talks_to_itself(void **state) {
  (void)state;
  float record[PICKET_FLOW_COLUMNS];
  picket_flow_event e = make_event(PICKET_FLOW_END, 1, 1, 80, 80, START);
  record_under(PICKET_FLOW_PAYLOAD, &e, record);
  assert_true(record[LAND] == 1);
  e.source_port = 81;
  record_under(PICKET_FLOW_PAYLOAD, &e, record);
  assert_true(record[LAND] == 0);
}

static uint64_t hash_of(const picket_flow_configuration *c) {
  uint64_t hash = 0;
  assert_int_equal(picket_flow_specification(c, NULL, 0, &hash), PICKET_FLOW_OK);
  return hash;
}

static void the_specification_is_text_and_its_FNV_hash(void **state) {
  (void)state;
  picket_flow_configuration c;
  char text[PICKET_FLOW_MAX_SPECIFICATION], again[PICKET_FLOW_MAX_SPECIFICATION];
  uint64_t hash = 0, expected = UINT64_C(0xCBF29CE484222325);
  picket_flow_defaults(&c);
  assert_int_equal(picket_flow_specification(&c, text, sizeof text, &hash), PICKET_FLOW_OK);
  for (const char *at = text; *at; at++)
    expected = (expected ^ (uint8_t)*at) * UINT64_C(0x100000001B3);
  assert_true(hash == expected);
  assert_non_null(strstr(text, "\nwindow_ns 2000000000\n"));
  assert_non_null(strstr(text, "\nbytes payload\n"));
  assert_non_null(strstr(text, " dst_host_srv_rerror_rate\n"));
  assert_non_null(strstr(text, " whois\n"));
  size_t size = strlen(text) + 1;
  memset(again, 0xA5, sizeof again);
  assert_int_equal(picket_flow_specification(&c, again, size - 1, NULL), PICKET_FLOW_E_SPACE);
  assert_int_equal((uint8_t)again[0], 0xA5);
  assert_int_equal(picket_flow_specification(&c, again, size, NULL), PICKET_FLOW_OK);
  assert_string_equal(again, text);
  assert_int_equal((uint8_t)again[size], 0xA5);
}

static void the_longest_specification_fits(void **state) {
  (void)state;
  picket_flow_configuration c;
  char text[PICKET_FLOW_MAX_SPECIFICATION];
  picket_flow_defaults(&c);
  c.window_ns = c.unanswered_ns = c.open_ns = c.closed_ns = c.udp_ns = c.icmp_ns = UINT64_C(1) << 62;
  c.starts = PICKET_FLOW_MAX_STARTS;
  assert_int_equal(picket_flow_specification(&c, text, sizeof text, NULL), PICKET_FLOW_OK);
}

static void the_hash_tells_what_changes_records(void **state) {
  (void)state;
  picket_flow_configuration c, d;
  picket_flow_defaults(&c);
#define CHANGES(expression, does)                    \
  d = c, d.expression;                               \
  assert_int_equal(hash_of(&d) != hash_of(&c), does)
  CHANGES(window_ns++, 1);
  CHANGES(byte_count = PICKET_FLOW_IP, 1);
  CHANGES(window_connections--, 1);
  CHANGES(host_connections--, 1);
  CHANGES(starts = 4096, 1);
  CHANGES(unanswered_ns++, 1);
  CHANGES(open_ns++, 1);
  CHANGES(closed_ns++, 1);
  CHANGES(udp_ns++, 1);
  CHANGES(icmp_ns++, 1);
  CHANGES(seed++, 0);
  CHANGES(connections++, 0);
  CHANGES(fragments++, 0);
  CHANGES(templates++, 0);
  CHANGES(kernel_udp_ns++, 0);
}

const struct CMUnitTest columns_tests[] = {
    cmocka_unit_test(columns_have_the_names_of_the_KDD_data),
    cmocka_unit_test(three_columns_have_categories),
    cmocka_unit_test(services_go_by_port_and_message),
    cmocka_unit_test(bytes_that_are_not_known_are_NaN),
    cmocka_unit_test(large_numbers_become_the_nearest_float),
    cmocka_unit_test(durations_are_whole_seconds),
    cmocka_unit_test(land_is_an_end_that_talks_to_itself),
    cmocka_unit_test(the_specification_is_text_and_its_FNV_hash),
    cmocka_unit_test(the_longest_specification_fits),
    cmocka_unit_test(the_hash_tells_what_changes_records),
};
const size_t columns_count = COUNT(columns_tests);
