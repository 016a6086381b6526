/* Scores the first 200 records of a text file a number of times, and prints how many there are.
 * Usage: score_often MODEL RECORDS TIMES */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <picket.h>

enum { MOST_RECORDS = 200, LINE = 4096, FILE_BYTES = 1 << 20 };

static uint64_t model_bytes[FILE_BYTES / 8];
static float records[MOST_RECORDS][PICKET_MAX_FIELDS];
static uint64_t scratch[PICKET_SCRATCH_MAX / 8 + 1];

static void stop(const char *what) {
  fprintf(stderr, "score_often: %s\n", what);
  exit(1);
}

static picket_model open_model(const char *path) {
  picket_model model;
  FILE *file = fopen(path, "rb");
  if (!file) stop("cannot read the model");
  size_t size = fread(model_bytes, 1, sizeof model_bytes, file);
  fclose(file);
  int32_t status = picket_open(&model, model_bytes, size, NULL);
  if (status != PICKET_OK) stop(picket_status_text(status));
  return model;
}

static size_t read_records(const picket_model *model, const char *path) {
  char line[LINE];
  size_t count = 0;
  FILE *file = fopen(path, "r");
  if (!file) stop("cannot read the records");
  while (count < MOST_RECORDS && fgets(line, sizeof line, file)) {
    if (picket_record_parse(model, line, strcspn(line, "\n"), ',', records[count], NULL) == PICKET_OK)
      count++;
  }
  fclose(file);
  return count;
}

int main(int argc, char **argv) {
  if (argc != 4) stop("usage: score_often MODEL RECORDS TIMES");
  picket_model model = open_model(argv[1]);
  size_t count = read_records(&model, argv[2]);
  picket_result result;
  for (int time = 0; time < atoi(argv[3]); time++)
    for (size_t i = 0; i < count; i++) {
      int32_t status = picket_score(&model, records[i], scratch, sizeof scratch, &result);
      if (status != PICKET_OK) stop(picket_status_text(status));
    }
  printf("%zu\n", count);
  return 0;
}
