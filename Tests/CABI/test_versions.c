#include "testing.h"

static void library_and_header_have_the_same_versions(void **state) {
  (void)state;
  assert_int_equal(picket_version(), PICKET_VERSION);
  assert_int_equal(picket_abi_version(), PICKET_ABI_VERSION);
  assert_int_equal(picket_format_version(), PICKET_FORMAT_VERSION);
}

static void version_number_orders_as_its_parts(void **state) {
  (void)state;
  assert_int_equal(PICKET_VERSION >> 16, PICKET_VERSION_MAJOR);
  assert_int_equal(PICKET_VERSION >> 8 & 255, PICKET_VERSION_MINOR);
  assert_int_equal(PICKET_VERSION & 255, PICKET_VERSION_PATCH);
}

static void struct_sizes_are_those_of_this_abi(void **state) {
  (void)state;
  assert_int_equal(PICKET_ABI_VERSION, 1);
  assert_int_equal(sizeof(picket_model), 256);
  assert_int_equal(sizeof(picket_result), 12);
  assert_int_equal(offsetof(picket_result, p_value), 4);
  assert_int_equal(offsetof(picket_result, flags), 8);
  assert_int_equal(offsetof(picket_info, smallest_budget), 36);
  assert_int_equal(offsetof(picket_info, feature_hash), 40);
  assert_int_equal(offsetof(picket_info, model_bytes), 48);
  assert_int_equal(offsetof(picket_info, provenance), 48 + 2 * sizeof(size_t));
  assert_int_equal(offsetof(picket_field, kind), sizeof(char *));
  assert_int_equal(offsetof(picket_field, maximum), sizeof(char *) + 12);
}

const struct CMUnitTest versions_tests[] = {
    cmocka_unit_test(library_and_header_have_the_same_versions),
    cmocka_unit_test(version_number_orders_as_its_parts),
    cmocka_unit_test(struct_sizes_are_those_of_this_abi),
};
const size_t versions_count = COUNT(versions_tests);
