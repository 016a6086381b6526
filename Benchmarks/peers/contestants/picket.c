/* Picket: from the fields of a record to its score, by picket_score, or by picket_score_batch. */
#include <fcntl.h>
#include <picket.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "peer.h"

typedef struct {
  picket_model model;
  size_t fields, batch, scratch_size;
  picket_result *results;
  unsigned char *scratch;
} scorer;

void *peer_open(const char *model, size_t batch) {
  struct stat status;
  const int file = open(model, O_RDONLY);
  if (file < 0 || fstat(file, &status) != 0) return perror(model), NULL;
  void *bytes = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, file, 0);
  close(file);
  scorer *s = malloc(sizeof *s);
  if (bytes == MAP_FAILED || !s) return perror(model), NULL;
  const int32_t opened = picket_open(&s->model, bytes, (size_t)status.st_size, NULL);
  if (opened != PICKET_OK)
    return fprintf(stderr, "%s: %s\n", model, picket_status_text(opened)), NULL;
  picket_info info;
  picket_model_info(&s->model, &info);
  s->fields = info.field_count;
  s->batch = batch;
  /* More than a tile takes gains nothing. */
  s->scratch_size = (batch < 64 ? batch : 64) * picket_scratch_size(&s->model);
  s->results = malloc(batch * sizeof *s->results);
  s->scratch = malloc(s->scratch_size);
  return s->results && s->scratch ? s : NULL;
}

int peer_run(void *self, const float *in, float *out) {
  scorer *s = self;
  int32_t status;
  if (s->batch == 1) {
    status = picket_score(&s->model, in, s->scratch, s->scratch_size, s->results);
  } else {
    size_t scored;
    status = picket_score_batch(&s->model, in, s->fields, s->batch, s->scratch, s->scratch_size,
                                s->results, &scored);
  }
  for (size_t i = 0; i < s->batch; i++) out[i] = s->results[i].score;
  return status;
}
