/* Why a record is an alert: the fields that speak most for it. */
#ifndef PICKETD_REASONS_H
#define PICKETD_REASONS_H

#include "model.h"

enum { REASONS_MOST = 8 };

struct reason {
  size_t field, column;
  float value;        /* as the flow has it */
  float contribution; /* to the score */
  float share;        /* of all contributions that speak for an anomaly; 0 ... 1 */
  float minimum, maximum; /* seen in training; of numeric fields */
};

/* Finds the `most` fields with the largest contributions above 0, the largest first. Returns how
 * many there are: none if the model cannot explain. */
size_t reasons_find(const struct model *model, const float *record, const float *fields,
                    void *scratch, size_t scratch_bytes, struct reason *reasons, size_t most);

/* "connections to the same host in the time window: 511, above the 40 of training". */
void reason_print(const struct reason *reason, char *text, size_t size);

#endif
