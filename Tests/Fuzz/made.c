/* Any record under any model that opens. The input is a file, as long as it says it is, and behind
 * it the floats of a record; those that are missing are 0. */
#include "fuzz.h"

#include <stdlib.h>

/* How many bytes the file at the start of the input has. */
static size_t model_bytes(const uint8_t *data, size_t size) {
  uint32_t bytes = 0;
  if (size >= 64) memcpy(&bytes, data + 16, 4);
  return bytes <= size ? bytes : size;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static subject s;
  size_t length = model_bytes(data, size);
  void *bytes = exact_copy(data, length);
  if (open_subject(&s, bytes, length) == PICKET_OK) {
    size_t need = s.info.field_count * sizeof(float), given = size - length;
    float *record = calloc(s.info.field_count, sizeof *record);
    if (!record) abort();
    memcpy(record, data + length, given < need ? given : need);
    check_record(&s, record);
    free(record);
    close_subject(&s);
  }
  free(bytes);
  return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed) {
  uint32_t state = seed;
  size_t length = model_bytes(data, size);
  if (size - length >= 4 && next_random(&state) % 2 == 0) {
    mutate_float(data + length, (size - length) / 4, &state);
    return size;
  }
  return mutate_model(data, size, max_size, &state, 1);
}
