#include "model.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "reader.h"

void model_place(struct model *model, unsigned char *bytes, size_t capacity) {
  memset(model, 0, sizeof *model);
  model->bytes = bytes;
  model->capacity = capacity;
}

/* The file is read, not mapped: a mapped one that somebody cuts short would end the process. */
static int read_file(struct model *model, const char *path, size_t *size, struct error *error) {
  if (!path[0]) return fail(error, "model.path is missing: the model to score with");
  const int descriptor = reader_at_once(path);
  if (descriptor < 0) return fail(error, "%s: %s", path, strerror(errno));
  ssize_t got = 1;
  *size = 0;
  while (got != 0 && *size < model->capacity) {
    got = read(descriptor, model->bytes + *size, model->capacity - *size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) break;
    *size += (size_t)got;
  }
  const int cause = errno;
  close(descriptor);
  if (got < 0) return fail(error, "%s: %s", path, strerror(cause));
  if (*size == model->capacity)
    return fail(error, "%s: expected less than model.most_bytes, %zu", path, model->capacity);
  return 0;
}

static int check_specification(const struct model *model, const char *path, uint64_t specification,
                               struct error *error) {
  if (model->info.feature_hash == specification) return 0;
  return fail(error, "%s: its features have the hash %016llx, those of this configuration %016llx: "
              "it was trained on other records; train on a log of this site and with this [flow]",
              path, (unsigned long long)model->info.feature_hash, (unsigned long long)specification);
}

/* The numbers that the model gives the categories of a column. */
static void number_categories(struct model *model, size_t field, size_t column, float *numbers) {
  for (size_t i = 0; i < picket_flow_category_count(column) && i < COLUMN_CATEGORIES; i++) {
    numbers[i] = PICKET_UNKNOWN;
    picket_category_index(&model->opened, field, picket_flow_category_name(column, i), &numbers[i]);
  }
}

static int match_columns(struct model *model, const char *path, struct error *error) {
  uint32_t seen = 0;
  int tables = 0;
  memset(model->tables, -1, sizeof model->tables);
  for (size_t i = 0; i < model->info.field_count; i++) {
    picket_field field;
    picket_field_info(&model->opened, i, &field);
    const size_t column = column_find(field.name);
    if (column == PICKET_FLOW_COLUMNS || seen >> column & 1)
      return fail(error, "%s: its field '%s' is not a column of the flow", path, field.name);
    seen |= (uint32_t)1 << column;
    const int is_symbolic = picket_flow_category_count(column) > 0;
    if (is_symbolic != (field.kind == PICKET_SYMBOLIC) || (is_symbolic && tables == MODEL_SYMBOLIC))
      return fail(error, "%s: its field '%s' is not of the column's kind", path, field.name);
    model->columns[i] = (uint8_t)column;
    if (!is_symbolic) continue;
    model->tables[column] = (int8_t)tables;
    number_categories(model, i, column, model->categories[tables++]);
  }
  return 0;
}

static int set_threshold(const struct model *model, const char *path, float budget, float *threshold,
                         struct error *error) {
  const int32_t status = picket_threshold(&model->opened, budget, threshold);
  if (status == PICKET_OK) return 0;
  return fail(error, "%s: budget %g: %s; the smallest that it can tell is %g", path, (double)budget,
              picket_status_text(status), (double)model->info.smallest_budget);
}

static int set_thresholds(struct model *model, const struct config *config, struct error *error) {
  const char *path = config->model.path;
  if (set_threshold(model, path, config->alert.budget, &model->threshold, error)) return -1;
  for (uint32_t i = 0; i < config->host_count; i++) {
    if (config->hosts[i].exclude) continue;
    if (set_threshold(model, path, config->hosts[i].budget, &model->host_thresholds[i], error))
      return -1;
  }
  return 0;
}

/* Whether it has reasons to give. Which files have none, the library alone knows: it is asked about the
 * smallest record of training, of category 0. */
static int has_reasons(const struct model *model, void *scratch) {
  float record[PICKET_FLOW_COLUMNS], contributions[PICKET_FLOW_COLUMNS];
  for (size_t i = 0; i < model->info.field_count; i++) {
    picket_field field;
    picket_field_info(&model->opened, i, &field);
    record[i] = field.minimum;
  }
  return picket_explain(&model->opened, record, scratch, PICKET_EXPLAIN_SCRATCH_MAX, contributions,
                        NULL) != PICKET_E_UNSUPPORTED;
}

int model_load(struct model *model, const struct config *config, uint64_t specification,
               void *scratch, struct error *error) {
  const char *path = config->model.path;
  size_t size = 0;
  uint32_t check = 0;
  if (read_file(model, path, &size, error)) return -1;
  const int32_t status = picket_open(&model->opened, model->bytes, size, &check);
  if (status != PICKET_OK)
    return fail(error, "%s: %s (reader check %u of the format)", path, picket_status_text(status),
                (unsigned)check);
  picket_model_info(&model->opened, &model->info);
  if (check_specification(model, path, specification, error)) return -1;
  if (match_columns(model, path, error) || set_thresholds(model, config, error)) return -1;
  memcpy(&model->checksum, model->bytes + 20, sizeof model->checksum);
  model->explains = has_reasons(model, scratch);
  return 0;
}

void model_arrange(const struct model *model, const float *record, float *fields) {
  for (size_t i = 0; i < model->info.field_count; i++) {
    const size_t column = model->columns[i];
    const int table = model->tables[column];
    fields[i] = table < 0 ? record[column] : model->categories[table][(size_t)record[column]];
  }
}

static int fits(const struct host_rule *rule, const picket_flow_event *event) {
  if (rule->port && rule->port != event->destination_port) return 0;
  return (rule->side != HOST_DESTINATION && prefix_holds(&rule->prefix, event->source)) ||
         (rule->side != HOST_SOURCE && prefix_holds(&rule->prefix, event->destination));
}

int model_threshold(const struct model *model, const struct config *config,
                    const picket_flow_event *event, float *threshold, float *budget) {
  *threshold = model->threshold;
  *budget = config->alert.budget;
  for (uint32_t i = 0; i < config->host_count; i++) {
    if (!fits(&config->hosts[i], event)) continue;
    if (config->hosts[i].exclude) return 0;
    *threshold = model->host_thresholds[i];
    *budget = config->hosts[i].budget;
    return 1;
  }
  return 1;
}
