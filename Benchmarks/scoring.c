/*
 * Nanoseconds a record, from record to score, of picket_score and of a dense C loop over the same
 * weights, in one program: make bench-quick.
 *
 *   scoring LABEL RECORDS FLOAT32-MODEL [MODEL...]
 *
 * Each figure is the median of 15 passes over all records; the two take turns. The dense loop is
 * what one writes by hand: one-hot and scaled inputs in an array, weights stored by input, plain
 * loops that the compiler vectorises. Its weights are those of the first model file, in float32.
 */
#define _POSIX_C_SOURCE 200809L
#include <math.h>
#include <picket.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { PASSES = 15, MAX_RECORDS = 200000 };

static double nanoseconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return 1e9 * (double)t.tv_sec + (double)t.tv_nsec;
}

static void fail(const char *what, const char *why) {
  fprintf(stderr, "%s: %s\n", what, why);
  exit(1);
}

static unsigned char *read_file(const char *path, size_t *size) {
  FILE *f = fopen(path, "rb");
  if (!f) fail(path, "cannot be read");
  fseek(f, 0, SEEK_END);
  *size = (size_t)ftell(f);
  rewind(f);
  unsigned char *bytes = aligned_alloc(64, (*size + 63) / 64 * 64);
  if (!bytes || fread(bytes, 1, *size, f) != *size) fail(path, "cannot be read");
  fclose(f);
  return bytes;
}

/* ---- The dense loop ---- */

typedef struct {
  int inputs, outputs, relu;
  float *weights, *bias; /* [inputs][outputs] */
} dense_layer;

typedef struct {
  int layers, fields, planes, min_max_planes, one_hots, inputs;
  dense_layer layer[PICKET_MAX_LAYERS];
  const unsigned char *features;
} dense_model;

static dense_model dense_from(const unsigned char *file) {
  const uint32_t *table = (const uint32_t *)(file + 64);
  const uint32_t *model = (const uint32_t *)(file + table[0 * 4 + 1]);
  const uint32_t *layers = (const uint32_t *)(file + table[5 * 4 + 1]);
  const unsigned char *weights = file + table[6 * 4 + 1];
  dense_model m = {.layers = (int)model[5], .fields = (int)model[2], .inputs = (int)model[3]};
  m.features = file + table[4 * 4 + 1];
  m.planes = ((const int *)(const void *)m.features)[0];
  m.min_max_planes = ((const int *)(const void *)m.features)[2];
  m.one_hots = ((const int *)(const void *)m.features)[1];
  for (int i = 0; i < m.layers; i++, layers += 16) {
    dense_layer *d = &m.layer[i];
    const uint32_t stride = layers[6];
    d->inputs = (int)layers[4];
    d->outputs = (int)layers[5];
    d->relu = layers[1] == 1;
    d->weights = aligned_alloc(64, ((size_t)d->inputs * (size_t)d->outputs * 4 + 63) / 64 * 64);
    d->bias = aligned_alloc(64, ((size_t)d->outputs * 4 + 63) / 64 * 64);
    if (!d->weights || !d->bias) fail("dense loop", "no memory");
    memcpy(d->bias, weights + layers[8], (size_t)d->outputs * 4);
    for (int row = 0; row < d->inputs; row++)
      for (int o = 0; o < d->outputs; o++) {
        const float *w = (const float *)(const void *)(weights + layers[7]);
        d->weights[row * d->outputs + o] = w[(size_t)row * stride + (size_t)o];
      }
  }
  return m;
}

static inline __attribute__((always_inline)) void product(const dense_layer *restrict d,
                                                          const float *restrict x,
                                                          float *restrict y, const int n) {
  const float *restrict w = d->weights;
  for (int o = 0; o < n; o++) y[o] = d->bias[o];
  for (int i = 0; i < d->inputs; i++)
    for (int o = 0; o < n; o++) y[o] += x[i] * w[i * n + o];
  if (d->relu)
    for (int o = 0; o < n; o++) y[o] = y[o] > 0 ? y[o] : 0;
}

/* The widths of this model are constants, as in code that is written or generated for one model:
 * the compiler then unrolls, and keeps what it can in registers. */
static void dense_product(const dense_layer *restrict d, const float *restrict x,
                          float *restrict y) {
  switch (d->outputs) {
    case 128: product(d, x, y, 128); break;
    case 64: product(d, x, y, 64); break;
    case 32: product(d, x, y, 32); break;
    case 8: product(d, x, y, 8); break;
    default: product(d, x, y, d->outputs);
  }
}

__attribute__((noinline)) static float dense_score(const dense_model *m, const float *record) {
  float a[PICKET_MAX_INPUTS], b[PICKET_MAX_INPUTS];
  float *x = a, *y = b;
  memset(x, 0, (size_t)m->inputs * sizeof *x);
  const int lanes = (m->fields + 15) / 16 * 16;
  const float *minimum = (const float *)(const void *)(m->features + 64);
  const float *plane = minimum + 2 * lanes;
  for (int p = 0; p < m->planes; p++) {
    const int min_max = p < m->min_max_planes;
    const float *offset = min_max ? minimum : plane + lanes, *scale = plane + (min_max ? 1 : 2) * lanes;
    const uint32_t *input = (const uint32_t *)(const void *)plane;
    for (int i = 0; i < m->fields; i++) {
      if (input[i] == UINT32_MAX) continue;
      const float s = (record[i] - offset[i]) * scale[i];
      const float low = min_max ? 0 : plane[3 * lanes + i], high = min_max ? 1 : plane[4 * lanes + i];
      x[input[i]] = s < low ? low : s > high ? high : s;
    }
    plane += (min_max ? 2 : 5) * lanes;
  }
  const uint32_t *one_hot = (const uint32_t *)(const void *)plane;
  for (int i = 0; i < m->one_hots; i++, one_hot += 2)
    if (record[one_hot[0]] >= 0) x[one_hot[1] + (unsigned)record[one_hot[0]]] = 1;
  for (int i = 0; i < m->layers; i++) {
    dense_product(&m->layer[i], x, y);
    float *t = x;
    x = y;
    y = t;
  }
  float sum = 0;
  for (int i = 0; i < m->layer[m->layers - 1].outputs; i++) sum += x[i] * x[i];
  return sqrtf(sum);
}

/* ---- Timing ---- */

static int compare(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double median(double *values) {
  qsort(values, PASSES, sizeof *values, compare);
  return values[PASSES / 2];
}

static const char *type_name(uint32_t element_types) {
  switch (element_types) {
    case 1u << PICKET_FLOAT32: return "float32";
    case 1u << PICKET_FLOAT16: return "float16";
    case 1u << PICKET_INT8: return "int8";
    case 1u << PICKET_INT8_INTEGER: return "int8-integer";
    default: return "mixed";
  }
}

static void measure(const char *label, const char *path, const dense_model *dense,
                    const float *records, size_t fields, size_t count) {
  static unsigned char scratch[PICKET_SCRATCH_MAX];
  size_t size;
  unsigned char *file = read_file(path, &size);
  picket_model model;
  picket_info info;
  if (picket_open(&model, file, size, NULL) != PICKET_OK) fail(path, "cannot be opened");
  picket_model_info(&model, &info);
  double ours[PASSES], batched[PASSES], loops[PASSES], worst = 0;
  picket_result *results = malloc(count * sizeof *results);
  if (!results) fail(path, "no memory");
  size_t scored = 0;
  for (int pass = -1; pass < PASSES; pass++) { /* the first one warms up */
    double start = nanoseconds();
    for (size_t i = 0; i < count; i++)
      if (picket_score(&model, records + i * fields, scratch, sizeof scratch, &results[i]))
        fail(path, "a record was refused");
    double end = nanoseconds();
    if (pass >= 0) ours[pass] = (end - start) / (double)count;
    start = nanoseconds();
    picket_score_batch(&model, records, fields, count, scratch, sizeof scratch, results, &scored);
    end = nanoseconds();
    if (pass >= 0) batched[pass] = (end - start) / (double)count;
    start = nanoseconds();
    for (size_t i = 0; i < count; i++) {
      const float score = dense_score(dense, records + i * fields);
      const double difference = fabs((double)score - (double)results[i].score) /
                                fmax(1e-3, fabs((double)score));
      if (difference > worst) worst = difference;
    }
    end = nanoseconds();
    if (pass >= 0) loops[pass] = (end - start) / (double)count;
  }
  const double own = median(ours), loop = median(loops);
  printf("| %s | %s | %zu | %.0f | %.0f | %.0f | %.2f | %.1e |\n", label,
         type_name(info.element_types), size, own,
         median(batched), loop, loop / own, worst);
  free(results);
  free(file);
}

int main(int argc, char **argv) {
  if (argc < 4) fail("usage", "scoring LABEL RECORDS FLOAT32-MODEL [MODEL...]");
  size_t size;
  unsigned char *file = read_file(argv[3], &size);
  picket_model model;
  picket_info info;
  if (picket_open(&model, file, size, NULL) != PICKET_OK) fail(argv[3], "cannot be opened");
  picket_model_info(&model, &info);
  float *records = malloc(sizeof *records * info.field_count * MAX_RECORDS);
  FILE *text = fopen(argv[2], "r");
  if (!text || !records) fail(argv[2], "cannot be read");
  static char line[65536];
  size_t count = 0;
  while (count < MAX_RECORDS && fgets(line, sizeof line, text))
    if (picket_record_parse(&model, line, strlen(line), ',', records + count * info.field_count,
                            NULL) == PICKET_OK)
      count++;
  fclose(text);
  if (count == 0) fail(argv[2], "holds no record of this model");
  if (info.element_types != 1u << PICKET_FLOAT32) fail(argv[3], "must be the float32 model");
  const dense_model dense = dense_from(file);
  for (int i = 3; i < argc; i++)
    measure(argv[1], argv[i], &dense, records, info.field_count, count);
  free(records);
  free(file);
  return 0;
}
