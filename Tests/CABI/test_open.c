#include "testing.h"

#include <stdlib.h>

/* Opens bytes that must be refused: whatever is wrong, the model stays as it was. */
static int32_t refused(const void *bytes, size_t size, uint32_t *check) {
  static picket_model model;
  memset(&model, 0xA5, sizeof model);
  *check = 0xA5A5A5A5u;
  int32_t status = picket_open(&model, bytes, size, check);
  for (size_t i = 0; i < COUNT(model.private_words); i++)
    expect(model.private_words[i] == 0xA5A5A5A5A5A5A5A5u, "a failed open wrote word %zu", i);
  return status;
}

static void every_golden_file_of_this_byte_order_opens(void **state) {
  (void)state;
  size_t opened = 0;
  for (size_t i = 0; i < golden_count; i++) {
    golden *g = &goldens[i];
    uint32_t check = 77;
    picket_model model;
    if (!g->native) continue;
    int32_t status = picket_open(&model, g->bytes, g->size, &check);
    expect(status == PICKET_OK, "%s: status %d, check %u", g->name, (int)status, (unsigned)check);
    expect(check == 77, "%s: check was written on success", g->name);
    assert_int_equal(picket_open(&model, g->bytes, g->size, NULL), PICKET_OK);
    opened++;
  }
  expect(opened > 0, "no golden file is of this byte order");
}

static void a_golden_file_of_the_other_byte_order_is_refused(void **state) {
  (void)state;
  size_t others = 0;
  for (size_t i = 0; i < golden_count; i++) {
    uint32_t check;
    if (goldens[i].native) continue;
    assert_int_equal(refused(goldens[i].bytes, goldens[i].size, &check), PICKET_E_BYTE_ORDER);
    assert_int_equal(check, 4);
    others++;
  }
  expect(others > 0, "no golden file is of the other byte order");
}

static void every_malformed_file_fails_at_its_check(void **state) {
  (void)state;
  size_t size, files = 0, wrong = 0;
  const char *folder = EXPORT_DIR "/malformed";
  char *manifest = (char *)read_file(folder, "MANIFEST.csv", 0, &size), *at = manifest, *line;
  assert_non_null(manifest);
  next_line(&at);
  while ((line = next_line(&at))) {
    char *cells[6];
    assert_int_equal(split(line, cells, 6), 6);
    uint32_t wanted_check = (uint32_t)strtoul(cells[1], NULL, 10), check;
    int32_t wanted = status_named(cells[2]);
    size_t run_at = strtoul(cells[3], NULL, 10), run = strtoul(cells[4], NULL, 10);
    unsigned char *bytes = read_file(folder, cells[0], run, &size);
    assert_non_null(bytes);
    memmove(bytes + run_at + run, bytes + run_at, size - run_at);
    memset(bytes + run_at, atoi(cells[5]), run);
    if (is_big_endian() && wanted_check > 4) wanted_check = 4, wanted = PICKET_E_BYTE_ORDER;
    int32_t status = refused(bytes, size + run, &check);
    if (status != wanted || check != wanted_check) {
      print_error("%s: status %d at check %u, should be %d\n", cells[0], (int)status,
                  (unsigned)check, (int)wanted);
      wrong++;
    }
    assert_int_equal(refused(bytes, size + run, &check), status);
    assert_int_equal(picket_open(&(picket_model){{0}}, bytes, size + run, NULL), status);
    free(bytes);
    files++;
  }
  free(manifest);
  expect(files > 200, "only %zu malformed files", files);
  expect(wrong == 0, "%zu of %zu files", wrong, files);
}

static void every_truncation_is_refused(void **state) {
  (void)state;
  const char *names[] = {"smallest", "planes", "half-edges"};
  for (size_t i = 0; i < COUNT(names); i++) {
    golden *g = golden_named(names[i]);
    guarded memory = guard_new(g->size);
    for (size_t size = 0; size < g->size; size++) {
      uint32_t check;
      /* As near to the page without access as an address that is a multiple of 8 can be. */
      unsigned char *bytes = memory.end - (size + 7) / 8 * 8;
      memcpy(bytes, g->bytes, size);
      int32_t status = refused(bytes, size, &check);
      int32_t wanted =
          is_big_endian() && size >= 64 ? PICKET_E_BYTE_ORDER : PICKET_E_TRUNCATED;
      expect(status == wanted, "%s, %zu bytes: status %d", g->name, size, (int)status);
      if (wanted == PICKET_E_TRUNCATED) assert_int_equal(check, size < 64 ? 2 : 6);
    }
    guard_free(&memory);
  }
}

static void every_change_of_one_byte_is_refused(void **state) {
  (void)state;
  golden *g = golden_named("smallest");
  guarded memory = guard_new(g->size);
  unsigned char *bytes = memory.end - g->size;
  memcpy(bytes, g->bytes, g->size);
  for (size_t i = 0; i < g->size; i++) {
    for (unsigned mask = 1; mask < 256; mask++) {
      uint32_t check;
      bytes[i] ^= (unsigned char)mask;
      int32_t status = refused(bytes, g->size, &check);
      expect(status <= PICKET_E_TRUNCATED && status >= PICKET_E_UNSUPPORTED && check >= 2 &&
                 check <= 9,
             "byte %zu ^ %02x: status %d, check %u", i, mask, (int)status, (unsigned)check);
      bytes[i] ^= (unsigned char)mask;
    }
  }
  guard_free(&memory);
}

/* The checksum hides the deeper checks from a plain change, so these files are signed anew. */
static void a_signed_change_is_refused_or_gives_a_model_that_can_be_used(void **state) {
  (void)state;
  const unsigned char masks[] = {0x01, 0x80, 0xFF};
  uint64_t random = 1;
  size_t opened = 0, tried = 0;
  for (size_t n = 0; n < golden_count; n++) {
    golden *g = &goldens[n];
    if (!g->native || g->size > 4200) continue;
    guarded memory = guard_new(g->size);
    unsigned char *bytes = memory.end - g->size;
    for (size_t i = 0; i < g->size; i++) {
      for (size_t m = 0; m < COUNT(masks); m++) {
        uint32_t check = 0;
        picket_model model;
        memcpy(bytes, g->bytes, g->size);
        bytes[i] ^= masks[m];
        if (i < 20 || i > 23) sign_model(bytes, g->size);
        int32_t status = picket_open(&model, bytes, g->size, &check);
        tried++;
        if (status == PICKET_OK) {
          exercise(&model, &random);
          opened++;
        } else {
          expect(check >= 2 && check <= 60 && status >= PICKET_E_UNSUPPORTED,
                 "%s, byte %zu: status %d, check %u", g->name, i, (int)status, (unsigned)check);
        }
      }
    }
    guard_free(&memory);
  }
  expect(opened > 1000 && opened < tried - 1000, "%zu of %zu opened", opened, tried);
}

/* Words of a file replaced by numbers that arithmetic stumbles over. */
static void signed_random_words_are_refused_or_give_a_model_that_can_be_used(void **state) {
  (void)state;
  const uint32_t words[] = {0,          1,          2,          3,          15,         16,
                            63,         64,         255,        256,        1024,       1025,
                            2048,       2049,       65535,      65536,      0x7FFFFFFF, 0x80000000,
                            0xFFFFFFC0, 0xFFFFFFFF, 0x7F7FFFFF, 0x7F800000, 0x7FC00000, 0xFF7FFFFF};
  uint64_t random = 2;
  size_t opened = 0;
  for (int round = 0; round < 20000; round++) {
    golden *g = &goldens[random_below(&random, (uint32_t)golden_count)];
    if (!g->native || g->size > 8192) continue;
    guarded memory = {0};
    static unsigned char room[8192 + 64];
    unsigned char *bytes = room + (64 - (uintptr_t)room % 64) % 64;
    (void)memory;
    memcpy(bytes, g->bytes, g->size);
    for (uint32_t change = 1 + random_below(&random, 3); change > 0; change--) {
      uint32_t at = 24 + 4 * random_below(&random, (uint32_t)(g->size - 24) / 4);
      uint32_t word = words[random_below(&random, COUNT(words))];
      if (random_below(&random, 4) == 0) word = (uint32_t)random_bits(&random);
      memcpy(bytes + at, &word, 4);
    }
    sign_model(bytes, g->size);
    picket_model model;
    if (picket_open(&model, bytes, g->size, NULL) == PICKET_OK) {
      exercise(&model, &random);
      opened++;
    }
  }
  expect(opened > 100, "%zu opened", opened);
}

static void bytes_off_an_8_byte_boundary_are_refused(void **state) {
  (void)state;
  golden *g = golden_named("smallest");
  guarded memory = guard_new(g->size + 64);
  for (size_t offset = 1; offset < 64; offset++) {
    uint32_t check = 0;
    memcpy(memory.start + offset, g->bytes, g->size);
    if (offset % 8 == 0) {
      picket_model model;
      int32_t wanted = g->native ? PICKET_OK : PICKET_E_BYTE_ORDER;
      assert_int_equal(picket_open(&model, memory.start + offset, g->size, &check), wanted);
    } else {
      assert_int_equal(refused(memory.start + offset, g->size, &check), PICKET_E_ALIGNMENT);
      assert_int_equal(check, 1);
    }
  }
  guard_free(&memory);
}

static void null_pointers_are_refused(void **state) {
  (void)state;
  golden *g = golden_named("smallest");
  uint32_t check = 9;
  assert_int_equal(picket_open(NULL, g->bytes, g->size, &check), PICKET_E_ARGUMENT);
  assert_int_equal(check, 0);
  assert_int_equal(picket_open(NULL, g->bytes, g->size, NULL), PICKET_E_ARGUMENT);
  assert_int_equal(refused(NULL, 1, &check), PICKET_E_ARGUMENT);
  assert_int_equal(check, 0);
  assert_int_equal(refused(NULL, SIZE_MAX, &check), PICKET_E_ARGUMENT);
  assert_int_equal(refused(NULL, 0, &check), PICKET_E_TRUNCATED);
  assert_int_equal(check, 2);
}

static void more_bytes_than_the_file_are_refused(void **state) {
  (void)state;
  golden *g = golden_named("smallest");
  if (!g->native) return;
  guarded memory = guard_new(g->size + 4096);
  memcpy(memory.start, g->bytes, g->size);
  for (size_t more = 1; more <= 128; more++) {
    uint32_t check;
    assert_int_equal(refused(memory.start, g->size + more, &check), PICKET_E_LAYOUT);
    assert_int_equal(check, 7);
  }
  guard_free(&memory);
}

static void a_model_works_in_read_only_memory_and_as_a_copy(void **state) {
  (void)state;
  uint64_t random = 3;
  for (size_t i = 0; i < golden_count; i++) {
    golden *g = &goldens[i];
    if (!g->native) continue;
    guarded memory = guard_new(g->size);
    unsigned char *bytes = memory.end - g->size;
    memcpy(bytes, g->bytes, g->size);
    guard_read_only(&memory);
    picket_model model, copy;
    assert_int_equal(picket_open(&model, bytes, g->size, NULL), PICKET_OK);
    copy = model;
    memset(&model, 0, sizeof model);
    exercise(&copy, &random);
    guard_free(&memory);
  }
}

static void a_zeroed_model_is_refused_by_every_function(void **state) {
  (void)state;
  picket_model model;
  float numbers[PICKET_MAX_FIELDS] = {0}, value = 5;
  unsigned char scratch[64];
  picket_result result;
  picket_info info;
  picket_field field;
  size_t index = 5;
  const char *name = "kept";
  memset(&model, 0, sizeof model);
  assert_int_equal(picket_record_parse(&model, "1", 1, ',', numbers, &index), PICKET_E_MODEL);
  assert_int_equal(picket_threshold(&model, 0.5f, &value), PICKET_E_MODEL);
  assert_int_equal(picket_score(&model, numbers, scratch, sizeof scratch, &result), PICKET_E_MODEL);
  assert_int_equal(picket_scratch_size(&model), 0);
  assert_int_equal(picket_scratch_size(NULL), 0);
  assert_int_equal(picket_model_info(&model, &info), PICKET_E_MODEL);
  assert_int_equal(picket_field_info(&model, 0, &field), PICKET_E_MODEL);
  assert_int_equal(picket_field_index(&model, "x", &index), PICKET_E_MODEL);
  assert_int_equal(picket_category_index(&model, 0, "x", &value), PICKET_E_MODEL);
  assert_int_equal(picket_category_name(&model, 0, 0, &name), PICKET_E_MODEL);
  assert_int_equal(picket_score_batch(&model, numbers, 1, 1, scratch, sizeof scratch, &result,
                                      &index), PICKET_E_MODEL);
  assert_int_equal(picket_p_value(&model, 0, &value), PICKET_E_MODEL);
  assert_true(value == 5 && index == 5 && strcmp(name, "kept") == 0);
}

const struct CMUnitTest open_tests[] = {
    cmocka_unit_test(every_golden_file_of_this_byte_order_opens),
    cmocka_unit_test(a_golden_file_of_the_other_byte_order_is_refused),
    cmocka_unit_test(every_malformed_file_fails_at_its_check),
    cmocka_unit_test(every_truncation_is_refused),
    cmocka_unit_test(every_change_of_one_byte_is_refused),
    cmocka_unit_test(a_signed_change_is_refused_or_gives_a_model_that_can_be_used),
    cmocka_unit_test(signed_random_words_are_refused_or_give_a_model_that_can_be_used),
    cmocka_unit_test(bytes_off_an_8_byte_boundary_are_refused),
    cmocka_unit_test(null_pointers_are_refused),
    cmocka_unit_test(more_bytes_than_the_file_are_refused),
    cmocka_unit_test(a_model_works_in_read_only_memory_and_as_a_copy),
    cmocka_unit_test(a_zeroed_model_is_refused_by_every_function),
};
const size_t open_count = COUNT(open_tests);
