/* `picketd check` and `picketd reload`: what needs the configuration and the model, but no source. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "hook.h"
#include "pid_file.h"
#include "scorer.h"
#include "service.h"
#include "verbs.h"

/* Loads the configuration and, if it names one, the model. */
static int load(struct config *config, struct model *model, const char *path, struct error *error) {
  const struct source_operations *operations;
  picket_flow_configuration flow;
  struct arena arena;
  uint64_t specification;
  if (config_load(config, path, error) || service_find_source(config, &operations, error)) return -1;
  engine_configure(config, &flow);
  const size_t flow_bytes = engine_cost(&flow);
  if (!flow_bytes)
    return fail(error, "[flow]: %s", picket_flow_status_text(PICKET_FLOW_E_CONFIGURATION));
  picket_flow_specification(&flow, NULL, 0, &specification);
  printf("configuration %s: source %s, %u hosts\n", path, operations->name,
         (unsigned)config->host_count);
  printf("memory: %zu bytes, of which %zu for the flow\n",
         flow_bytes + operations->memory(config) + scorer_memory(config), flow_bytes);
  printf("features: hash %016llx\n", (unsigned long long)specification);
  if (hook_check(config->output.hook, error)) return -1;
  if (!config->model.path[0]) return 0;
  if (arena_open(&arena, arena_cost(config->model.most_bytes) + arena_cost(PICKET_EXPLAIN_SCRATCH_MAX),
                 error))
    return -1;
  model_place(model, arena_take(&arena, config->model.most_bytes), config->model.most_bytes);
  return model_load(model, config, specification, arena_take(&arena, PICKET_EXPLAIN_SCRATCH_MAX), error);
}

int verb_check(const char *path, struct error *error) {
  static struct config config;
  static struct model model;
  if (load(&config, &model, path, error)) return -1;
  if (!config.model.path[0]) {
    printf("model: none, so nothing but learning\n");
    return 0;
  }
  printf("model %s: checksum %08x, %zu bytes, %u fields, budget %g, threshold %g%s\n",
         config.model.path, (unsigned)model.checksum, model.info.model_bytes,
         (unsigned)model.info.field_count, (double)config.alert.budget, (double)model.threshold,
         model.explains ? "" : "; it cannot give reasons: export it anew, with a --type other than int8-integer, for that");
  return 0;
}

int verb_reload(const char *path, struct error *error) {
  static struct config config;
  static struct model model;
  if (load(&config, &model, path, error)) return -1;
  const pid_t process = pid_file_holder(config.control.pid_file, error);
  if (process < 0) return -1;
  if (kill(process, SIGHUP))
    return fail(error, "process %ld: %s", (long)process, strerror(errno));
  printf("process %ld was told to reload; what it says is in its log\n", (long)process);
  return 0;
}
