/* Watches every call of the library that a test makes.
 *
 * The linker sends each call of picket_x in the tests here, to __wrap_picket_x (the Makefile gives
 * one --wrap for each line of export/symbols.txt, and the allocator's names). While the library
 * runs, an allocation aborts the process; afterwards errno and the floating-point modes must be
 * what they were. So no test can forget to look. */
#include "testing.h"

#include <errno.h>
#include <fcntl.h>
#include <fenv.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#if defined __x86_64__ || defined __i386__
#include <xmmintrin.h>
#define FLOAT_MODES() (_mm_getcsr() & ~0x3Fu) /* without the six sticky exception flags */
#else
#define FLOAT_MODES() 0u
#endif

unsigned long watched_calls;
static __thread int inside;
static __thread int errno_before, rounding_before;
static __thread unsigned modes_before;

void watch_begin(void) {
  __atomic_add_fetch(&watched_calls, 1, __ATOMIC_RELAXED);
  errno_before = errno;
  rounding_before = fegetround();
  modes_before = FLOAT_MODES();
  inside = 1;
}

void watch_end(const char *function) {
  inside = 0;
  if (errno != errno_before || fegetround() != rounding_before || FLOAT_MODES() != modes_before) {
    fprintf(stderr, "%s changed errno or the floating-point modes\n", function);
    abort();
  }
}

/* Notes each function, and each status that it returned, once: in the file that PICKET_OUTCOMES
 * names, for Tests/Coverage/outcomes.py. By plain writes: children of a fork note theirs too. */
static void note_outcome(const char *function, const char *type, int64_t answer) {
  enum { STATUSES = 64, FUNCTIONS = 64 };
  static const char *names[FUNCTIONS];
  static char seen[FUNCTIONS][STATUSES];
  static int to = -2;
  char line[80];
  size_t at = 0, status = strcmp(type, "int32_t") == 0 ? (size_t)(1 - answer) : 0;
  static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
  if (status >= STATUSES) return;
  pthread_mutex_lock(&turn);
  const char *path = to == -2 ? getenv("PICKET_OUTCOMES") : NULL;
  if (to == -2) to = path ? open(path, O_WRONLY | O_CREAT | O_APPEND, 0644) : -1;
  while (at < FUNCTIONS - 1 && names[at] && names[at] != function) at++;
  names[at] = function; /* one pointer a function: each name stands once in this file */
  if (to >= 0 && !seen[at][status]) {
    int length = status ? snprintf(line, sizeof line, "%s %d\n", function, (int)answer)
                        : snprintf(line, sizeof line, "%s\n", function);
    if (write(to, line, (size_t)length) != length) abort();
  }
  seen[at][status] = 1;
  pthread_mutex_unlock(&turn);
}

static void no_allocation(const char *function) {
  if (!inside) return;
  inside = 0;
  fprintf(stderr, "%s was called inside the library\n", function);
  abort();
}

/* Names that begin with two underscores belong to the implementation; ld --wrap asks for them. */
#define WRAP(result, function, parameters, arguments)  \
  result __real_##function parameters;                 \
  result __wrap_##function parameters;                 \
  result __wrap_##function parameters {                \
    watch_begin();                                     \
    result answer = __real_##function arguments;        \
    watch_end(#function);                              \
    note_outcome(#function, #result, (int64_t)answer); \
    return answer;                                     \
  }

WRAP(int32_t, picket_open,
     (picket_model * model, const void *bytes, size_t size, uint32_t *check),
     (model, bytes, size, check))
WRAP(int32_t, picket_record_parse,
     (const picket_model *model, const char *line, size_t length, char delimiter, float *record,
      size_t *bad_field),
     (model, line, length, delimiter, record, bad_field))
WRAP(int32_t, picket_threshold, (const picket_model *model, float rate, float *threshold),
     (model, rate, threshold))
WRAP(int32_t, picket_score,
     (const picket_model *model, const float *record, void *scratch, size_t scratch_size,
      picket_result *result),
     (model, record, scratch, scratch_size, result))
WRAP(const char *, picket_status_text, (int32_t status), (status))
WRAP(uint32_t, picket_version, (void), ())
WRAP(uint32_t, picket_abi_version, (void), ())
WRAP(uint32_t, picket_format_version, (void), ())
WRAP(size_t, picket_scratch_size, (const picket_model *model), (model))
WRAP(int32_t, picket_model_info, (const picket_model *model, picket_info *info), (model, info))
WRAP(int32_t, picket_field_info, (const picket_model *model, size_t index, picket_field *field),
     (model, index, field))
WRAP(int32_t, picket_field_index, (const picket_model *model, const char *name, size_t *index),
     (model, name, index))
WRAP(int32_t, picket_category_index,
     (const picket_model *model, size_t field, const char *name, float *value),
     (model, field, name, value))
WRAP(int32_t, picket_category_name,
     (const picket_model *model, size_t field, size_t index, const char **name),
     (model, field, index, name))
WRAP(int32_t, picket_score_batch,
     (const picket_model *model, const float *records, size_t stride, size_t count, void *scratch,
      size_t scratch_size, picket_result *results, size_t *scored),
     (model, records, stride, count, scratch, scratch_size, results, scored))
WRAP(int32_t, picket_explain,
     (const picket_model *model, const float *record, void *scratch, size_t scratch_size,
      float *contributions, picket_result *result),
     (model, record, scratch, scratch_size, contributions, result))
WRAP(size_t, picket_explain_scratch_size, (const picket_model *model), (model))
WRAP(int32_t, picket_drift_init, (picket_drift *drift, const picket_model *model), (drift, model))
WRAP(int32_t, picket_drift_add, (picket_drift *drift, float score), (drift, score))
WRAP(int32_t, picket_drift_add_results,
     (picket_drift *drift, const picket_result *results, size_t count), (drift, results, count))
WRAP(int32_t, picket_drift_merge, (picket_drift *drift, const picket_drift *other), (drift, other))
WRAP(int32_t, picket_drift_reset, (picket_drift *drift), (drift))
WRAP(int32_t, picket_drift_report, (const picket_drift *drift, picket_drift_figures *figures),
     (drift, figures))
WRAP(int32_t, picket_p_value, (const picket_model *model, float score, float *p_value),
     (model, score, p_value))

#define WATCH(result, function, parameters, arguments) \
  result __real_##function parameters;                 \
  result __wrap_##function parameters;                 \
  result __wrap_##function parameters {                \
    no_allocation(#function);                          \
    return __real_##function arguments;                \
  }

WATCH(void *, malloc, (size_t size), (size))
WATCH(void *, calloc, (size_t count, size_t size), (count, size))
WATCH(void *, realloc, (void *old, size_t size), (old, size))
WATCH(int, posix_memalign, (void **to, size_t alignment, size_t size), (to, alignment, size))
WATCH(void *, aligned_alloc, (size_t alignment, size_t size), (alignment, size))

void __real_free(void *old);
void __wrap_free(void *old);
void __wrap_free(void *old) {
  no_allocation("free");
  __real_free(old);
}
