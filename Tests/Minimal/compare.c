#include "minimal.h"

#include <math.h>

int agrees(double got, double wanted) { return fabs(got - wanted) <= 1e-6 * fabs(wanted); }

/* A legal record of a model whose names may be anything. */
static void fill(const unsigned char *bytes, uint32_t fields, uint64_t *random, float *record) {
  uint32_t at;
  memcpy(&at, bytes + 64 + 16 * 2 + 4, 4); /* the section of fields, the third */
  for (uint32_t i = 0; i < fields; i++) {
    uint32_t kind, categories, bits = (uint32_t)random_bits(random);
    memcpy(&kind, bytes + at + 16 * i + 4, 4);
    memcpy(&categories, bytes + at + 16 * i + 12, 4);
    memcpy(&record[i], &bits, 4);
    if (kind == PICKET_SYMBOLIC)
      record[i] = (float)random_below(random, categories + 1) - 1;
    else if (!isfinite(record[i]) || random_below(random, 4))
      record[i] = random_between(random, -10, 10);
  }
}

static void compare_scores(const picket_model *model, const picket_model *full,
                           const unsigned char *bytes, int rounds, uint64_t *random) {
  static unsigned char memory[PICKET_SCRATCH_MAX];
  float record[PICKET_MAX_FIELDS];
  picket_info info;
  assert_int_equal(picket_model_info(model, &info), PICKET_OK);
  size_t need = picket_scratch_size(model);
  guarded scratch = guard_new(need);
  for (int i = 0; i < rounds; i++) {
    picket_result got = {-7, -7, 7}, wanted;
    fill(bytes, info.field_count, random, record);
    int32_t status = picket_score(model, record, scratch.end - need, need, &got);
    if (status == PICKET_OK)
      expect(isfinite(got.score) && got.p_value > 0 && got.p_value <= 1, "score %g, p-value %g",
             got.score, got.p_value);
    else
      expect(status == PICKET_E_OVERFLOW && got.score == -7 && got.flags == 7, "status %d",
             (int)status);
    if (!full) continue;
    int32_t other = full_picket_score(full, record, memory, sizeof memory, &wanted);
    expect(status == other, "status %d, of the whole archive %d", (int)status, (int)other);
    if (status != PICKET_OK) continue;
    expect(agrees(got.score, wanted.score) && got.flags == wanted.flags,
           "score %.9g and flags %u, of the whole archive %.9g and %u", got.score,
           (unsigned)got.flags, wanted.score, (unsigned)wanted.flags);
    float p;
    assert_int_equal(picket_p_value(model, got.score, &p), PICKET_OK);
    assert_memory_equal(&p, &got.p_value, sizeof p);
    assert_int_equal(full_picket_p_value(full, got.score, &p), PICKET_OK);
    assert_memory_equal(&p, &got.p_value, sizeof p);
  }
  guard_free(&scratch);
}

int32_t compare(const unsigned char *bytes, size_t size, int rounds, uint64_t *random) {
  picket_model model, full;
  uint32_t check = 0, other_check = 0;
  int32_t status = picket_open(&model, bytes, size, &check);
  int32_t other = full_picket_open(&full, bytes, size, &other_check);
  if (status == PICKET_E_NOT_BUILT_IN)
    expect(check == 17 || check == 31 || check == 38, "not built in at check %u", (unsigned)check);
  else if (!is_unread(other_check))
    expect(status == other && check == other_check, "status %d at check %u, should be %d at %u",
           (int)status, (unsigned)check, (int)other, (unsigned)other_check);
  if (status == PICKET_OK)
    compare_scores(&model, other == PICKET_OK ? &full : NULL, bytes, rounds, random);
  return status;
}
