/*
 * picket.h - scores network-connection records with a model that the Picket trainer exported.
 *
 * What it is: the scoring half of an anomaly detector. It opens one file, model.picket, in place
 * and gives each record a score (larger = more anomalous) and a p-value: the share of normal
 * traffic that would score at least as high. The model is an AnoEAN encoder, a
 * VAE, or a small network that learned the score of something larger.
 * What it is not: it does not learn, capture packets, read files, allocate, lock, log, or call the
 * operating system. It keeps no state of its own: no globals, nothing to initialise or shut down.
 *
 * All memory is the caller's. Model bytes are borrowed, never copied or written. Every function
 * returns after a number of steps bounded by the limits below, whatever bytes or floats it is
 * given; it reads and writes only the ranges it is given, and never traps.
 *
 * ---- A whole program -----------------------------------------------------------------------
 *
 *   #define _POSIX_C_SOURCE 200809L
 *   #include <picket.h>
 *   #include <stdio.h>
 *
 *   static _Alignas(64) unsigned char file[1 << 20];
 *   static unsigned char scratch[PICKET_SCRATCH_MAX];
 *
 *   int main(void) {
 *     FILE *f = fopen("model.picket", "rb");
 *     if (!f) return perror("model.picket"), 1;
 *     size_t size = fread(file, 1, sizeof file, f), room = 0;
 *     picket_model model;
 *     int32_t status = picket_open(&model, file, size, NULL);
 *     float threshold, record[PICKET_MAX_FIELDS];
 *     if (status == PICKET_OK) status = picket_threshold(&model, 1e-3f, &threshold);
 *     if (status != PICKET_OK) return fprintf(stderr, "%s\n", picket_status_text(status)), 1;
 *     char *line = NULL;
 *     for (ssize_t length; (length = getline(&line, &room, stdin)) > 0;) {
 *       picket_result result;
 *       status = picket_record_parse(&model, line, (size_t)length, ',', record, NULL);
 *       if (status == PICKET_OK)
 *         status = picket_score(&model, record, scratch, sizeof scratch, &result);
 *       if (status != PICKET_OK) fprintf(stderr, "%s\n", picket_status_text(status));
 *       else if (result.score >= threshold) printf("%g p=%g %s", result.score, result.p_value, line);
 *     }
 *   }
 *
 * ---- Said once, true of every function -----------------------------------------------------
 *
 * - A function that can fail returns a status: PICKET_OK (0) or one negative PICKET_E_ number, one
 *   cause each. On failure nothing that the caller passed has been written, except scratch and
 *   what the function's own comment names.
 * - No pointer may be null unless its comment says so; a null one gives PICKET_E_ARGUMENT.
 * - What a call writes must not overlap anything else that it is given.
 * - A `picket_model` that picket_open has not filled gives PICKET_E_MODEL if it is zeroed.
 * - Threads: any number of threads may use one model at the same time. Scratch and results belong
 *   to one call at a time.
 * - Lifetime: the model bytes must stay mapped and unchanged while the model, or any pointer that
 *   came out of it (names, provenance), is used. `picket_model` may be copied and needs no close.
 * - Stack: at most 3,488 bytes on x86-64, whatever the model; 3,040 without picket_explain.
 * - Floating point: IEEE single precision, default rounding, subnormal numbers kept, exceptions masked:
 *   as a C program starts. Modes are never changed; flags may be raised, as by any arithmetic. With
 *   traps unmasked (feenableexcept) any score can end the process: it may divide by zero, overflow on
 *   the way, or make a NaN that it passes over. With subnormals flushed (-ffast-math, when it links the
 *   host) scores can be off.
 * - Built small (`make lib MINIMAL=1`), the library scores distances by float32 alone, or by int8 alone,
 *   and has of these functions open, scratch_size, model_info, threshold, p_value, score and the three
 *   versions; what it leaves out a linker misses by name, and a model that needs more gives
 *   PICKET_E_NOT_BUILT_IN.
 *
 * ---- Order of this file --------------------------------------------------------------------
 *
 *   Simple:    picket_open, picket_record_parse, picket_threshold, picket_score
 *   Advanced:  versions, information, fields and categories, batches, p-values, explanation, drift
 */
#ifndef PICKET_H
#define PICKET_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Versions --------------------------------------------------------------------------------
 *
 * Three numbers that move apart:
 * - library: MAJOR changes when a caller must change its source; MINOR adds; PATCH repairs.
 * - ABI: changes when a program must be linked anew (a struct or a signature changed).
 * - format: the MAJOR of the file format that this library reads (export/FORMAT.md).
 */
#define PICKET_VERSION_MAJOR 0
#define PICKET_VERSION_MINOR 1
#define PICKET_VERSION_PATCH 0
#define PICKET_VERSION \
  (PICKET_VERSION_MAJOR * 65536 + PICKET_VERSION_MINOR * 256 + PICKET_VERSION_PATCH)
#define PICKET_ABI_VERSION 1
#define PICKET_FORMAT_VERSION 1

/* ---- Status ----------------------------------------------------------------------------------
 *
 * Numbers are never reused. `picket_status_text` has a sentence for each.
 */
enum {
  PICKET_OK = 0,
  PICKET_E_ARGUMENT = -1,     /* a null pointer, an index or a size out of range */
  PICKET_E_MODEL = -2,        /* the picket_model was not opened */
  PICKET_E_ALIGNMENT = -3,    /* model bytes do not start on an 8-byte boundary */
  PICKET_E_TRUNCATED = -4,    /* fewer bytes than the file says it has */
  PICKET_E_MAGIC = -5,        /* not a Picket model */
  PICKET_E_BYTE_ORDER = -6,   /* exported for a machine of the other byte order */
  PICKET_E_VERSION = -7,      /* a file format this library does not read */
  PICKET_E_CHECKSUM = -8,     /* the bytes were changed after export */
  PICKET_E_LAYOUT = -9,       /* header or sections do not fit the format */
  PICKET_E_SCHEMA = -10,      /* fields, categories or names do not fit the format */
  PICKET_E_FEATURES = -11,    /* preprocessing does not fit the format */
  PICKET_E_LAYERS = -12,      /* layers do not fit each other or the format */
  PICKET_E_WEIGHTS = -13,     /* weights are not finite, or padding is not zero */
  PICKET_E_PARAMETERS = -14,  /* the score's parameters do not fit the format */
  PICKET_E_CALIBRATION = -15, /* the calibration table does not fit the format */
  PICKET_E_PROVENANCE = -16,  /* the provenance text does not fit the format */
  PICKET_E_LIMIT = -17,       /* larger than a limit below */
  PICKET_E_UNSUPPORTED = -18, /* a model, layer or element type that this library cannot score */
  PICKET_E_SCRATCH = -19,     /* scratch is smaller than picket_scratch_size says */
  PICKET_E_NOT_FINITE = -20,  /* a record holds NaN or an infinity */
  PICKET_E_CATEGORY = -21,    /* a symbolic value is neither a category index nor PICKET_UNKNOWN */
  PICKET_E_OVERFLOW = -22,    /* the score is not a finite number: the model is not usable here */
  PICKET_E_NOT_FOUND = -23,   /* no field or category has this name */
  PICKET_E_PARSE = -24,       /* a text line does not hold a record */
  PICKET_E_BUDGET = -25,      /* a false-alarm rate that the calibration table cannot resolve */
  PICKET_E_NOT_BUILT_IN = -26 /* this library was built without what the model needs */
};

/* ---- Limits ----------------------------------------------------------------------------------
 *
 * A model beyond one of these is refused when it is opened. They bound the time and the memory of
 * every call.
 */
#define PICKET_MAX_FIELDS 1024           /* fields of a record */
#define PICKET_MAX_CATEGORIES 1024       /* categories of one field */
#define PICKET_MAX_INPUTS 2048           /* inputs of the network */
#define PICKET_MAX_WIDTH 8192            /* outputs of one layer; of a convolution, height * width *
                                            channels; also inputs of its kernel's window */
#define PICKET_MAX_LAYERS 16             /* layers, encoder and decoder together */
#define PICKET_MAX_OUTPUTS 32768         /* outputs of all layers together */
#define PICKET_MAX_MULTIPLY_ADDS 67108864 /* multiplications of one score, none left out */
#define PICKET_MAX_LATENT 128            /* numbers in the latent space */
#define PICKET_MAX_KNOTS 32              /* knots of one field's table of quantiles */
#define PICKET_MAX_CALIBRATION 1024      /* points of the calibration table */
#define PICKET_MAX_NAME 255              /* bytes of a name, without its NUL */
#define PICKET_MAX_PROVENANCE 65536      /* bytes of the provenance text, with its NUL */
#define PICKET_MAX_MODEL_BYTES 16777216  /* bytes of a model file */

/* Bytes of scratch that are enough for every model that can be opened. */
#define PICKET_SCRATCH_MAX 139584

/* Bytes of scratch that are enough to explain a score of every model that can be opened. */
#define PICKET_EXPLAIN_SCRATCH_MAX 309440

/* What a record holds in a symbolic field whose category the model has never seen. */
#define PICKET_UNKNOWN (-1.0f)

/* ---- Types ----------------------------------------------------------------------------------- */

/* An open model. Its words are private; its size is part of the ABI. */
typedef struct picket_model {
  uint64_t private_words[32];
} picket_model;

/* What the model is: picket_info.kind. */
enum {
  PICKET_ANOEAN = 1,
  PICKET_VAE = 2,
  PICKET_DISTILLED = 3 /* a small network that learned the score of something larger */
};

/* How a score is computed: picket_info.score_kind. */
enum {
  PICKET_SCORE_MAHALANOBIS = 1,       /* distance of the encoding from the encoded normals */
  PICKET_SCORE_RECONSTRUCTION = 2,    /* mean squared reconstruction error at the latent mean */
  PICKET_SCORE_RECONSTRUCTION_KL = 3, /* weighted reconstruction error + weighted KL divergence */
  PICKET_SCORE_OUTPUT = 4             /* the network's one output, of any sign */
};

/* How weights are stored: bits 1 << n of picket_info.element_types. */
enum {
  PICKET_FLOAT32 = 1,
  PICKET_FLOAT16 = 2,
  PICKET_INT8 = 3,        /* bytes with a scale for each output; arithmetic in float */
  PICKET_INT8_INTEGER = 4 /* bytes; integer arithmetic from the inputs to the last layer: for chips
                             without floating point, and the fastest where there is VNNI */
};

/* What a field holds: picket_field.kind. */
enum { PICKET_NUMERIC = 1, PICKET_SYMBOLIC = 2 };

/* What a score is worth. */
typedef struct picket_result {
  float score;    /* finite; larger = more anomalous; comparable only under the same model */
  float p_value;  /* in (0, 1]: share of normal records expected to score this or higher */
  uint32_t flags; /* PICKET_FLAG_ bits */
} picket_result;

enum {
  PICKET_FLAG_UNKNOWN_CATEGORY = 1, /* a symbolic field was PICKET_UNKNOWN */
  PICKET_FLAG_OUT_OF_RANGE = 2,     /* a number lies outside the range seen in training */
  PICKET_FLAG_BEYOND_TABLE = 4      /* the score is above every calibration score: p_value is the
                                       smallest that the table can tell */
};

/* What a model is and costs. */
typedef struct picket_info {
  uint32_t kind;             /* PICKET_ANOEAN, PICKET_VAE or PICKET_DISTILLED */
  uint32_t score_kind;       /* PICKET_SCORE_... */
  uint32_t element_types;    /* bit (1 << PICKET_FLOAT32), ... for each type that occurs */
  uint32_t field_count;      /* floats of a record */
  uint32_t input_count;      /* inputs of the network, after one-hot coding */
  uint32_t latent_size;      /* numbers in the latent space */
  uint32_t layer_count;      /* layers that scoring runs */
  uint32_t parameter_count;  /* weights and biases of those layers */
  uint32_t calibration_rows; /* normal records behind the calibration table */
  float smallest_budget;     /* smallest rate that picket_threshold accepts */
  uint64_t feature_hash;     /* identifies what the fields mean: names, kinds, categories, coding */
  size_t model_bytes;        /* bytes of the file */
  size_t scratch_bytes;      /* what picket_scratch_size returns */
  const char *provenance;    /* JSON text, NUL-terminated: data, seed, configuration, metrics */
} picket_info;

/* One field of a record. */
typedef struct picket_field {
  const char *name;        /* NUL-terminated, inside the model bytes */
  uint32_t kind;           /* PICKET_NUMERIC or PICKET_SYMBOLIC */
  uint32_t category_count; /* 0 for a numeric field */
  float minimum;           /* smallest value seen in training; 0 for a symbolic field */
  float maximum;           /* largest value seen in training; 0 for a symbolic field */
} picket_field;

/* Counts of scores, for telling whether traffic has changed. Its words are private, its size is
 * part of the ABI, and it holds no pointer: it may be copied, saved and sent to another process of
 * the same machine. */
typedef struct picket_drift {
  uint64_t private_words[24];
} picket_drift;

/* How far the counted scores are from the calibration scores. */
typedef struct picket_drift_figures {
  float records;              /* scores that were counted */
  float population_stability; /* population-stability index: at least 0; 0 = no difference */
  float chi_square;           /* the test's statistic: at least 0 */
  float p_value;              /* chance of a statistic this large if nothing has changed; 0 ... 1 */
  uint32_t degrees_of_freedom; /* of the statistic: bins - 1, an even number from 2 to 10 */
} picket_drift_figures;

/* ==== Simple ================================================================================== */

/*
 * Checks a model and makes it ready to score.
 *
 *   model   receives the open model.
 *   bytes   the whole file, starting on an 8-byte boundary (malloc, mmap and _Alignas(8) do; a
 *           64-byte boundary is a little faster). May be null only if size is 0.
 *   size    how many bytes there are: exactly the file, no more and no less.
 *   check   may be null. On failure receives the number of the reader check that failed, as
 *           export/FORMAT.md numbers them, or 0 for PICKET_E_ARGUMENT. Untouched on success.
 *
 * Reads:    all of bytes.  Writes: *model on success, *check on failure.
 * Lifetime: bytes are borrowed until the last use of the model.
 * Threads:  safe; the caller alone owns *model until it returns.
 * Cost:     one pass over the file, a few nanoseconds a byte, and each field's name compared with
 *           the others. No other function scans the file.
 * Returns:  PICKET_OK; PICKET_E_ARGUMENT, _ALIGNMENT, _TRUNCATED, _MAGIC, _BYTE_ORDER, _VERSION,
 *           _CHECKSUM, _LAYOUT, _SCHEMA, _FEATURES, _LAYERS, _WEIGHTS, _PARAMETERS, _CALIBRATION,
 *           _PROVENANCE, _LIMIT, _UNSUPPORTED or _NOT_BUILT_IN.
 */
int32_t picket_open(picket_model *model, const void *bytes, size_t size, uint32_t *check);

/*
 * Turns one line of text into a record.
 *
 *   model      an open model.
 *   line       cells in the order of the model's fields; no NUL needed. A cell may stand in double
 *              quotes; a quote inside a cell is not supported. One LF, CR or CR LF may end it.
 *   length     bytes of line, at most 65,536.
 *   delimiter  what separates cells: ',' most often. Not a double quote, a line end, or one of
 *              0-9 + - . e E, which can stand in a number.
 *   record     receives picket_info.field_count floats.
 *   bad_field  may be null. On PICKET_E_PARSE receives the index of the field whose cell is
 *              missing, is not a number, or has a quote that does not close where the cell ends.
 *
 * A number is [+-] digits [. digits] [e [+-] digits], with a digit before or after the point, no
 * blanks, and within binary32. It is rounded to the nearest float if, written as a whole
 * number times a power of ten, it has at most 19 digits and a power of -22 to 0, or is at most 2^53
 * with a power of 1 to 22; else to one of the two nearest.
 *
 * Cells after the last field (a label, say) are ignored. A symbolic cell that is not among the
 * field's categories becomes PICKET_UNKNOWN: that is not an error.
 *
 * Reads:    line.  Writes: record (may be partly written on PICKET_E_PARSE), *bad_field.
 * Lifetime: nothing is kept.
 * Threads:  safe.
 * Cost:     linear in length; a symbolic cell costs the logarithm of its categories.
 * Returns:  PICKET_OK, PICKET_E_ARGUMENT (also for such a delimiter), PICKET_E_MODEL,
 *           PICKET_E_PARSE.
 */
int32_t picket_record_parse(const picket_model *model, const char *line, size_t length,
                            char delimiter, float *record, size_t *bad_field);

/*
 * The score from which on a record is an alarm, for a false-alarm budget.
 *
 *   model      an open model.
 *   rate       the share of normal records that may raise an alarm: 0.001 is one in a thousand.
 *              At least picket_info.smallest_budget, and below 1.
 *   threshold  receives the score: alarm when score >= threshold, which is when the score's
 *              p-value is not above rate.
 *
 * Reads:    the calibration table.  Writes: *threshold on success.
 * Lifetime: the number stays true for as long as the same model is scored.
 * Threads:  safe.
 * Cost:     that of 32 p-values.
 * Returns:  PICKET_OK, PICKET_E_ARGUMENT (rate is NaN, not above 0, or not below 1),
 *           PICKET_E_MODEL, PICKET_E_BUDGET (rate is below smallest_budget: calibrate the model on
 *           more normal records).
 */
int32_t picket_threshold(const picket_model *model, float rate, float *threshold);

/*
 * Scores one record.
 *
 *   model         an open model.
 *   record        picket_info.field_count floats in field order: a finite number for a numeric
 *                 field; a category index, or PICKET_UNKNOWN, for a symbolic one.
 *   scratch       memory for this call, of any alignment and any content.
 *   scratch_size  its bytes: at least picket_scratch_size(model); PICKET_SCRATCH_MAX always is.
 *   result        receives score, p-value and flags.
 *
 * The same record under the same model gives the same bits, always, from the same library on the
 * same kind of processor; other kinds add in another order, and agree within 1e-4 relative, as a
 * rule within 1e-5.
 *
 * Reads:    record.  Writes: scratch; *result on success.
 * Lifetime: nothing is kept.
 * Threads:  safe, with scratch and result of one's own.
 * Cost:     one multiplication for each weight whose input is not zero; in a convolution, for each
 *           window that the input lies in. PICKET_MAX_MULTIPLY_ADDS at most.
 * Returns:  PICKET_OK, PICKET_E_ARGUMENT, PICKET_E_MODEL, PICKET_E_SCRATCH, PICKET_E_NOT_FINITE,
 *           PICKET_E_CATEGORY, PICKET_E_OVERFLOW.
 */
int32_t picket_score(const picket_model *model, const float *record, void *scratch,
                     size_t scratch_size, picket_result *result);

/* A sentence in English for a status. Never null, never freed; any number may be given.
 * Reads, writes: nothing.  Lifetime: for ever.  Threads: safe.  Cost: at most 2,000 steps. */
const char *picket_status_text(int32_t status);

/* ==== Advanced ================================================================================ */

/* PICKET_VERSION, PICKET_ABI_VERSION and PICKET_FORMAT_VERSION as the library was built: compare
 * them with the header's when the library is loaded at run time.
 * Reads, writes: nothing.  Lifetime: -.  Threads: safe.  Cost: one step. */
uint32_t picket_version(void);
uint32_t picket_abi_version(void);
uint32_t picket_format_version(void);

/*
 * Bytes of scratch that picket_score and picket_score_batch need under this model: exact, never
 * above PICKET_SCRATCH_MAX, the same for one record and for a batch, which is faster with more.
 *
 * Reads:    model.  Writes: nothing.
 * Lifetime: fixed once the model is open.
 * Threads:  safe.
 * Cost:     one step.
 * Returns:  the bytes, or 0 if model is null or not open.
 */
size_t picket_scratch_size(const picket_model *model);

/*
 * What a model is and costs.
 *
 * Reads:    model.  Writes: *info on success.
 * Lifetime: info->provenance points into the model bytes.
 * Threads:  safe.
 * Cost:     a few steps a layer.
 * Returns:  PICKET_OK, PICKET_E_ARGUMENT, PICKET_E_MODEL.
 */
int32_t picket_model_info(const picket_model *model, picket_info *info);

/*
 * One field of the records that a model scores.
 *
 *   index   0 ... picket_info.field_count - 1.
 *
 * Reads:    model.  Writes: *field on success.
 * Lifetime: field->name points into the model bytes.
 * Threads:  safe.
 * Cost:     a few steps.
 * Returns:  PICKET_OK, PICKET_E_ARGUMENT (also for an index out of range), PICKET_E_MODEL.
 */
int32_t picket_field_info(const picket_model *model, size_t index, picket_field *field);

/*
 * The index of a field by name, for filling a record in any order.
 *
 *   name    NUL-terminated; compared byte by byte.
 *   index   receives the field's place in a record.
 *
 * Reads:    name up to its NUL, PICKET_MAX_NAME + 1 bytes at most.  Writes: *index on success.
 * Lifetime: nothing is kept.
 * Threads:  safe.
 * Cost:     one comparison a field: look names up once, at start.
 * Returns:  PICKET_OK, PICKET_E_ARGUMENT, PICKET_E_MODEL, PICKET_E_NOT_FOUND.
 */
int32_t picket_field_index(const picket_model *model, const char *name, size_t *index);

/*
 * The number that stands for a category in a record.
 *
 *   field     index of a symbolic field.
 *   name      NUL-terminated; compared byte by byte.
 *   value     receives the category's index as a float. On PICKET_E_NOT_FOUND it is left as it is:
 *             put PICKET_UNKNOWN into the record then.
 *
 * Reads:    name up to its NUL, PICKET_MAX_NAME + 1 bytes at most.  Writes: *value on success.
 * Lifetime: nothing is kept.
 * Threads:  safe.
 * Cost:     the logarithm of the categories: look names up once, at start.
 * Returns:  PICKET_OK, PICKET_E_ARGUMENT (also if the field is numeric or out of range),
 *           PICKET_E_MODEL, PICKET_E_NOT_FOUND.
 */
int32_t picket_category_index(const picket_model *model, size_t field, const char *name,
                              float *value);

/*
 * The name of a category: the way back, for reports.
 *
 *   field   index of a symbolic field.
 *   index   0 ... picket_field.category_count - 1.
 *   name    receives a NUL-terminated name.
 *
 * Reads:    model.  Writes: *name on success.
 * Lifetime: *name points into the model bytes.
 * Threads:  safe.
 * Cost:     a few steps.
 * Returns:  PICKET_OK, PICKET_E_ARGUMENT (also for a numeric field or an index out of range),
 *           PICKET_E_MODEL.
 */
int32_t picket_category_name(const picket_model *model, size_t field, size_t index,
                             const char **name);

/*
 * Scores records that stand one after the other, until one is refused.
 *
 *   records  count records; record i starts at records + i * stride.
 *   stride   floats from one record to the next, at least picket_info.field_count.
 *   count    how many records; 0 is allowed.
 *   scratch, scratch_size   as for picket_score. With room for n records, n times
 *            picket_scratch_size, a library built for AVX2 or AVX-512 scores n at a time, in a sixth
 *            to nearly half less time. More than for 64 records gains nothing.
 *   results  receives one result for each record scored.
 *   scored   receives how many results are good, on success and on failure alike: on failure,
 *            record *scored is the one refused. Skip it and call again for the rest.
 *
 * Every result is the same, bit for bit, as picket_score gives for that record.
 *
 * Reads:    records.  Writes: scratch, results[0 ... *scored - 1], *scored.
 * Lifetime: nothing is kept.
 * Threads:  safe, with scratch and results of one's own.
 * Cost:     that of picket_score for each record.
 * Returns:  as picket_score; PICKET_E_ARGUMENT, PICKET_E_MODEL and PICKET_E_SCRATCH leave *scored
 *           untouched.
 */
int32_t picket_score_batch(const picket_model *model, const float *records, size_t stride,
                           size_t count, void *scratch, size_t scratch_size,
                           picket_result *results, size_t *scored);

/*
 * The p-value of a score: the share of normal records that are expected to score this or higher,
 * read from the model's calibration table by linear interpolation. 1 below the table; above it,
 * the smallest that the table can tell, picket_info.smallest_budget: the trainer makes it one over
 * the number of calibration records plus one.
 *
 *   score    a finite score of this model.
 *   p_value  receives a number in (0, 1].
 *
 * Reads:    the calibration table.  Writes: *p_value on success.
 * Lifetime: nothing is kept.
 * Threads:  safe.
 * Cost:     the logarithm of the table.
 * Returns:  PICKET_OK, PICKET_E_ARGUMENT (also if score is not finite), PICKET_E_MODEL.
 */
int32_t picket_p_value(const picket_model *model, float score, float *p_value);

/*
 * Scores one record and tells what each of its fields contributes to the score.
 *
 *   model          an open model.
 *   record         as for picket_score.
 *   scratch        memory for this call, of any alignment and any content.
 *   scratch_size   its bytes: at least picket_explain_scratch_size(model);
 *                  PICKET_EXPLAIN_SCRATCH_MAX always is.
 *   contributions  receives picket_info.field_count floats in field order, in the score's unit. The
 *                  largest belongs to the field that speaks most for an anomaly. A symbolic field
 *                  has one contribution, whatever the number of its categories.
 *   result         may be null. Receives the same bits as picket_score gives.
 *
 * What they mean depends on picket_info.score_kind:
 * - PICKET_SCORE_MAHALANOBIS, PICKET_SCORE_OUTPUT: by how much the score would fall, about, if this
 *   field alone had the value of the typical record that the model file holds (medians and most frequent
 *   categories of normal records). Exact in the first layer if it is of rectifiers, by the gradient
 *   from there on. 0 for a typical value; a negative one speaks for a normal record.
 * - PICKET_SCORE_RECONSTRUCTION: the field's part of the reconstruction error. None is negative;
 *   their sum is the score, but for rounding.
 * - PICKET_SCORE_RECONSTRUCTION_KL: the same, times the weight of the reconstruction. The KL
 *   divergence belongs to no field: it is what is missing from the sum to the score.
 * A value beyond the range seen in training contributes what the end of the range would.
 *
 * Reads:    record.  Writes: scratch; contributions and *result on success.
 * Lifetime: nothing is kept.
 * Threads:  safe, with scratch, contributions and result of one's own.
 * Cost:     the instructions of three scores at most; up to the time of four, as its steps wait for one
 *           another.
 * Returns:  PICKET_OK, PICKET_E_ARGUMENT, PICKET_E_MODEL, PICKET_E_SCRATCH, PICKET_E_NOT_FINITE,
 *           PICKET_E_CATEGORY, PICKET_E_OVERFLOW (also if a contribution is not finite),
 *           PICKET_E_UNSUPPORTED (a distance or an output whose model file has no typical record:
 *           export anew; or one computed in integers, whose roundings have no slope: explain with a file of another
 *           element type).
 */
int32_t picket_explain(const picket_model *model, const float *record, void *scratch,
                       size_t scratch_size, float *contributions, picket_result *result);

/*
 * Bytes of scratch that picket_explain needs under this model: exact, never above
 * PICKET_EXPLAIN_SCRATCH_MAX.
 *
 * Reads:    model.  Writes: nothing.
 * Lifetime: fixed once the model is open.
 * Threads:  safe.
 * Cost:     a few steps a layer.
 * Returns:  the bytes, or 0 if model is null or not open.
 */
size_t picket_explain_scratch_size(const picket_model *model);

/*
 * Sets a drift monitor up for the scores of a model, with nothing counted.
 *
 *   drift   receives the monitor, whatever it held before.
 *   model   an open model. Its calibration table is divided into bins, 11 if it has the points,
 *           that normal records fill as equally as the points allow.
 *
 * Reads:    the calibration table.  Writes: *drift on success.
 * Lifetime: nothing of the model is kept: the monitor may outlive it.
 * Threads:  a monitor belongs to one thread at a time: give each its own, and merge them.
 * Cost:     one pass over the table.
 * Returns:  PICKET_OK, PICKET_E_ARGUMENT, PICKET_E_MODEL, PICKET_E_UNSUPPORTED (the table has too
 *           few points for three bins).
 */
int32_t picket_drift_init(picket_drift *drift, const picket_model *model);

/*
 * Counts one score.
 *
 *   drift   a monitor that was set up.
 *   score   a finite score of the monitor's model.
 *
 * A count that has reached 4,294,967,295 stays there: reset the monitor long before.
 *
 * Reads:    drift.  Writes: *drift on success.
 * Lifetime: -.
 * Threads:  the monitor belongs to one call at a time.
 * Cost:     a comparison a bin.
 * Returns:  PICKET_OK, PICKET_E_ARGUMENT (also if drift was not set up), PICKET_E_NOT_FINITE.
 */
int32_t picket_drift_add(picket_drift *drift, float score);

/*
 * Counts the scores of results: what picket_score or picket_score_batch gave.
 *
 *   drift    a monitor that was set up.
 *   results  count results of the monitor's model.
 *   count    how many; 0 is allowed.
 *
 * Reads:    results.  Writes: *drift on success: all are counted or none.
 * Lifetime: nothing is kept.
 * Threads:  the monitor belongs to one call at a time.
 * Cost:     that of picket_drift_add for each result.
 * Returns:  PICKET_OK, PICKET_E_ARGUMENT (also if drift was not set up), PICKET_E_NOT_FINITE (a
 *           score is not finite).
 */
int32_t picket_drift_add_results(picket_drift *drift, const picket_result *results, size_t count);

/*
 * Adds the counts of another monitor, which stays as it is.
 *
 *   drift   a monitor that was set up.
 *   other   a monitor that was set up for the same model file.
 *
 * Reads:    *other.  Writes: *drift on success.
 * Lifetime: nothing is kept.
 * Threads:  both monitors belong to this call.
 * Cost:     an addition a bin.
 * Returns:  PICKET_OK, PICKET_E_ARGUMENT (also if one was not set up, or they are of two models).
 */
int32_t picket_drift_merge(picket_drift *drift, const picket_drift *other);

/*
 * Forgets all scores, not the model: for a new period.
 *
 * Reads:    drift.  Writes: *drift on success.
 * Lifetime: -.
 * Threads:  the monitor belongs to one call at a time.
 * Cost:     a step a bin.
 * Returns:  PICKET_OK, PICKET_E_ARGUMENT (also if drift was not set up).
 */
int32_t picket_drift_reset(picket_drift *drift);

/*
 * How far the scores counted so far are from those that the model was calibrated with.
 *
 *   drift    a monitor that was set up.
 *   figures  receives the figures.
 *
 * With m scores counted, c_i of them in bin i of B, and n calibration records, of which a share e_i
 * is in bin i:
 *   chi_square = m n / (m + n) * sum of (c_i / m - e_i)^2 / h_i,  h_i = (c_i + n e_i) / (m + n)
 *   p_value    = exp(-x) * sum over j < (B - 1) / 2 of x^j / j!,  x = chi_square / 2
 *   population_stability = sum of (o_i - x_i) ln(o_i / x_i),
 *                          o_i = (c_i + 1/2) / (m + B/2),  x_i = (n e_i + 1/2) / (n + B/2)
 * chi_square is Pearson's statistic for two samples of one distribution, so p_value allows for
 * the calibration records being a sample too. p_value is 1 as long as a bin has too few records
 * to tell: fewer than 5 of m or of n, both by e_i and by h_i.
 *
 * Use p_value to decide whether there is drift, at 1e-4 and below if it is looked at often, since
 * every look is another chance of a false report; and population_stability to judge how much:
 * below 0.1 is usually called small, above 0.25 large.
 *
 * Reads:    drift.  Writes: *figures on success.
 * Lifetime: nothing is kept.
 * Threads:  the monitor must not be changed meanwhile.
 * Cost:     a few dozen steps a bin.
 * Returns:  PICKET_OK, PICKET_E_ARGUMENT (also if drift was not set up).
 */
int32_t picket_drift_report(const picket_drift *drift, picket_drift_figures *figures);

#ifdef __cplusplus
}
#endif

#endif /* PICKET_H */
