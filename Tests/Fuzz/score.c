/* Any record under the golden models. The input is the model's number, one byte, and behind it the
 * floats of the record; those that are missing are 0. */
#include "fuzz.h"

#include <stdlib.h>

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc, (void)argv;
  open_goldens();
  return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size == 0) return 0;
  const subject *s = &golden[data[0] % golden_count];
  size_t need = s->info.field_count * sizeof(float), given = size - 1;
  float *record = calloc(s->info.field_count, sizeof *record);
  if (!record) abort();
  memcpy(record, data + 1, given < need ? given : need);
  check_record(s, record);
  free(record);
  return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed) {
  uint32_t state = seed;
  if (size < 5 || next_random(&state) % 4 == 0) return LLVMFuzzerMutate(data, size, max_size);
  mutate_float(data + 1, (size - 1) / 4, &state);
  return size;
}
