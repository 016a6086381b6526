/* Faults, one for each kind of promise, put between the targets and the library by ld --wrap. The
 * fuzz targets must find each: PLANTED is its number. A target that misses one is blind. */
#include "fuzz.h"

#include <math.h>

int32_t __real_picket_open(picket_model *, const void *, size_t, uint32_t *);
int32_t __wrap_picket_open(picket_model *, const void *, size_t, uint32_t *);
int32_t __real_picket_score(const picket_model *, const float *, void *, size_t, picket_result *);
int32_t __wrap_picket_score(const picket_model *, const float *, void *, size_t, picket_result *);
int32_t __real_picket_record_parse(const picket_model *, const char *, size_t, char, float *,
                                   size_t *);
int32_t __wrap_picket_record_parse(const picket_model *, const char *, size_t, char, float *,
                                   size_t *);

__attribute__((unused)) static volatile unsigned char seen;

int32_t __wrap_picket_open(picket_model *model, const void *bytes, size_t size, uint32_t *check) {
  int32_t status = __real_picket_open(model, bytes, size, check);
#if PLANTED == 1 /* a late check, behind the checksum, writes the model; no seed is so long there */
  if (status == PICKET_E_CALIBRATION && *check == 55 && size > 2048) model->private_words[31] = 0;
#elif PLANTED == 2 /* one byte behind the file is read, if it has an optional section */
  uint32_t sections = 0;
  if (status == PICKET_OK) memcpy(&sections, (const char *)bytes + 32, 4);
  if (sections > 9) seen = ((const unsigned char *)bytes)[size];
#endif
  return status;
}

int32_t __wrap_picket_score(const picket_model *model, const float *record, void *scratch,
                            size_t scratch_size, picket_result *result) {
  int32_t status = __real_picket_score(model, record, scratch, scratch_size, result);
#if PLANTED == 3 /* an overflow gives a score that is none */
  if (status == PICKET_E_OVERFLOW) {
    result->score = INFINITY;
    status = PICKET_OK;
  }
#elif PLANTED == 4 /* one byte behind scratch is written */
  if (status == PICKET_OK && result->flags == 7) ((unsigned char *)scratch)[scratch_size] = 0;
#endif
  return status;
}

int32_t __wrap_picket_record_parse(const picket_model *model, const char *line, size_t length,
                                   char delimiter, float *record, size_t *bad_field) {
  int32_t status =
      __real_picket_record_parse(model, line, length, delimiter, record, bad_field);
#if PLANTED == 5 /* one byte behind the line is read, if a quote stands last */
  if (length > 0 && line[length - 1] == '"') seen = (unsigned char)line[length];
#elif PLANTED == 6 /* a number of some size is one unit off */
  if (status == PICKET_OK && record[0] > 1e6f && record[0] < 1e9f)
    record[0] = nextafterf(record[0], 0);
#endif
  return status;
}
