/* The shipped configuration and the manual page tell of every key, and tell the truth. */
#include <stdio.h>
#include <stdlib.h>

#include "testing.h"

/* The part of a text that belongs to a table, from its head up to the next one's. */
static char *part_of(char *text, const char *table, const char *head, const char *next) {
  char line[64];
  snprintf(line, sizeof line, head, table);
  char *start = strstr(text, line);
  expect(start, "no [%s]", table);
  start += strlen(line);
  char *end = strstr(start, next);
  if (end) *end = 0;
  return start;
}

static void the_shipped_configuration_has_every_key(void **state) {
  (void)state;
  for (size_t i = 0; i < config_key_count; i++) {
    char line[64], *text = slurp(GATEWAY_DIR "/picketd.toml", NULL);
    const int is_host = strcmp(config_keys[i].table, "host") == 0;
    char *part = part_of(text, config_keys[i].table, is_host ? "[[%s]]" : "\n[%s]\n", "\n[");
    snprintf(line, sizeof line, "\n%s%s = ", is_host ? "# " : "", config_keys[i].name);
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

/* A default as the manual page has it; of a choice its word, of a set all that are in it. */
static void show_default(const struct key *key, char *text, size_t size) {
  if (key->type == KEY_TEXT || key->type == KEY_ENDPOINT) {
    snprintf(text, size, "[\"%s\"]", key->text);
  } else if (key->type == KEY_BOOLEAN) {
    snprintf(text, size, "[%s]", key->fallback != 0 ? "true" : "false");
  } else if (!key->words) {
    snprintf(text, size, "[%.15g]", key->fallback);
  } else {
    const int is_set = key->type == KEY_SET;
    const uint32_t chosen = is_set ? (uint32_t)key->fallback : 1u << (uint32_t)key->fallback;
    char words[128], *rest = words;
    size_t length = (size_t)snprintf(text, size, is_set ? "[[" : "[");
    const char *between = "";
    snprintf(words, sizeof words, "%s", key->words);
    for (uint32_t bit = 1; rest; bit <<= 1) {
      const char *word = strsep(&rest, " ");
      if (!(chosen & bit)) continue;
      length += (size_t)snprintf(text + length, size - length, "%s\"%s\"", between, word);
      between = ", ";
    }
    snprintf(text + length, size - length, is_set ? "]]" : "]");
  }
}

static void the_manual_page_has_every_key_and_its_default(void **state) {
  (void)state;
  for (size_t i = 0; i < config_key_count; i++) {
    const struct key *key = &config_keys[i];
    const int is_host = strcmp(key->table, "host") == 0;
    char line[64], fallback[64], *page = slurp(GATEWAY_DIR "/picketd.toml.5", NULL);
    char *part = part_of(page, key->table, is_host ? ".SH [[%s]]" : ".SH [%s]", "\n.SH ");
    snprintf(line, sizeof line, "\n.B %s\n", key->name);
    const char *found = strstr(part, line);
    expect(found, "[%s] %s", key->table, key->name);
    if (!is_host) { /* a host's keys have no default */
      show_default(key, fallback, sizeof fallback);
      expect(strncmp(found + strlen(line), fallback, strlen(fallback)) == 0, "[%s] %s: not %s",
             key->table, key->name, fallback);
    }
    free(page);
  }
}

const struct CMUnitTest documents_tests[] = {
    cmocka_unit_test(the_shipped_configuration_has_every_key),
    cmocka_unit_test(the_shipped_configuration_holds_the_defaults),
    cmocka_unit_test(the_manual_page_has_every_key_and_its_default),
};
const size_t documents_count = COUNT(documents_tests);
