#include "contestant.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "peer.h"

static void fail(const char *what, const char *why) {
  fprintf(stderr, "%s: %s\n", what, why);
  exit(1);
}

/* Each file is read once, however many contestants share it. */
static void *file_bytes(const char *path, size_t *size) {
  enum { MOST = 16 };
  static struct {
    char path[CONTESTANT_LINE];
    void *bytes;
    size_t size;
  } files[MOST];
  for (int i = 0; i < MOST; i++) {
    if (files[i].bytes && strcmp(files[i].path, path) != 0) continue;
    if (!files[i].bytes) {
      FILE *f = fopen(path, "rb");
      if (!f) fail(path, "cannot be read");
      fseek(f, 0, SEEK_END);
      files[i].size = (size_t)ftell(f);
      rewind(f);
      files[i].bytes = aligned_alloc(64, (files[i].size + 63) / 64 * 64);
      if (!files[i].bytes || fread(files[i].bytes, 1, files[i].size, f) != files[i].size)
        fail(path, "cannot be read");
      fclose(f);
      snprintf(files[i].path, sizeof files[i].path, "%s", path);
    }
    *size = files[i].size;
    return files[i].bytes;
  }
  fail(path, "too many files");
  return NULL;
}

void contestant_open(contestant *c, const char *line) {
  char copy[CONTESTANT_LINE], *field[8], *next = copy;
  snprintf(copy, sizeof copy, "%s", line);
  copy[strcspn(copy, "\n")] = 0;
  for (int i = 0; i < 8; i++) field[i] = (field[i] = strsep(&next, "\t")) ? field[i] : "";
  snprintf(c->name, sizeof c->name, "%s", field[0]);
  c->batch = strtoul(field[3], NULL, 10);
  c->in_width = strtoul(field[5], NULL, 10);
  c->out_width = strtoul(field[7], NULL, 10);
  if (c->batch == 0 || c->in_width == 0 || c->out_width == 0) fail(line, "is not a contestant");

  void *library = dlopen(field[1], RTLD_NOW | RTLD_LOCAL);
  if (!library) fail(c->name, dlerror());
  void *(*open)(const char *, size_t);
  *(void **)&open = dlsym(library, "peer_open");
  *(void **)&c->run = dlsym(library, "peer_run");
  if (!open || !c->run) fail(c->name, "has no peer_open or peer_run");

  size_t bytes;
  c->in = file_bytes(field[4], &bytes);
  c->count = bytes / sizeof(float) / c->in_width / c->batch * c->batch;
  c->expected = file_bytes(field[6], &bytes);
  if (c->count == 0 || bytes < c->count * c->out_width * sizeof(double))
    fail(c->name, "has no records, or not what they should give");
  c->out = malloc(c->count * c->out_width * sizeof(float));
  c->self = open(field[2], c->batch);
  if (!c->out || !c->self) fail(c->name, "could not be opened");
}

void contestant_pass(const contestant *c, size_t first, size_t count) {
  for (size_t i = first; i < first + count; i += c->batch)
    if (c->run(c->self, c->in + i * c->in_width, c->out + i * c->out_width))
      fail(c->name, "refused a record");
}
