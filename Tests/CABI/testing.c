#define _GNU_SOURCE
#include "testing.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

golden goldens[128];
size_t golden_count;

/* ---- Files ---- */

unsigned char *read_file(const char *folder, const char *name, size_t extra, size_t *size) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "rb");
  if (!file) return NULL;
  fseek(file, 0, SEEK_END);
  size_t length = (size_t)ftell(file);
  rewind(file);
  void *bytes = NULL;
  if (posix_memalign(&bytes, 64, length + extra + 1) != 0) abort();
  *size = fread(bytes, 1, length, file);
  fclose(file);
  if (*size != length) abort();
  memset((unsigned char *)bytes + length, 0, extra + 1);
  return bytes;
}

/* ---- Golden models ---- */

unsigned char *copy_of(const golden *g, size_t extra) {
  void *bytes = NULL;
  if (posix_memalign(&bytes, 64, g->size + extra) != 0) abort();
  memset(bytes, 0, g->size + extra);
  return memcpy(bytes, g->bytes, g->size);
}

static void load_records(golden *g) {
  char name[80];
  size_t size;
  snprintf(name, sizeof name, "%s.records.csv", g->name);
  char *text = (char *)read_file(g->folder, name, 0, &size), *at = text;
  for (char *c = text; *c && *c != '\n'; c++) g->fields += *c == ',';
  g->fields += 1;
  for (char *c = text; *c; c++) g->records += *c == '\n';
  g->record = calloc(g->records * g->fields, sizeof *g->record);
  g->want = calloc(g->records, sizeof *g->want);
  char *cells[PICKET_MAX_FIELDS];
  for (size_t i = 0; i < g->records; i++) {
    size_t count = split(next_line(&at), cells, COUNT(cells));
    if (count != g->fields) abort();
    for (size_t j = 0; j < count; j++) g->record[i * g->fields + j] = strtof(cells[j], NULL);
  }
  free(text);
  snprintf(name, sizeof name, "%s.scores.csv", g->name);
  text = at = (char *)read_file(g->folder, name, 0, &size);
  next_line(&at);
  for (size_t i = 0; i < g->records; i++) {
    if (split(next_line(&at), cells, COUNT(cells)) != 4) abort();
    g->want[i].status = status_named(cells[0]);
    g->want[i].score = strtod(cells[1], NULL);
    g->want[i].p_value = strtod(cells[2], NULL);
    g->want[i].flags = (uint32_t)strtoul(cells[3], NULL, 10);
  }
  free(text);
}

static int load_folder(const char *folder) {
  size_t size;
  char *manifest = (char *)read_file(folder, "MANIFEST.csv", 0, &size), *at = manifest, *line;
  if (!manifest) {
    print_error("there is no %s/MANIFEST.csv\n", folder);
    return -1;
  }
  next_line(&at);
  while ((line = next_line(&at))) {
    char *cells[2], name[80];
    if (split(line, cells, 2) != 2 || golden_count == COUNT(goldens)) abort();
    golden *g = &goldens[golden_count++];
    memset(g, 0, sizeof *g);
    snprintf(g->name, sizeof g->name, "%s", cells[0]);
    g->folder = folder;
    g->native = is_big_endian() == (strcmp(cells[1], "big") == 0);
    snprintf(name, sizeof name, "%s.picket", g->name);
    g->bytes = read_file(folder, name, 0, &g->size);
    if (!g->bytes) abort();
    load_records(g);
    uint32_t check = 0;
    int32_t status = g->native ? picket_open(&g->model, g->bytes, g->size, &check) : PICKET_OK;
    if (status != PICKET_OK) {
      print_error("%s is refused: %d, check %u\n", g->name, (int)status, (unsigned)check);
      return -1;
    }
  }
  free(manifest);
  return 0;
}

int load_goldens(void **state) {
  (void)state;
  golden_count = 0;
  return load_folder(EXPORT_DIR "/golden") || load_folder(LARGE_DIR);
}

int free_goldens(void **state) {
  (void)state;
  for (size_t i = 0; i < golden_count; i++) {
    free(goldens[i].bytes);
    free(goldens[i].record);
    free(goldens[i].want);
  }
  golden_count = 0;
  return 0;
}

golden *golden_named(const char *name) {
  for (size_t i = 0; i < golden_count; i++)
    if (strcmp(goldens[i].name, name) == 0) return &goldens[i];
  print_error("no golden model is called %s\n", name);
  abort();
}

const float *record_at(const golden *g, size_t index) { return g->record + index * g->fields; }

/* ---- Memory whose ends trap ---- */

guarded guard_new(size_t bytes) {
  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  size_t inside = (bytes + page - 1) / page * page;
  unsigned char *all = mmap(NULL, inside + 2 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (all == MAP_FAILED) abort();
  if (mprotect(all + page, inside, PROT_READ | PROT_WRITE) != 0) abort();
  return (guarded){all + page, all + page + inside};
}

void guard_read_only(const guarded *memory) {
  if (mprotect(memory->start, (size_t)(memory->end - memory->start), PROT_READ) != 0) abort();
}

void guard_free(guarded *memory) {
  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  munmap(memory->start - page, (size_t)(memory->end - memory->start) + 2 * page);
}

/* ---- Random records ---- */

float random_between(uint64_t *state, float low, float high) {
  float share = (float)(random_bits(state) >> 40) / (float)(1 << 24);
  return low + (high - low) * share;
}

void random_record(const picket_model *model, uint64_t *state, float *record) {
  picket_info info;
  picket_field field;
  assert_int_equal(picket_model_info(model, &info), PICKET_OK);
  for (size_t i = 0; i < info.field_count; i++) {
    assert_int_equal(picket_field_info(model, i, &field), PICKET_OK);
    if (field.kind == PICKET_SYMBOLIC) {
      uint32_t index = random_below(state, field.category_count + 1);
      record[i] = index == field.category_count ? PICKET_UNKNOWN : (float)index;
    } else {
      uint32_t bits = (uint32_t)random_bits(state);
      memcpy(&record[i], &bits, 4);
      if (!isfinite(record[i]) || random_below(state, 4) != 0)
        record[i] = random_between(state, -10, 10);
    }
  }
}

void exercise(const picket_model *model, uint64_t *state) {
  static unsigned char scratch[PICKET_SCRATCH_MAX];
  static float record[PICKET_MAX_FIELDS], parsed[PICKET_MAX_FIELDS];
  picket_info info;
  assert_int_equal(picket_model_info(model, &info), PICKET_OK);
  expect(info.scratch_bytes <= sizeof scratch, "%zu bytes of scratch", info.scratch_bytes);
  assert_int_equal(picket_scratch_size(model), info.scratch_bytes);
  expect(strlen(info.provenance) < PICKET_MAX_PROVENANCE, "provenance");
  for (size_t i = 0; i < info.field_count; i++) {
    picket_field field;
    size_t index;
    assert_int_equal(picket_field_info(model, i, &field), PICKET_OK);
    assert_int_equal(picket_field_index(model, field.name, &index), PICKET_OK);
    assert_int_equal(index, i);
    for (size_t j = 0; j < field.category_count; j++) {
      const char *name;
      float value;
      assert_int_equal(picket_category_name(model, i, j, &name), PICKET_OK);
      assert_int_equal(picket_category_index(model, i, name, &value), PICKET_OK);
      assert_true(value == (float)j);
    }
  }
  picket_result result, again;
  for (int round = 0; round < 3; round++) {
    random_record(model, state, record);
    size_t scored = 7;
    int32_t status = picket_score(model, record, scratch, info.scratch_bytes, &result);
    int32_t batch = picket_score_batch(model, record, info.field_count, 1, scratch,
                                       info.scratch_bytes, &again, &scored);
    assert_int_equal(status, batch);
    if (status == PICKET_OK) {
      assert_int_equal(scored, 1);
      assert_memory_equal(&result, &again, sizeof result);
      expect(isfinite(result.score), "a score of %g", result.score);
      expect(result.p_value > 0 && result.p_value <= 1, "a p-value of %g", result.p_value);
    } else {
      expect(status == PICKET_E_OVERFLOW, "status %d of a legal record", (int)status);
      assert_int_equal(scored, 0);
    }
  }
  float threshold, p;
  assert_int_equal(picket_p_value(model, random_between(state, -100, 100), &p), PICKET_OK);
  expect(p > 0 && p <= 1, "a p-value of %g", p);
  int32_t status = picket_threshold(model, random_between(state, 1e-6f, 0.999f), &threshold);
  expect(status == PICKET_OK || status == PICKET_E_BUDGET, "status %d", (int)status);
  if (status == PICKET_OK) expect(isfinite(threshold), "a threshold of %g", threshold);
  size_t bad;
  status = picket_record_parse(model, "1,x,\"y\",-2.5e1,0", 16, ',', parsed, &bad);
  expect(status == PICKET_OK || (status == PICKET_E_PARSE && bad < info.field_count), "status %d",
         (int)status);
}
