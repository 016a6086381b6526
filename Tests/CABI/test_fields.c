#include "testing.h"

/* anoean-f32: duration, protocol (icmp tcp udp), service (dns ftp http https mqtt ssh), bytes,
 * error_rate. A big-endian machine opens the big-endian model, which has the same fields. */
static const picket_model *connections(void) {
  return &golden_named(is_big_endian() ? "vae-kl-big-endian" : "anoean-f32")->model;
}

static void a_field_index_out_of_range_is_refused(void **state) {
  (void)state;
  picket_field field, before;
  memset(&field, 0xA5, sizeof field);
  before = field;
  const size_t indexes[] = {5, 6, 255, 256, (size_t)1 << 31, SIZE_MAX / 2, SIZE_MAX - 1, SIZE_MAX};
  for (size_t i = 0; i < COUNT(indexes); i++) {
    assert_int_equal(picket_field_info(connections(), indexes[i], &field), PICKET_E_ARGUMENT);
    assert_memory_equal(&field, &before, sizeof field);
  }
  assert_int_equal(picket_field_info(NULL, 0, &field), PICKET_E_ARGUMENT);
  assert_int_equal(picket_field_info(connections(), 0, NULL), PICKET_E_ARGUMENT);
  assert_memory_equal(&field, &before, sizeof field);
}

static void only_a_whole_field_name_is_found(void **state) {
  (void)state;
  const char *strangers[] = {"", "d", "duratio", "durations", "Duration", "tcp", "service ", "byte"};
  for (size_t i = 0; i < COUNT(strangers); i++) {
    size_t index = 99;
    expect(picket_field_index(connections(), strangers[i], &index) == PICKET_E_NOT_FOUND, "\"%s\"",
           strangers[i]);
    assert_int_equal(index, 99);
  }
  size_t index = 99;
  assert_int_equal(picket_field_index(connections(), "error_rate", &index), PICKET_OK);
  assert_int_equal(index, 4);
}

static void only_a_whole_category_name_is_found(void **state) {
  (void)state;
  const char *strangers[] = {"", "http ", "htt", "httpsx", "HTTP", "a", "zzz", "tcp", "\xff"};
  for (size_t i = 0; i < COUNT(strangers); i++) {
    float value = 99;
    expect(picket_category_index(connections(), 2, strangers[i], &value) == PICKET_E_NOT_FOUND,
           "\"%s\"", strangers[i]);
    assert_true(value == 99);
  }
}

static void a_field_that_is_not_symbolic_has_no_categories(void **state) {
  (void)state;
  const size_t fields[] = {0, 3, 4, 5, 256, SIZE_MAX / 2, SIZE_MAX};
  for (size_t i = 0; i < COUNT(fields); i++) {
    float value = 99;
    const char *name = "kept";
    assert_int_equal(picket_category_index(connections(), fields[i], "tcp", &value),
                     PICKET_E_ARGUMENT);
    assert_int_equal(picket_category_name(connections(), fields[i], 0, &name), PICKET_E_ARGUMENT);
    assert_true(value == 99);
    assert_string_equal(name, "kept");
  }
}

static void a_category_out_of_range_has_no_name(void **state) {
  (void)state;
  const size_t indexes[] = {3, 4, 1024, (size_t)1 << 31, SIZE_MAX / 2, SIZE_MAX};
  for (size_t i = 0; i < COUNT(indexes); i++) {
    const char *name = "kept";
    assert_int_equal(picket_category_name(connections(), 1, indexes[i], &name), PICKET_E_ARGUMENT);
    assert_string_equal(name, "kept");
  }
}

static void null_names_are_refused(void **state) {
  (void)state;
  size_t index = 99;
  float value = 99;
  const char *name = "kept";
  assert_int_equal(picket_field_index(NULL, "duration", &index), PICKET_E_ARGUMENT);
  assert_int_equal(picket_field_index(connections(), NULL, &index), PICKET_E_ARGUMENT);
  assert_int_equal(picket_field_index(connections(), "duration", NULL), PICKET_E_ARGUMENT);
  assert_int_equal(picket_category_index(NULL, 1, "tcp", &value), PICKET_E_ARGUMENT);
  assert_int_equal(picket_category_index(connections(), 1, NULL, &value), PICKET_E_ARGUMENT);
  assert_int_equal(picket_category_index(connections(), 1, "tcp", NULL), PICKET_E_ARGUMENT);
  assert_int_equal(picket_category_name(NULL, 1, 0, &name), PICKET_E_ARGUMENT);
  assert_int_equal(picket_category_name(connections(), 1, 0, NULL), PICKET_E_ARGUMENT);
  assert_true(index == 99 && value == 99);
  assert_string_equal(name, "kept");
}

/* A name is read up to its NUL and at most PICKET_MAX_NAME + 1 bytes: a page without access stands
 * right behind. */
static void a_name_is_not_read_beyond_its_end(void **state) {
  (void)state;
  guarded memory = guard_new(PICKET_MAX_NAME + 1);
  const char *long_models[] = {"limit-width", "anoean-f32"};
  for (size_t m = is_big_endian() ? COUNT(long_models) : 0; m < COUNT(long_models); m++) {
    const picket_model *model = &golden_named(long_models[m])->model;
    for (size_t length = 0; length <= PICKET_MAX_NAME + 1; length++) {
      char *name = (char *)memory.end - length - (length <= PICKET_MAX_NAME);
      size_t index;
      float value;
      memset(name, m == 0 ? 'l' : 'd', length);
      if (length <= PICKET_MAX_NAME) name[length] = 0;
      int found = m == 0 && length == PICKET_MAX_NAME;
      assert_int_equal(picket_field_index(model, name, &index),
                       found ? PICKET_OK : PICKET_E_NOT_FOUND);
      assert_int_equal(picket_category_index(model, 1, name, &value), PICKET_E_NOT_FOUND);
      if (length > 4) {
        memset(name, 'c', length);
        memcpy(name + length - (length <= PICKET_MAX_NAME ? 4 : 5), "1023", 4);
        found = m == 0 && length == PICKET_MAX_NAME;
        if (length <= PICKET_MAX_NAME) name[length] = 0;
        assert_int_equal(picket_category_index(model, 1, name, &value),
                         found ? PICKET_OK : PICKET_E_NOT_FOUND);
        if (found) assert_true(value == 1023);
      }
    }
  }
  guard_free(&memory);
}

const struct CMUnitTest fields_tests[] = {
    cmocka_unit_test(a_field_index_out_of_range_is_refused),
    cmocka_unit_test(only_a_whole_field_name_is_found),
    cmocka_unit_test(only_a_whole_category_name_is_found),
    cmocka_unit_test(a_field_that_is_not_symbolic_has_no_categories),
    cmocka_unit_test(a_category_out_of_range_has_no_name),
    cmocka_unit_test(null_names_are_refused),
    cmocka_unit_test(a_name_is_not_read_beyond_its_end),
};
const size_t fields_count = COUNT(fields_tests);
