#include "reasons.h"

#include <stdio.h>

size_t reasons_find(const struct model *model, const float *record, const float *fields,
                    void *scratch, size_t scratch_bytes, struct reason *reasons, size_t most) {
  float contributions[PICKET_FLOW_COLUMNS], sum = 0;
  size_t count = 0;
  if (picket_explain(&model->opened, fields, scratch, scratch_bytes, contributions, NULL) != PICKET_OK)
    return 0;
  for (size_t i = 0; i < model->info.field_count; i++) {
    if (!(contributions[i] > 0)) continue;
    sum += contributions[i];
    size_t place = count < most ? count++ : most;
    /* Insertion into a list of three or so, from its small end. */
    while (place > 0 && reasons[place - 1].contribution < contributions[i]) {
      if (place < most) reasons[place] = reasons[place - 1];
      place--;
    }
    if (place < most)
      reasons[place] = (struct reason){.field = i, .contribution = contributions[i]};
  }
  for (size_t i = 0; i < count; i++) {
    picket_field field;
    picket_field_info(&model->opened, reasons[i].field, &field);
    reasons[i].column = model->columns[reasons[i].field];
    reasons[i].value = record[reasons[i].column];
    reasons[i].share = reasons[i].contribution / sum;
    reasons[i].minimum = field.minimum;
    reasons[i].maximum = field.maximum;
  }
  return count;
}

void reason_print(const struct reason *reason, char *text, size_t size) {
  char value[64];
  const char *words = column_words(reason->column);
  column_print(reason->column, reason->value, value, sizeof value);
  if (picket_flow_category_count(reason->column))
    snprintf(text, size, "%s: %s", words, value);
  else if (reason->value > reason->maximum)
    snprintf(text, size, "%s: %s, above the %.9g of training", words, value, (double)reason->maximum);
  else if (reason->value < reason->minimum)
    snprintf(text, size, "%s: %s, below the %.9g of training", words, value, (double)reason->minimum);
  else
    snprintf(text, size, "%s: %s, in training %.9g ... %.9g", words, value, (double)reason->minimum,
             (double)reason->maximum);
}
