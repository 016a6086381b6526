/* The shipped configuration and the manual page tell of every key, and tell the truth. */
#include <stdio.h>
#include <stdlib.h>

#include "testing.h"

/* The part of picketd.toml that belongs to a table, up to the next one. */
static char *part_of(char *text, const char *table) {
  char head[64];
  snprintf(head, sizeof head, strcmp(table, "host") == 0 ? "[[%s]]" : "\n[%s]\n", table);
  char *start = strstr(text, head);
  expect(start, "no [%s]", table);
  start += strlen(head);
  char *end = strstr(start, "\n[");
  if (end) *end = 0;
  return start;
}

static void the_shipped_configuration_has_every_key(void **state) {
  (void)state;
  for (size_t i = 0; i < config_key_count; i++) {
    char line[64], *text = slurp(GATEWAY_DIR "/picketd.toml", NULL);
    char *part = part_of(text, config_keys[i].table);
    snprintf(line, sizeof line, "\n%s%s = ", strcmp(config_keys[i].table, "host") ? "" : "# ",
             config_keys[i].name);
    expect(strstr(part, line), "[%s] %s", config_keys[i].table, config_keys[i].name);
    free(text);
  }
}

static void the_shipped_configuration_holds_the_defaults(void **state) {
  struct config shipped, defaults;
  struct error error;
  (void)state;
  parse(&defaults, "");
  expect(config_load(&shipped, GATEWAY_DIR "/picketd.toml", &error) == 0, "%s", error.text);
  /* Paths have no default; it shows some that fit the service. */
  memcpy(shipped.log.path, defaults.log.path, sizeof shipped.log.path);
  memcpy(shipped.model.path, defaults.model.path, sizeof shipped.model.path);
  memcpy(shipped.output.path, defaults.output.path, sizeof shipped.output.path);
  memcpy(shipped.metrics.path, defaults.metrics.path, sizeof shipped.metrics.path);
  assert_memory_equal(&shipped, &defaults, sizeof shipped);
}

static void the_manual_page_has_every_key(void **state) {
  char *page = slurp(GATEWAY_DIR "/picketd.toml.5", NULL);
  (void)state;
  assert_non_null(page);
  for (size_t i = 0; i < config_key_count; i++) {
    char line[64];
    snprintf(line, sizeof line, "\n.B %s\n", config_keys[i].name);
    expect(strstr(page, line), "[%s] %s", config_keys[i].table, config_keys[i].name);
  }
  free(page);
}

const struct CMUnitTest documents_tests[] = {
    cmocka_unit_test(the_shipped_configuration_has_every_key),
    cmocka_unit_test(the_shipped_configuration_holds_the_defaults),
    cmocka_unit_test(the_manual_page_has_every_key),
};
const size_t documents_count = COUNT(documents_tests);
