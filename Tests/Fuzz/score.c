/* Any record scored under the golden models. The input is the model's number, one byte, and behind
 * it the floats of the record; those that are missing are 0. */
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
  picket_result result;
  check_score(s, record, &result);
  free(record);
  return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed) {
  return mutate_golden_record(data, size, max_size, seed);
}
