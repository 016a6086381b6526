/* One kind of call for each record of a file, for a count of instructions:
 * calls MODEL RECORDS open|score|explain; or, with show, what the explanations are. */
#include <stdio.h>
#include <string.h>

#include <picket.h>

enum { MOST = 100 };

int main(int argc, char **argv) {
  static _Alignas(64) unsigned char file[1 << 20], scratch[PICKET_EXPLAIN_SCRATCH_MAX];
  static float records[MOST][PICKET_MAX_FIELDS], contributions[PICKET_MAX_FIELDS];
  static char line[65536];
  if (argc != 4) return 2;
  FILE *in = fopen(argv[1], "rb");
  size_t size = in ? fread(file, 1, sizeof file, in) : 0, count = 0;
  picket_model model;
  picket_result result;
  int32_t status = picket_open(&model, file, size, NULL);
  picket_info info = {0};
  if (status == PICKET_OK) picket_model_info(&model, &info);
  FILE *lines = fopen(argv[2], "r");
  while (status == PICKET_OK && lines && count < MOST && fgets(line, sizeof line, lines))
    count += picket_record_parse(&model, line, strlen(line), ',', records[count], NULL) == PICKET_OK;
  for (size_t i = 0; i < count && status == PICKET_OK; i++) {
    if (!strcmp(argv[3], "score"))
      status = picket_score(&model, records[i], scratch, sizeof scratch, &result);
    if (!strcmp(argv[3], "explain") || !strcmp(argv[3], "show"))
      status = picket_explain(&model, records[i], scratch, sizeof scratch, contributions, &result);
    for (uint32_t k = 0; k < info.field_count && !strcmp(argv[3], "show"); k++)
      printf("%.9g\n", contributions[k]);
  }
  if (status != PICKET_OK) return fprintf(stderr, "%s\n", picket_status_text(status)), 1;
  if (strcmp(argv[3], "show")) printf("%zu\n", count);
  return count == 0;
}
