/* What the library says about many files, for agree.py; with "lines", see lines() below. Reads cases
 * from standard input: a u32 size, that many bytes, and two records of PICKET_MAX_FIELDS floats.
 * Prints a line for each case: status and check, and for each record of a model that opened: status,
 * score, flags. */
#include <picket.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RECORDS = 2 };

/* What it says of lines of text, for agree_lines.py. Reads a model like main, then cases: a u32
 * length, a byte that separates cells, and the line. Prints status, bad field and the floats' bits. */
static int lines(void) {
  static float record[PICKET_MAX_FIELDS];
  picket_model model;
  picket_info info;
  uint32_t size, bits;
  if (fread(&size, sizeof size, 1, stdin) != 1) return 1;
  unsigned char *file = malloc(size);
  if (!file || fread(file, size, 1, stdin) != 1) return 1;
  if (picket_open(&model, file, size, NULL) != PICKET_OK) return 1;
  if (picket_model_info(&model, &info) != PICKET_OK) return 1;
  while (fread(&size, sizeof size, 1, stdin) == 1) {
    char delimiter, *line = malloc(size ? size : 1);
    size_t bad_field = 0;
    if (!line || fread(&delimiter, 1, 1, stdin) != 1) return 1;
    if (size && fread(line, size, 1, stdin) != 1) return 1;
    int32_t status = picket_record_parse(&model, line, size, delimiter, record, &bad_field);
    printf("%d %u", (int)status, (unsigned)bad_field);
    for (uint32_t i = 0; status == PICKET_OK && i < info.field_count; i++) {
      memcpy(&bits, record + i, sizeof bits);
      printf(" %08x", (unsigned)bits);
    }
    printf("\n");
    free(line);
  }
  free(file);
  return 0;
}

int main(int count, char **arguments) {
  if (count > 1 && strcmp(arguments[1], "lines") == 0) return lines();
  static unsigned char scratch[PICKET_SCRATCH_MAX];
  static float records[RECORDS * PICKET_MAX_FIELDS];
  uint32_t size;
  while (fread(&size, sizeof size, 1, stdin) == 1) {
    /* malloc with the exact size, so that AddressSanitizer sees both ends */
    unsigned char *bytes = malloc(size ? size : 1);
    picket_model model;
    uint32_t check = 0;
    if (!bytes || (size && fread(bytes, size, 1, stdin) != 1)) return 1;
    if (fread(records, sizeof records, 1, stdin) != 1) return 1;
    int32_t status = picket_open(&model, bytes, size, &check);
    printf("%d %u", (int)status, (unsigned)check);
    for (int i = 0; status == PICKET_OK && i < RECORDS; i++) {
      picket_result result = {0, 0, 0};
      int32_t scored = picket_score(&model, records + i * PICKET_MAX_FIELDS, scratch,
                                    sizeof scratch, &result);
      printf(" %d %.9g %u", (int)scored, (double)result.score, (unsigned)result.flags);
    }
    printf("\n");
    free(bytes);
  }
  return 0;
}
