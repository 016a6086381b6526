/* What the fuzz targets share: the promises of picket.h as checks, models, and the mutator.
 *
 * A target is one file with LLVMFuzzerTestOneInput. It sees include/picket.h and nothing else of
 * the library. A broken promise aborts, which libFuzzer reports with the input that broke it. */
#ifndef PICKET_FUZZ_H
#define PICKET_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <picket.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Ends the process with a message unless a promise holds. */
#define PROMISE(condition, ...)                                        \
  do {                                                                 \
    if (!(condition)) broken(__FILE__, __LINE__, #condition, __VA_ARGS__); \
  } while (0)
__attribute__((noreturn, format(printf, 4, 5))) void broken(const char *file, int line,
                                                            const char *condition,
                                                            const char *format, ...);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed);

/* ---- Models ---- */

/* An open model, what it says of itself, and scratch of the exact size, between redzones. */
typedef struct subject {
  picket_model model;
  picket_info info;
  picket_field field[PICKET_MAX_FIELDS];
  void *scratch;
} subject;

/* A copy of bytes in a block of their exact size, on a 64-byte boundary; the caller frees it. */
void *exact_copy(const void *bytes, size_t size);

/* Opens bytes and holds picket_open to its promises; gives its status. Where it is PICKET_OK, the
 * subject is filled, and all that a model tells of itself has been looked at. */
int32_t open_subject(subject *s, const void *bytes, size_t size);
void close_subject(subject *s);

/* The golden models of this byte order in the order of their names, opened. */
extern subject golden[128];
extern size_t golden_count;
void open_goldens(void);

/* The model that the first byte of an input names and the record behind it, whose missing floats are
 * 0; the caller frees the record. Null for an empty input. */
const subject *golden_record(const uint8_t *data, size_t size, float **record);

/* Changes the record of such an input. */
size_t mutate_golden_record(uint8_t *data, size_t size, size_t max_size, unsigned seed);

/* ---- Promises about one record ---- */

/* Holds scores, batches, p-values and thresholds to their promises; gives picket_score's status, and
 * its result where that is PICKET_OK.
 *
 *   record   field_count floats in a block of their exact size, anything in them */
int32_t check_score(const subject *s, const float *record, picket_result *first);

/* Holds every function that takes a record or a score to its promises. A function that comes later
 * is called here, and all targets have it.
 *
 *   record   field_count floats in a block of their exact size, anything in them */
void check_record(const subject *s, const float *record);

/* ---- Mutations ---- */

/* Random numbers of one mutation. */
uint32_t next_random(uint32_t *state);

/* Changes one of the floats to a number that records stumble over. */
void mutate_float(uint8_t *floats, size_t count, uint32_t *state);

/* Changes the model at the start of data, moves its sections where one grew or shrank, and most
 * times repairs size and checksum, so that the checks behind them are reached.
 *
 *   tail   whether a record may stand behind the model */
size_t mutate_model(uint8_t *data, size_t size, size_t max_size, uint32_t *state, int tail);

#endif
