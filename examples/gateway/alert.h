/* One alert as text: a line of JSON for programs, a sentence for people. */
#ifndef PICKETD_ALERT_H
#define PICKETD_ALERT_H

#include <picket.h>
#include <picket_flow.h>

#include "model.h"
#include "reasons.h"

enum { ALERT_LINE = 4000, ALERT_SENTENCE = 900 };

struct alert {
  const picket_flow_event *event;
  const float *record; /* of the flow */
  picket_result result;
  float threshold, budget;
  const struct model *model;
  struct reason reasons[REASONS_MOST];
  size_t reason_count;
  uint32_t repeats;  /* of its kind that were not told since the last one */
  uint64_t time_ns;  /* of the wall */
};

/* Writes one line of JSON, ended by LF. Returns its bytes, or 0 if it does not fit. */
size_t alert_json(const struct alert *alert, char *line, size_t size);

/* Writes a sentence. */
void alert_sentence(const struct alert *alert, char *text, size_t size);

#endif
