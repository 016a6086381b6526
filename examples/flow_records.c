/* Makes records to train on of a log that a gateway kept: reads the log from standard input, writes
 * comma-separated values with a line of names.
 *
 *   cc -I include examples/flow_records.c build/lib/x86_64-linux-gnu/libpicket_flow.a -o flow_records
 *   ./flow_records [--ip-bytes] <events.log >records.csv
 *
 * The columns are computed by the code that computed them on the gateway: the same bits, if the
 * configuration is the same. Its hash, which belongs beside the model, and what was passed over goes
 * to standard error. */
#include <math.h>
#include <picket_flow.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Symbolic columns by name; all others with the nine digits that bring a float back. */
static void print_record(const float *record) {
  for (size_t i = 0; i < PICKET_FLOW_COLUMNS; i++) {
    if (i > 0) putchar(',');
    if (picket_flow_category_count(i) > 0)
      fputs(picket_flow_category_name(i, (size_t)record[i]), stdout);
    else
      printf("%.9g", (double)record[i]);
  }
  putchar('\n');
}

/* Whether a record is the first that a run of the gateway wrote: the BEGIN of number 1, by the places that
 * docs/FLOW.md gives. There its windows began anew. */
static int begins_run(const unsigned char *bytes) {
  static const unsigned char one[8] = {1};
  return memcmp(bytes + 8, one, sizeof one) == 0 && bytes[116] == PICKET_FLOW_BEGIN;
}

int main(int argc, char **argv) {
  picket_flow_configuration configuration;
  picket_flow_defaults(&configuration);
  for (int i = 1; i < argc; i++) {
    if (strcmp(argv[i], "--ip-bytes") != 0) {
      fprintf(stderr, "%s: unknown; usage: flow_records [--ip-bytes] <events.log >records.csv\n", argv[i]);
      return 64;
    }
    configuration.byte_count = PICKET_FLOW_IP;
  }
  size_t size = picket_flow_size(&configuration);
  picket_flow *flow = malloc(size);
  if (!flow || picket_flow_init(flow, size, &configuration) != PICKET_FLOW_OK) return 1;

  for (size_t i = 0; i < PICKET_FLOW_COLUMNS; i++)
    printf("%s%c", picket_flow_column_name(i), i + 1 < PICKET_FLOW_COLUMNS ? ',' : '\n');
  unsigned char bytes[PICKET_FLOW_LOG_BYTES];
  unsigned long written = 0, unfit = 0, damaged = 0;
  size_t got;
  while ((got = fread(bytes, 1, sizeof bytes, stdin)) == sizeof bytes) {
    if (begins_run(bytes)) picket_flow_init(flow, size, &configuration);
    if (picket_flow_replay(flow, bytes) != PICKET_FLOW_OK) {
      damaged++;
      continue;
    }
    picket_flow_event event;
    float record[PICKET_FLOW_COLUMNS];
    while (picket_flow_next(flow, &event, record)) {
      if (event.kind != PICKET_FLOW_END) continue;
      if (picket_flow_unfit(&event) != PICKET_FLOW_FIT || isnan(record[4])) {
        unfit++; /* the gateway would not score it */
        continue;
      }
      print_record(record);
      written++;
    }
  }
  /* A gateway that lost power leaves a part of a record at the end of its log. */
  if (got > 0) {
    fprintf(stderr, "the log ends within a record: its last %zu bytes are passed over\n", got);
    damaged++;
  }
  free(flow);
  uint64_t hash = 0;
  picket_flow_specification(&configuration, NULL, 0, &hash);
  fprintf(stderr, "%lu records written, %lu unfit, %lu damaged; specification %016llx\n",
          written, unfit, damaged, (unsigned long long)hash);
  if (ferror(stdin)) return fputs("standard input cannot be read to its end\n", stderr), 1;
  if (fflush(stdout) != 0 || ferror(stdout))
    return fputs("standard output cannot be written: is the disk full?\n", stderr), 1;
  return 0;
}
