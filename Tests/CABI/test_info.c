#include "testing.h"

#include <stdlib.h>

/* One row of NAME.info.csv against what the library tells. */
static void compare_info(const golden *g, const picket_info *info, char **cells) {
  const struct {
    const char *name;
    uint64_t value;
  } numbers[] = {
      {"kind", info->kind},
      {"score_kind", info->score_kind},
      {"element_types", info->element_types},
      {"field_count", info->field_count},
      {"input_count", info->input_count},
      {"latent_size", info->latent_size},
      {"layer_count", info->layer_count},
      {"parameter_count", info->parameter_count},
      {"calibration_rows", info->calibration_rows},
      {"model_bytes", info->model_bytes},
  };
  const char *name = cells[1], *value = cells[2];
  for (size_t i = 0; i < COUNT(numbers); i++)
    if (strcmp(numbers[i].name, name) == 0) {
      expect(numbers[i].value == strtoull(value, NULL, 10), "%s: %s is %llu, should be %s", g->name,
             name, (unsigned long long)numbers[i].value, value);
      return;
    }
  if (strcmp(name, "smallest_budget") == 0)
    expect(info->smallest_budget == strtof(value, NULL), "%s: %g", g->name, info->smallest_budget);
  else if (strcmp(name, "feature_hash") == 0)
    expect(info->feature_hash == strtoull(value, NULL, 16), "%s", g->name);
  else if (strcmp(name, "provenance") == 0)
    assert_string_equal(info->provenance, value);
  else
    expect(0, "%s.info.csv: what is %s?", g->name, name);
}

static void compare_field(const golden *g, char **cells) {
  picket_field field;
  size_t index = 0;
  assert_int_equal(picket_field_info(&g->model, strtoul(cells[1], NULL, 10), &field), PICKET_OK);
  assert_string_equal(field.name, cells[2]);
  assert_int_equal(field.kind, atoi(cells[3]));
  assert_int_equal(field.category_count, atoi(cells[4]));
  assert_true(field.minimum == strtof(cells[5], NULL));
  assert_true(field.maximum == strtof(cells[6], NULL));
  assert_int_equal(picket_field_index(&g->model, cells[2], &index), PICKET_OK);
  assert_int_equal(index, atoi(cells[1]));
}

static void compare_category(const golden *g, char **cells) {
  size_t field = strtoul(cells[1], NULL, 10), index = strtoul(cells[2], NULL, 10);
  const char *name = NULL;
  float value = -7;
  assert_int_equal(picket_category_name(&g->model, field, index, &name), PICKET_OK);
  assert_string_equal(name, cells[3]);
  assert_int_equal(picket_category_index(&g->model, field, cells[3], &value), PICKET_OK);
  assert_true(value == (float)index);
}

static void a_model_tells_what_its_file_says(void **state) {
  (void)state;
  for (size_t i = 0; i < golden_count; i++) {
    golden *g = &goldens[i];
    picket_info info;
    if (!g->native) continue;
    assert_int_equal(picket_model_info(&g->model, &info), PICKET_OK);
    char file[80], *line;
    size_t size, rows = 0;
    strcpy(stpcpy(file, g->name), ".info.csv");
    char *text = (char *)read_file(g->folder, file, 0, &size), *at = text;
    assert_non_null(text);
    while ((line = next_line(&at))) {
      char *cells[7];
      size_t count = split(line, cells, strncmp(line, "info,", 5) == 0 ? 3 : 7);
      if (strcmp(cells[0], "info") == 0 && count == 3)
        compare_info(g, &info, cells);
      else if (strcmp(cells[0], "field") == 0 && count == 7)
        compare_field(g, cells);
      else if (strcmp(cells[0], "category") == 0 && count == 4)
        compare_category(g, cells);
      else
        expect(0, "%s: row %zu", file, rows);
      rows++;
    }
    expect(rows > 13, "%s has %zu rows", file, rows);
    free(text);
  }
}

static void provenance_lies_in_the_model_bytes(void **state) {
  (void)state;
  for (size_t i = 0; i < golden_count; i++) {
    golden *g = &goldens[i];
    picket_info info;
    if (!g->native) continue;
    assert_int_equal(picket_model_info(&g->model, &info), PICKET_OK);
    const char *bytes = (const char *)g->bytes;
    expect(info.provenance >= bytes && info.provenance + strlen(info.provenance) < bytes + g->size,
           "%s", g->name);
  }
}

static void null_pointers_leave_info_as_it_was(void **state) {
  (void)state;
  golden *g = golden_named("clamps");
  picket_info info, before;
  memset(&info, 0xA5, sizeof info);
  before = info;
  assert_int_equal(picket_model_info(NULL, &info), PICKET_E_ARGUMENT);
  assert_memory_equal(&info, &before, sizeof info);
  assert_int_equal(picket_model_info(&g->model, NULL), PICKET_E_ARGUMENT);
  picket_model zeroed;
  memset(&zeroed, 0, sizeof zeroed);
  assert_int_equal(picket_model_info(&zeroed, &info), PICKET_E_MODEL);
  assert_memory_equal(&info, &before, sizeof info);
}

static void scratch_ceiling_holds_for_models_at_the_limits(void **state) {
  (void)state;
  size_t largest = 0;
  for (size_t i = 0; i < golden_count; i++) {
    golden *g = &goldens[i];
    picket_info info;
    if (!g->native) continue;
    assert_int_equal(picket_model_info(&g->model, &info), PICKET_OK);
    assert_int_equal(info.scratch_bytes, picket_scratch_size(&g->model));
    expect(info.scratch_bytes <= PICKET_SCRATCH_MAX, "%s: %zu", g->name, info.scratch_bytes);
    if (info.scratch_bytes > largest) largest = info.scratch_bytes;
  }
  if (!is_big_endian())
    expect(largest > PICKET_SCRATCH_MAX - 1024, "the ceiling is far above %zu", largest);
}

const struct CMUnitTest info_tests[] = {
    cmocka_unit_test(a_model_tells_what_its_file_says),
    cmocka_unit_test(provenance_lies_in_the_model_bytes),
    cmocka_unit_test(null_pointers_leave_info_as_it_was),
    cmocka_unit_test(scratch_ceiling_holds_for_models_at_the_limits),
};
const size_t info_count = COUNT(info_tests);
