/* The same results as coexist.swift, from C alone.
 *
 *   coexist MODEL RECORDS.csv */
#include <picket.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv) {
  static union {
    uint64_t align;
    unsigned char bytes[1 << 20];
  } file;
  static unsigned char scratch[PICKET_SCRATCH_MAX];
  FILE *model_file = argc == 3 ? fopen(argv[1], "rb") : NULL;
  FILE *records = argc == 3 ? fopen(argv[2], "r") : NULL;
  if (!model_file || !records) return 1;
  size_t size = fread(file.bytes, 1, sizeof file.bytes, model_file);
  picket_model model;
  if (picket_open(&model, file.bytes, size, NULL) != PICKET_OK) return 1;
  char line[65536];
  while (fgets(line, sizeof line, records)) {
    float record[PICKET_MAX_FIELDS];
    size_t count = 0;
    for (char *cell = line; cell; cell = strchr(cell, ','))
      record[count++] = strtof(cell + (*cell == ','), &cell);
    picket_result result = {0, 0, 0};
    uint32_t bits[2];
    int32_t status = picket_score(&model, record, scratch, sizeof scratch, &result);
    memcpy(bits, &result, sizeof bits);
    printf("%d %08x %08x %u\n", (int)status, (unsigned)bits[0], (unsigned)bits[1],
           (unsigned)result.flags);
  }
  return 0;
}
