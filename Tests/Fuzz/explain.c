/* Any record scored and explained under the golden models. The input is that of score.c. */
#include "fuzz.h"

#include <stdlib.h>

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc, (void)argv;
  open_goldens();
  return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  float *record;
  const subject *s = golden_record(data, size, &record);
  if (!s) return 0;
  check_record(s, record);
  free(record);
  return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed) {
  return mutate_golden_record(data, size, max_size, seed);
}
