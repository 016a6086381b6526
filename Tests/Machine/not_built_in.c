/* An archive that was built without something says so of a model that needs it, and opens others.
 * Usage: not_built_in MODEL_WITH MODEL_WITHOUT */
#include <picket.h>

#include <stdio.h>

static int32_t opened(const char *path, uint32_t *check) {
  static uint64_t bytes[2048];
  picket_model model;
  FILE *file = fopen(path, "rb");
  if (!file) return 1;
  size_t size = fread(bytes, 1, sizeof bytes, file);
  fclose(file);
  *check = 0;
  return picket_open(&model, bytes, size, check);
}

int main(int count, char **paths) {
  uint32_t check, other;
  if (count != 3) return 2;
  int32_t with = opened(paths[1], &check), without = opened(paths[2], &other);
  if (with == PICKET_E_NOT_BUILT_IN && check == 38 && without == PICKET_OK) return 0;
  fprintf(stderr, "with what is left out: %d at check %u; without: %d at check %u\n", (int)with,
          (unsigned)check, (int)without, (unsigned)other);
  return 1;
}
