/* `picketd csv`: the records of a log as text, one line each, as a model would see them. */
#include <stdio.h>

#include "columns.h"
#include "service.h"
#include "verbs.h"

/* Records that get no score are left out: no model should learn from them. */
static void print(void *listener, const picket_flow_event *event, const float *record) {
  uint64_t *left_out = listener;
  if (!record) return;
  if (column_refusal(event)) {
    (*left_out)++;
    return;
  }
  for (size_t i = 0; i < PICKET_FLOW_COLUMNS; i++) {
    char text[64];
    column_print(i, record[i], text, sizeof text);
    printf("%s%c", text, i + 1 < PICKET_FLOW_COLUMNS ? ',' : '\n');
  }
}

int verb_csv(const char *config_path, const char *log_path, struct error *error) {
  static struct service service;
  uint64_t left_out = 0;
  int ended;
  if (config_load(&service.config, config_path, error)) return -1;
  service.config.source.kind = SOURCE_REPLAY;
  if (snprintf(service.config.source.path, CONFIG_PATH, "%s", log_path) >= CONFIG_PATH)
    return fail(error, "%s: a path of more than %d characters", log_path, CONFIG_PATH - 1);
  if (service_open(&service, 0, error)) return -1;
  service.engine.listener = &left_out;
  service.engine.listen = print;
  for (size_t i = 0; i < PICKET_FLOW_COLUMNS; i++)
    printf("%s%c", picket_flow_column_name(i), i + 1 < PICKET_FLOW_COLUMNS ? ',' : '\n');
  if (loop_run(&service.loop, &ended, error)) return -1;
  engine_finish(&service.engine);
  if (fflush(stdout) || ferror(stdout)) return fail(error, "the standard output cannot be written");
  say("%llu records were left out: they would get no score", (unsigned long long)left_out);
  if (service.source.errors)
    say("%llu pieces of the log could not be read", (unsigned long long)service.source.errors);
  return source_status(&service.source, error);
}
