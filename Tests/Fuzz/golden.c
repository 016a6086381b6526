/* The golden models, for the targets that score under models that somebody trained. */
#include "fuzz.h"

#include "../Shared/models.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

subject golden[128];
size_t golden_count;

static int is_model(const struct dirent *entry) {
  const char *suffix = strrchr(entry->d_name, '.');
  return suffix && strcmp(suffix, ".picket") == 0;
}

/* Opens a model anew with a typical record, all zeros, without which a distance has no explanation. */
static void compare_with_typical(subject *s, unsigned char *bytes, size_t size) {
  static const float typical[PICKET_MAX_FIELDS];
  const size_t fields = s->info.field_count;
  if (!add_typical(bytes, size, typical, fields)) return;
  size = size_with_typical(size, fields);
  close_subject(s);
  int32_t status = open_subject(s, exact_copy(bytes, size), size);
  PROMISE(status == PICKET_OK, "with a typical record: %d", (int)status);
}

void open_goldens(void) {
  struct dirent **entry;
  int count = scandir(GOLDEN_DIR, &entry, is_model, alphasort);
  for (int i = 0; i < count; i++) {
    static unsigned char bytes[1 << 20];
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", GOLDEN_DIR, entry[i]->d_name);
    FILE *file = fopen(path, "rb");
    if (!file) abort();
    size_t size = fread(bytes, 1, sizeof bytes / 2, file);
    fclose(file);
    free(entry[i]);
    PROMISE(golden_count < COUNT(golden), "more golden models than %zu", COUNT(golden));
    subject *s = &golden[golden_count];
    int32_t status = open_subject(s, exact_copy(bytes, size), size);
    if (status == PICKET_OK) {
      golden_count++;
      compare_with_typical(s, bytes, size);
    } else PROMISE(status == PICKET_E_BYTE_ORDER, "%s: status %d", path, (int)status);
  }
  if (golden_count == 0) {
    fprintf(stderr, "no golden models in %s\n", GOLDEN_DIR);
    abort();
  }
  free(entry);
}

const subject *golden_record(const uint8_t *data, size_t size, float **record) {
  if (size == 0) return NULL;
  const subject *s = &golden[data[0] % golden_count];
  size_t need = s->info.field_count * sizeof(float), given = size - 1;
  *record = calloc(s->info.field_count, sizeof **record);
  if (!*record) abort();
  memcpy(*record, data + 1, given < need ? given : need);
  return s;
}

size_t mutate_golden_record(uint8_t *data, size_t size, size_t max_size, unsigned seed) {
  uint32_t state = seed;
  if (size < 5 || next_random(&state) % 4 == 0) return LLVMFuzzerMutate(data, size, max_size);
  mutate_float(data + 1, (size - 1) / 4, &state);
  return size;
}
