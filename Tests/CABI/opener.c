/* What the library says about many files, for agree.py. Reads cases from standard input: a u32
 * size, that many bytes, and two records of PICKET_MAX_FIELDS floats. Prints a line for each case:
 * status and check, and for each record of a model that opened: status, score, flags. */
#include <picket.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RECORDS = 2 };

int main(void) {
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
