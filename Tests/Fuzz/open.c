/* Any bytes as a model. The input is the file. */
#include "fuzz.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static subject s;
  void *bytes = exact_copy(data, size);
  if (open_subject(&s, bytes, size) == PICKET_OK) {
    float *record = calloc(s.info.field_count, sizeof *record);
    if (!record) abort();
    check_record(&s, record);
    free(record);
    close_subject(&s);
  }
  free(bytes);
  return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed) {
  uint32_t state = seed;
  return mutate_model(data, size, max_size, &state, 0);
}
