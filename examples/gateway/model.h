/* A model that is ready to score records of the flow: opened, checked against the flow's columns,
 * with its thresholds. */
#ifndef PICKETD_MODEL_H
#define PICKETD_MODEL_H

#include <picket.h>
#include <picket_flow.h>

#include "columns.h"
#include "config.h"

/* Symbolic columns: protocol_type, service, flag. */
enum { MODEL_SYMBOLIC = 3 };

struct model {
  picket_model opened;
  picket_info info;
  unsigned char *bytes; /* the file, in memory that was taken at the start */
  size_t capacity;
  uint32_t checksum;    /* the file's own: what identifies it */
  uint8_t columns[PICKET_FLOW_COLUMNS];  /* of each field of the model */
  int8_t tables[PICKET_FLOW_COLUMNS];    /* of each column: which of `categories`; -1: numeric */
  float categories[MODEL_SYMBOLIC][COLUMN_CATEGORIES]; /* the model's number of the flow's one */
  float threshold;                       /* by [alert] budget */
  float host_thresholds[CONFIG_MAX_HOSTS]; /* by each [[host]] budget */
  int explains;         /* whether it can give reasons */
};

/* Bytes that start on a 64-byte boundary, for a file of at most `capacity`. */
void model_place(struct model *model, unsigned char *bytes, size_t capacity);

/*
 * Reads and checks a file: its format, that its features are those of `specification`, that the flow
 * has its columns, and that it can tell every budget. `scratch` is PICKET_EXPLAIN_SCRATCH_MAX bytes. On
 * failure *model is not usable, and *error says what to do.
 */
int model_load(struct model *model, const struct config *config, uint64_t specification,
               void *scratch, struct error *error);

/* Turns a record of the flow into one of the model: info.field_count floats. */
void model_arrange(const struct model *model, const float *record, float *fields);

/* The threshold and the budget for a connection, by the first [[host]] that fits it. Returns 0 if
 * the connection is excluded. */
int model_threshold(const struct model *model, const struct config *config,
                    const picket_flow_event *event, float *threshold, float *budget);

#endif
