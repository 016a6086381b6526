#include "checks.h"
#include "support.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Small models that together have every part: categories, planes, binary16, decoders. */
static const char *const bases[] = {"smallest", "vae-kl-f16", "half-edges", "optional-sections"};
static const uint32_t interesting[] = {
    0,          1,          2,          3,          15,         16,         17,
    63,         64,         0x7F,       0x80,       0xFF,       0x100,      2048,
    2049,       0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x7F800000, 0xFF800000, 0x7FC00000,
    0x3F800000, 0xBF800000, 0x00000001, 0x7F7FFFFF, 0x80000001, 0xFFFFFFC0, 0x0A0B0C0D};

static void mutate(unsigned char *data, size_t size, uint64_t *random) {
  uint32_t words = (uint32_t)(size / 4);
  for (uint32_t left = 1 + random_below(random, 3); left > 0; left--) {
    /* Half of them in the header, the table and the sections behind it. */
    uint32_t near = random_below(random, 2) && words > 96 ? 96 : words;
    uint32_t word = random_below(random, near), value;
    memcpy(&value, data + 4 * word, 4);
    switch (random_below(random, 5)) {
      case 0: value ^= 1u << random_below(random, 32); break;
      case 1: value = interesting[random_below(random, COUNT(interesting))]; break;
      case 2: value += random_below(random, 2) ? 1u : 0xFFFFFFFFu; break;
      case 3: value = (uint32_t)random_bits(random); break;
      default: memcpy(&value, data + 4 * random_below(random, words), 4); break;
    }
    memcpy(data + 4 * word, &value, 4);
  }
}

/* Scores, explains and counts a legal record under a model that was changed and still opens. */
static void score_it(const picket_model *model, bytes scratch, uint64_t *random) {
  picket_info info;
  int32_t status = picket_model_info(model, &info);
  expect(status == PICKET_OK && info.field_count <= PICKET_MAX_FIELDS &&
             info.scratch_bytes <= PICKET_SCRATCH_MAX && info.scratch_bytes <= scratch.size,
         "an open model with %u fields, %lu bytes of scratch", (unsigned)info.field_count,
         (unsigned long)info.scratch_bytes);
  float record[PICKET_MAX_FIELDS];
  for (uint32_t i = 0; i < info.field_count; i++) {
    picket_field field;
    expect(picket_field_info(model, i, &field) == PICKET_OK, "field %u", (unsigned)i);
    uint32_t bits = (uint32_t)random_bits(random);
    memcpy(&record[i], &bits, 4);
    if (field.kind == PICKET_SYMBOLIC)
      record[i] = (float)random_below(random, field.category_count + 1) - 1;
    else if (!isfinite(record[i]))
      record[i] = field.minimum;
  }
  picket_result result = {-7, -7, 7};
  /* The last bytes before the memory that traps. */
  unsigned char *end = scratch.data + scratch.size - info.scratch_bytes;
  status = picket_score(model, record, end, info.scratch_bytes, &result);
  if (status == PICKET_OK)
    expect(isfinite(result.score) && result.p_value > 0 && result.p_value <= 1,
           "score %g, p-value %g", result.score, result.p_value);
  else
    expect(status == PICKET_E_OVERFLOW && result.score == -7 && result.flags == 7,
           "status %d of a legal record", (int)status);
  size_t need = picket_explain_scratch_size(model);
  expect(need > 0 && need <= scratch.size, "%lu bytes to explain", (unsigned long)need);
  float contributions[PICKET_MAX_FIELDS];
  int32_t explained = picket_explain(model, record, scratch.data + scratch.size - need, need,
                                     contributions, NULL);
  expect(explained == status || explained == PICKET_E_OVERFLOW || explained == PICKET_E_UNSUPPORTED,
         "status %d of an explanation, %d of the score", (int)explained, (int)status);
  picket_drift drift;
  picket_drift_figures figures;
  int32_t monitored = picket_drift_init(&drift, model);
  expect(monitored == PICKET_OK || monitored == PICKET_E_UNSUPPORTED, "status %d of a monitor",
         (int)monitored);
  if (monitored == PICKET_OK)
    expect((status != PICKET_OK || picket_drift_add(&drift, result.score) == PICKET_OK) &&
               picket_drift_report(&drift, &figures) == PICKET_OK && figures.p_value >= 0 &&
               figures.p_value <= 1,
           "a monitor's p-value is %g", figures.p_value);
}

mutations check_mutations(const char *folder, unsigned long count, uint64_t seed) {
  mutations seen = {0, 0, 0xCBF29CE484222325u};
  unsigned char hit[64] = {0};
  bytes scratch = guard_new((PICKET_EXPLAIN_SCRATCH_MAX + 7) / 8 * 8);
  for (size_t b = 0; b < COUNT(bases); b++) {
    char name[64];
    snprintf(name, sizeof name, "%s.picket", bases[b]);
    bytes base = read_file(folder, name, 0, 0, 0), file = guard_new(base.size);
    unsigned long from = count * b / COUNT(bases), to = count * (b + 1) / COUNT(bases);
    for (unsigned long i = from; i < to; i++) {
      uint64_t random = seed + i;
      memcpy(file.data, base.data, base.size);
      mutate(file.data, file.size, &random);
      /* One in sixteen keeps its old checksum; the others reach the checks behind it. */
      if (random_below(&random, 16) != 0) sign_model(file.data, file.size);
      picket_model model;
      uint32_t check = 0;
      int32_t status = picket_open(&model, file.data, file.size, &check);
      expect(status == PICKET_OK ? check == 0 : status < 0 && check >= 2 && check <= 58,
             "mutation %lu: status %d, check %u", i, (int)status, (unsigned)check);
      seen.digest = (seen.digest ^ (uint32_t)status ^ (uint64_t)check << 32) * 0x100000001B3u;
      if (status == PICKET_OK) {
        seen.opened++;
        score_it(&model, scratch, &random);
      } else if (check < sizeof hit && !hit[check]) {
        hit[check] = 1;
        seen.checks++;
      }
    }
    guard_free(file);
    guard_free(base);
  }
  guard_free(scratch);
  return seen;
}
