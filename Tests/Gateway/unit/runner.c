/* Runs every test of picketd, each with an empty folder.
 *
 *   gateway-unit MODELS SCRATCH       MODELS: of make_model.py; SCRATCH: a folder that is emptied
 *   gateway-unit --specification      prints what the flow's columns mean, for make_model.py
 */
#include <stdio.h>

#include "testing.h"

#include "../../Shared/group.h"

#define FILES(X) \
  X(toml)        \
  X(config)      \
  X(documents)   \
  X(address)     \
  X(clock)       \
  X(append)      \
  X(cooldown)    \
  X(model)       \
  X(warm_up)     \
  X(scorer)      \
  X(alert)       \
  X(metrics)     \
  X(conntrack)   \
  X(hook)        \
  X(journal)     \
  X(pipe)        \
  X(sources)

FILES(DECLARE)

static int print_specification(void) {
  static char text[PICKET_FLOW_MAX_SPECIFICATION];
  picket_flow_configuration configuration;
  struct config config;
  parse(&config, "");
  engine_configure(&config, &configuration);
  if (picket_flow_specification(&configuration, text, sizeof text, NULL) != PICKET_FLOW_OK) return 1;
  fputs(text, stdout);
  return 0;
}

int main(int argc, char **argv) {
  if (argc == 2 && strcmp(argv[1], "--specification") == 0) return print_specification();
  if (argc != 3) return fprintf(stderr, "usage: gateway-unit MODELS SCRATCH\n"), 64;
  model_folder = argv[1];
  scratch_folder = argv[2];
  char *all[] = {NULL};
#define CHOOSE(file) choose(file##_tests, file##_count, all);
  FILES(CHOOSE)
  for (size_t i = 0; i < chosen_count; i++) chosen[i].setup_func = empty_scratch;
  return _cmocka_run_group_tests("gateway", chosen, chosen_count, NULL, NULL) != 0;
}
