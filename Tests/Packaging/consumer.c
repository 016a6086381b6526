/* A program of somebody else's, built from what `make install` put in place: opens the model it is
 * given, scores a record of zeros, and prints the score and the library's version. Also C++. */
#include <picket.h>
#include <stdio.h>

#ifdef __cplusplus
alignas(64) static unsigned char file[1 << 20];
#else
static _Alignas(64) unsigned char file[1 << 20];
#endif
static unsigned char scratch[PICKET_SCRATCH_MAX];

int main(int argc, char **argv) {
  static float record[PICKET_MAX_FIELDS];
  picket_model model;
  picket_result result;
  FILE *f = argc > 1 ? fopen(argv[1], "rb") : NULL;
  size_t size = f ? fread(file, 1, sizeof file, f) : 0;
  int32_t status = picket_open(&model, file, size, NULL);
  if (status == PICKET_OK) status = picket_score(&model, record, scratch, sizeof scratch, &result);
  if (status != PICKET_OK || picket_version() != PICKET_VERSION)
    return fprintf(stderr, "%s\n", picket_status_text(status)), 1;
  return printf("%.6g %.6g\n", (double)result.score, (double)result.p_value) < 0;
}
