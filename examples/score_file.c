/*
 * Scores a file of connection records, one line of text each, and says which are alarms.
 *
 *   score_file MODEL RECORDS [RATE]        RATE: false-alarm budget, 0.001 if not given
 *
 * Reads RECORDS (or standard input for "-") line by line and writes, for each record,
 * line,score,p_value,flags,verdict. What it measured goes to standard error. Ends with 0, with 1 if something
 * cannot be read or written, with 2 if a record was refused, with 64 if the command line is wrong.
 *
 * Build:  cc -O2 -I include examples/score_file.c libpicket.a -o score_file
 */
#define _POSIX_C_SOURCE 200809L
#include <picket.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <time.h>

static unsigned char scratch[PICKET_SCRATCH_MAX];

static double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* The whole file in memory of its own, which malloc aligns well enough. */
static void *read_file(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  unsigned char *bytes = NULL;
  long length = -1;
  if (file && fseek(file, 0, SEEK_END) == 0) length = ftell(file);
  if (length > 0 && fseek(file, 0, SEEK_SET) == 0) bytes = malloc((size_t)length);
  if (bytes && fread(bytes, 1, (size_t)length, file) != (size_t)length) {
    free(bytes);
    bytes = NULL;
  }
  if (file) fclose(file);
  *size = bytes ? (size_t)length : 0;
  return bytes;
}

int main(int argc, char **argv) {
  if (argc < 3 || argc > 4) {
    fprintf(stderr, "usage: score_file MODEL RECORDS [RATE]\n");
    return 64;
  }
  size_t size;
  void *bytes = read_file(argv[1], &size);
  if (!bytes) {
    fprintf(stderr, "%s: cannot be read\n", argv[1]);
    return 1;
  }
  picket_model model;
  uint32_t check = 0;
  int32_t status = picket_open(&model, bytes, size, &check);
  if (status != PICKET_OK) {
    fprintf(stderr, "%s: %s (check %u of FORMAT.md)\n", argv[1], picket_status_text(status),
            (unsigned)check);
    return 1;
  }
  picket_info info;
  picket_model_info(&model, &info);
  float rate = 0.001f, threshold;
  if (argc > 3) {
    char *end;
    rate = strtof(argv[3], &end);
    if (end == argv[3] || *end != 0) {
      fprintf(stderr, "budget '%s': expected a number, such as 0.001\n", argv[3]);
      return 64;
    }
  }
  status = picket_threshold(&model, rate, &threshold);
  if (status != PICKET_OK) {
    fprintf(stderr, "budget %g: %s (smallest: %g)\n", (double)rate, picket_status_text(status),
            (double)info.smallest_budget);
    return 1;
  }
  FILE *records = strcmp(argv[2], "-") == 0 ? stdin : fopen(argv[2], "r");
  if (!records) {
    fprintf(stderr, "%s: cannot be read\n", argv[2]);
    return 1;
  }

  float record[PICKET_MAX_FIELDS];
  unsigned long number = 0, scored = 0, refused = 0, alarms = 0;
  double scoring = 0;
  char *line = NULL;
  size_t capacity = 0;
  ssize_t length;
  printf("line,score,p_value,flags,verdict\n");
  while ((length = getline(&line, &capacity, records)) >= 0) {
    number++;
    picket_result result;
    size_t bad_field = 0;
    const double start = seconds();
    status = picket_record_parse(&model, line, (size_t)length, ',', record, &bad_field);
    if (status == PICKET_OK)
      status = picket_score(&model, record, scratch, sizeof scratch, &result);
    scoring += seconds() - start;
    if (status != PICKET_OK) {
      picket_field field;
      refused++;
      /* All else that it calls an argument is in order. */
      fprintf(stderr, "%s:%lu: %s", argv[2], number,
              status == PICKET_E_ARGUMENT ? "a record has at most 65,536 bytes" : picket_status_text(status));
      if (status == PICKET_E_PARSE && picket_field_info(&model, bad_field, &field) == PICKET_OK)
        fprintf(stderr, " (field %s)", field.name);
      fputc('\n', stderr);
      continue;
    }
    const int alarm = result.score >= threshold;
    scored++;
    alarms += (unsigned long)alarm;
    printf("%lu,%.9g,%.9g,%u,%s\n", number, (double)result.score, (double)result.p_value,
           (unsigned)result.flags, alarm ? "alarm" : "ok");
  }
  fprintf(stderr,
          "model_bytes %zu\nscratch_bytes %zu\nthreshold %.9g\nrecords %lu\nrefused %lu\n"
          "alarms %lu\nrecords_per_second %.0f\n",
          info.model_bytes, info.scratch_bytes, (double)threshold, scored, refused, alarms,
          scoring > 0 ? (double)scored / scoring : 0.0);
  int failed = 0;
  /* Less than the end of the file means that memory ran out, which is no error of the stream. */
  if (ferror(records) || !feof(records)) {
    fprintf(stderr, "%s: cannot be read beyond line %lu\n", argv[2], number);
    failed = 1;
  }
  if (fflush(stdout) != 0 || ferror(stdout)) {
    fprintf(stderr, "standard output cannot be written: is the disk full?\n");
    failed = 1;
  }
  if (records != stdin) fclose(records);
  free(line);
  free(bytes);
  return failed ? 1 : refused ? 2 : 0;
}
