/*
 * Scores and explains a record with a model in read-only memory: no file system, no heap.
 *
 *   picket export RUN --c-array model              writes model.c and model.h
 *   cc -I ../../include main.c model.c libpicket.a -lm -o rom
 *
 * On a board, replace put() by what sends bytes there.
 */
#include <picket.h>

#include "model.h"

#include <unistd.h>

/* Exactly what this model needs, known when the program is compiled. */
static unsigned char scratch[MODEL_EXPLAIN_SCRATCH_BYTES];
static float record[MODEL_FIELDS], contributions[MODEL_FIELDS];

static void put(const char *text) {
  size_t length = 0;
  while (text[length] != 0) length++;
  if (write(1, text, length) < 0) _exit(2);
}

/* A number with three decimals. A distilled model scores below 0 too; beyond 4 million, which 32 bits
 * do not hold in thousandths, it says so. */
static void put_number(float x) {
  char text[24];
  size_t at = sizeof text;
  if (x < 0) {
    put("-");
    x = -x;
  }
  if (!(x < 4e6f)) {
    put("4000000 or more");
    return;
  }
  unsigned long n = (unsigned long)(x * 1000.0f + 0.5f);
  text[--at] = 0;
  for (int digit = 0; digit < 4 || n > 0; digit++, n /= 10) {
    if (digit == 3) text[--at] = '.';
    text[--at] = (char)('0' + n % 10);
  }
  put(text + at);
}

int main(void) {
  picket_model opened;
  picket_field field;
  picket_result result;
  int32_t status = picket_open(&opened, model, sizeof model, NULL);
  /* A record in the middle of what training saw, category 0 where a field is symbolic. */
  for (size_t i = 0; status == PICKET_OK && i < MODEL_FIELDS; i++) {
    status = picket_field_info(&opened, i, &field);
    if (status == PICKET_OK) record[i] = field.minimum * 0.5f + field.maximum * 0.5f;
  }
  if (status == PICKET_OK)
    status = picket_explain(&opened, record, scratch, sizeof scratch, contributions, &result);
  if (status != PICKET_OK) {
    put(picket_status_text(status));
    put("\n");
    return 1;
  }
  size_t most = 0;
  for (size_t i = 1; i < MODEL_FIELDS; i++)
    if (contributions[i] > contributions[most]) most = i;
  picket_field_info(&opened, most, &field);
  put("score ");
  put_number(result.score);
  put(", most of it from ");
  put(field.name);
  put("\n");
  return 0;
}
