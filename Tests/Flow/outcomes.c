/*
 * Notes what the tests see: the linker sends each call of picket_flow_x to __wrap_picket_flow_x (the Makefile
 * gives one --wrap for each line of export/flow-symbols.txt). Each function, and each status that it
 * returned, is written once into the file that PICKET_OUTCOMES names.
 */
#include <picket_flow.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 256 };
enum { NO_STATUS = 1 };

static void note(const char *function, int32_t status) {
  static struct {
    const char *function;
    int32_t status;
  } seen[MOST];
  static size_t count;
  const char *path = getenv("PICKET_OUTCOMES");
  for (size_t i = 0; i < count; i++)
    if (seen[i].status == status && strcmp(seen[i].function, function) == 0) return;
  FILE *file = path && count < MOST ? fopen(path, "a") : NULL;
  if (!file) return;
  seen[count].function = function;
  seen[count++].status = status;
  if (status == NO_STATUS)
    fprintf(file, "%s\n", function);
  else
    fprintf(file, "%s %d\n", function, (int)status);
  fclose(file);
}

/* Names that begin with two underscores belong to the implementation; ld --wrap asks for them. */
#define WATCH(result, function, status_of, parameters, arguments) \
  result __real_##function parameters;                            \
  result __wrap_##function parameters;                            \
  result __wrap_##function parameters {                           \
    const result returned = __real_##function arguments;          \
    note(#function, status_of);                                   \
    return returned;                                              \
  }
#define STATUS(function, parameters, arguments) \
  WATCH(int32_t, function, returned < 0 ? returned : 0, parameters, arguments)
#define OTHER(result, function, parameters, arguments) \
  WATCH(result, function, NO_STATUS, parameters, arguments)

/* A pointer as one word, so that the macro can make it const. */
typedef const char *text;

STATUS(picket_flow_defaults, (picket_flow_configuration * a), (a))
OTHER(size_t, picket_flow_size, (const picket_flow_configuration *a), (a))
STATUS(picket_flow_init, (picket_flow * a, size_t b, const picket_flow_configuration *c), (a, b, c))
STATUS(picket_flow_packet,
       (picket_flow * a, uint64_t b, uint32_t c, const void *d, size_t e, size_t f), (a, b, c, d, e, f))
STATUS(picket_flow_conntrack, (picket_flow * a, uint64_t b, const void *c, size_t d), (a, b, c, d))
STATUS(picket_flow_netflow, (picket_flow * a, uint64_t b, uint64_t c, const void *d, size_t e),
       (a, b, c, d, e))
STATUS(picket_flow_add, (picket_flow * a, const picket_flow_event *b), (a, b))
STATUS(picket_flow_replay, (picket_flow * a, const void *b), (a, b))
STATUS(picket_flow_advance, (picket_flow * a, uint64_t b), (a, b))
STATUS(picket_flow_finish, (picket_flow * a), (a))
OTHER(int32_t, picket_flow_next, (picket_flow * a, picket_flow_event *b, float *c), (a, b, c))
WATCH(int32_t, picket_flow_unfit, returned < 0 ? returned : NO_STATUS, (const picket_flow_event *a), (a))
OTHER(int32_t, picket_flow_look,
      (picket_flow * a, uint32_t *b, uint64_t c, picket_flow_event *d, float *e), (a, b, c, d, e))
STATUS(picket_flow_log, (const picket_flow_event *a, void *b), (a, b))
STATUS(picket_flow_read_counters, (const picket_flow *a, picket_flow_counters *b), (a, b))
OTHER(text, picket_flow_column_name, (size_t a), (a))
OTHER(size_t, picket_flow_category_count, (size_t a), (a))
OTHER(text, picket_flow_category_name, (size_t a, size_t b), (a, b))
STATUS(picket_flow_specification,
       (const picket_flow_configuration *a, char *b, size_t c, uint64_t *d), (a, b, c, d))
OTHER(text, picket_flow_status_text, (int32_t a), (a))
