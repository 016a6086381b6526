/* The smallest archive scores what it can as the whole one does, and refuses everything else. */
#include "minimal.h"

#include <math.h>
#include <stdlib.h>

static void golden_models_are_scored_or_refused(void **state) {
  (void)state;
  static unsigned char memory[PICKET_SCRATCH_MAX];
  size_t models = 0, refused = 0, records = 0;
  for (size_t i = 0; i < COUNT(minimal_models); i++)
    for (size_t j = 0; j < i; j++)
      expect(strcmp(minimal_models[i], minimal_models[j]) != 0, "%s twice", minimal_models[i]);
  for (golden *g = goldens; g < goldens + golden_count; g++) {
    picket_model model;
    uint32_t check = 0;
    if (!g->native) continue;
    int32_t status = picket_open(&model, g->bytes, g->size, &check);
    expect(status == (is_scored(g->name) ? PICKET_OK : PICKET_E_NOT_BUILT_IN), "%s: %d at check %u",
           g->name, (int)status, (unsigned)check);
    if (status != PICKET_OK) {
      refused++;
      continue;
    }
    models++;
    for (size_t i = 0; i < g->records; i++) {
      picket_result got, wanted;
      const float *record = record_at(g, i);
      status = picket_score(&model, record, memory, picket_scratch_size(&model), &got);
      expect(status == g->want[i].status, "%s, record %zu: %d", g->name, i, (int)status);
      if (status != PICKET_OK) continue;
      assert_int_equal(full_picket_score(&g->model, record, memory, sizeof memory, &wanted), 0);
      expect(agrees(got.score, wanted.score) && got.flags == wanted.flags,
             "%s, record %zu: score %.9g, should be %.9g", g->name, i, got.score, wanted.score);
      records++;
    }
  }
  expect(models == COUNT(minimal_models) && records > 20 && refused > 40,
         "%zu models, %zu records, %zu refused", models, records, refused);
}

static void malformed_models_are_refused_where_they_are_read(void **state) {
  (void)state;
  size_t size, files = 0, opened = 0;
  uint64_t random = 1;
  char *manifest = (char *)read_file(EXPORT_DIR "/malformed", "MANIFEST.csv", 0, &size);
  char *at = manifest, *line;
  assert_non_null(manifest);
  next_line(&at);
  while ((line = next_line(&at))) {
    char *cells[6];
    assert_int_equal(split(line, cells, 6), 6);
    size_t run_at = strtoul(cells[3], NULL, 10), run = strtoul(cells[4], NULL, 10);
    unsigned char *bytes = read_file(EXPORT_DIR "/malformed", cells[0], run, &size);
    memmove(bytes + run_at + run, bytes + run_at, size - run_at);
    memset(bytes + run_at, atoi(cells[5]), run);
    guarded memory = guard_new(size + run);
    unsigned char *start = memory.end - (size + run + 7) / 8 * 8;
    memcpy(start, bytes, size + run);
    int32_t status = compare(start, size + run, 20, &random);
    if (status == PICKET_OK) {
      expect(is_unread((uint32_t)strtoul(cells[1], NULL, 10)), "%s is opened", cells[0]);
      opened++;
    }
    guard_free(&memory);
    free(bytes);
    files++;
  }
  free(manifest);
  expect(files > 400 && (long)opened > UNREAD_FILES, "%zu files, %zu opened", files, opened);
}

/* Words of models that it scores, spoilt; mostly in the parts that hold structure. */
static void mutations_are_judged_as_by_the_whole_archive(void **state) {
  (void)state;
  static const uint32_t words[] = {0,          1,          2,          3,          15,
                                   16,         63,         64,         0x7FFFFFFF, 0x80000000,
                                   0xFFFFFFFF, 0x7F800000, 0x7FC00000, 0x3F800000, 0xBF800000};
  uint64_t random = 2;
  size_t opened = 0, refused = 0, not_built_in = 0, all_files = 0;
  for (size_t m = 0; m < COUNT(minimal_models); m++) {
    golden *g = golden_named(minimal_models[m]);
    if (g->size > 10000) continue; /* to sign them takes too long */
    guarded memory = guard_new(g->size);
    unsigned char *bytes = memory.end - g->size;
    for (int i = 0; i < 15000; i++) {
      all_files++;
      memcpy(bytes, g->bytes, g->size);
      uint32_t all = (uint32_t)(g->size / 4);
      /* One most often: of two faults the smallest archive may meet the other one first. */
      uint32_t at = random_below(&random, random_below(&random, 2) && all > 256 ? 256 : all), word;
      memcpy(&word, bytes + 4 * at, 4);
      switch (random_below(&random, 4)) {
        case 0: word ^= 1u << random_below(&random, 32); break;
        case 1: word = words[random_below(&random, COUNT(words))]; break;
        case 2: word += random_below(&random, 2) ? 1u : 0xFFFFFFFFu; break;
        default: word = (uint32_t)random_bits(&random);
      }
      memcpy(bytes + 4 * at, &word, 4);
      sign_model(bytes, g->size);
      int32_t status = compare(bytes, g->size, 2, &random);
      opened += status == PICKET_OK;
      not_built_in += status == PICKET_E_NOT_BUILT_IN;
      refused += status != PICKET_OK && status != PICKET_E_NOT_BUILT_IN;
    }
    guard_free(&memory);
  }
  expect(opened > all_files / 10 && refused > all_files / 10 && not_built_in > all_files / 10000,
         "%zu opened, %zu refused, %zu not built in", opened, refused, not_built_in);
}

static void thresholds_are_those_of_the_whole_archive(void **state) {
  (void)state;
  for (size_t m = 0; m < COUNT(minimal_models); m++) {
    golden *g = golden_named(minimal_models[m]);
    picket_model model;
    assert_int_equal(picket_open(&model, g->bytes, g->size, NULL), PICKET_OK);
    for (float rate = 1e-6f; rate < 1; rate *= 1.3f) {
      float got = 7, wanted = 7;
      assert_int_equal(picket_threshold(&model, rate, &got),
                       full_picket_threshold(&g->model, rate, &wanted));
      assert_memory_equal(&got, &wanted, sizeof got);
    }
  }
}

static void records_that_cannot_be_scored_are_refused(void **state) {
  (void)state;
  static unsigned char memory[PICKET_SCRATCH_MAX];
  const float bad[] = {NAN, INFINITY, -INFINITY, 0.5f, -0.5f, -2, 3e38f, 1e9f, 1023, 16777216};
  size_t refused = 0;
  for (size_t m = 0; m < COUNT(minimal_models); m++) {
    golden *g = golden_named(minimal_models[m]);
    picket_model model;
    assert_int_equal(picket_open(&model, g->bytes, g->size, NULL), PICKET_OK);
    for (size_t field = 0; field < g->fields; field++)
      for (size_t b = 0; b < COUNT(bad); b++) {
        float record[PICKET_MAX_FIELDS];
        picket_result got = {-7, -7, 7}, wanted = got;
        memcpy(record, record_at(g, 0), g->fields * sizeof *record);
        record[field] = bad[b];
        int32_t status = picket_score(&model, record, memory, sizeof memory, &got);
        assert_int_equal(status,
                         full_picket_score(&g->model, record, memory, sizeof memory, &wanted));
        assert_true(got.flags == wanted.flags && agrees(got.score, wanted.score));
        refused += status != PICKET_OK;
      }
  }
  expect(refused > 50, "%zu refused", refused);
}

static void arguments_are_looked_at(void **state) {
  (void)state;
  static unsigned char memory[PICKET_SCRATCH_MAX + 3];
  golden *g = golden_named(minimal_models[0]);
  const float *record = record_at(g, 0);
  picket_model model = {{0}};
  picket_result result, moved;
  picket_info info, whole;
  float number;
  assert_int_equal(picket_score(&model, record, memory, 0, &result), PICKET_E_MODEL);
  assert_int_equal(picket_model_info(&model, &info), PICKET_E_MODEL);
  assert_int_equal(picket_threshold(&model, 0.1f, &number), PICKET_E_MODEL);
  assert_int_equal(picket_scratch_size(&model), 0);
  assert_int_equal(picket_open(&model, NULL, 64, NULL), PICKET_E_ARGUMENT);
  assert_int_equal(picket_open(&model, g->bytes, g->size, NULL), PICKET_OK);
  size_t need = picket_scratch_size(&model);
  assert_true(need <= full_picket_scratch_size(&g->model));
  assert_int_equal(picket_score(&model, record, memory, need - 1, &result), PICKET_E_SCRATCH);
  assert_int_equal(picket_score(&model, NULL, memory, need, &result), PICKET_E_ARGUMENT);
  assert_int_equal(picket_score(&model, record, NULL, need, &result), PICKET_E_ARGUMENT);
  assert_int_equal(picket_score(&model, record, memory, need, NULL), PICKET_E_ARGUMENT);
  assert_int_equal(picket_score(&model, record, memory, need, &result), PICKET_OK);
  for (int i = 1; i < 4; i++) {
    assert_int_equal(picket_score(&model, record, memory + i, need, &moved), PICKET_OK);
    assert_memory_equal(&result, &moved, sizeof result);
  }
  assert_int_equal(picket_model_info(&model, &info), PICKET_OK);
  assert_int_equal(full_picket_model_info(&g->model, &whole), PICKET_OK);
  whole.scratch_bytes = need;
  assert_memory_equal(&info, &whole, sizeof info);
  assert_int_equal(picket_version(), PICKET_VERSION);
  assert_int_equal(picket_abi_version(), PICKET_ABI_VERSION);
  assert_int_equal(picket_format_version(), PICKET_FORMAT_VERSION);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(golden_models_are_scored_or_refused),
      cmocka_unit_test(malformed_models_are_refused_where_they_are_read),
      cmocka_unit_test(mutations_are_judged_as_by_the_whole_archive),
      cmocka_unit_test(thresholds_are_those_of_the_whole_archive),
      cmocka_unit_test(records_that_cannot_be_scored_are_refused),
      cmocka_unit_test(arguments_are_looked_at),
  };
  return _cmocka_run_group_tests("minimal", tests, COUNT(tests), load_goldens, free_goldens) != 0;
}
