#define _DEFAULT_SOURCE
#include "support.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

unsigned long failures;

void fail_at(const char *file, int line, const char *format, ...) {
  failures++;
  if (failures > 20) return;
  fprintf(stderr, "%s:%d: ", file, line);
  va_list arguments;
  va_start(arguments, format);
  vfprintf(stderr, format, arguments);
  va_end(arguments);
  fputc('\n', stderr);
}

static void stop(const char *what, const char *which) {
  fprintf(stderr, "%s %s\n", what, which);
  exit(2);
}

/* ---- Files ---- */

static FILE *open_file(const char *folder, const char *name, size_t *size) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "rb");
  if (!file || fseek(file, 0, SEEK_END) != 0) stop("cannot read", path);
  *size = (size_t)ftell(file);
  rewind(file);
  return file;
}

bytes read_file(const char *folder, const char *name, size_t at, size_t run, int value) {
  size_t size;
  FILE *file = open_file(folder, name, &size);
  bytes memory = guard_new(size + run);
  size_t head = run ? at : size;
  size_t got = fread(memory.data, 1, head, file);
  memset(memory.data + head, value, run);
  got += fread(memory.data + head + run, 1, size - head, file);
  fclose(file);
  if (got != size) stop("cannot read all of", name);
  return memory;
}

bytes with_typical(bytes file) {
  picket_model model;
  picket_info info;
  if (picket_open(&model, file.data, file.size, NULL) != PICKET_OK ||
      picket_model_info(&model, &info) != PICKET_OK)
    return (bytes){NULL, 0, NULL};
  float typical[PICKET_MAX_FIELDS];
  for (uint32_t i = 0; i < info.field_count; i++) {
    picket_field field;
    if (picket_field_info(&model, i, &field) != PICKET_OK) stop("no field in", "a model");
    typical[i] = field.minimum;
  }
  bytes all = guard_new(size_with_typical(file.size, info.field_count));
  memcpy(all.data, file.data, file.size);
  if (add_typical(all.data, file.size, typical, info.field_count)) return all;
  guard_free(all);
  return (bytes){NULL, 0, NULL};
}

char *read_text(const char *folder, const char *name) {
  size_t size;
  FILE *file = open_file(folder, name, &size);
  char *text = malloc(size + 1);
  if (!text || fread(text, 1, size, file) != size) stop("cannot read all of", name);
  text[size] = 0;
  fclose(file);
  return text;
}

/* ---- Memory whose end traps ---- */

static size_t page_size(void) { return (size_t)sysconf(_SC_PAGESIZE); }

/* Pages that hold `size` bytes, with a page without access on each side. */
static size_t inside(size_t size) {
  return (size + 63 + page_size()) / page_size() * page_size();
}

bytes guard_new(size_t size) {
  size_t page = page_size(), middle = inside(size);
  unsigned char *all =
      mmap(NULL, middle + 2 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (all == MAP_FAILED || mprotect(all + page, middle, PROT_READ | PROT_WRITE) != 0)
    stop("no memory for", "a guarded block");
  /* A model must start at a multiple of 8, so one of a crooked size ends up to 7 bytes early. */
  unsigned char *data = all + page + middle - (size + 7) / 8 * 8;
  return (bytes){data, size, all};
}

void guard_free(bytes memory) { munmap(memory.page, inside(memory.size) + 2 * page_size()); }

/* ---- The rest ---- */

int agree(double got, double want, double tolerance) {
  return got == want || fabs(got - want) <= tolerance * fabs(want);
}
