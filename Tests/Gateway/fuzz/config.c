/* Any bytes as a configuration: it is refused with a line, or every value is within its range. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"

#define PROMISE(condition)                                               \
  do {                                                                   \
    if (!(condition)) {                                                  \
      fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);    \
      abort();                                                           \
    }                                                                    \
  } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static double number_at(const struct key *key, const unsigned char *place) {
  uint32_t narrow;
  uint64_t wide;
  float share;
  switch (key->type) {
    case KEY_LARGE: memcpy(&wide, place, sizeof wide); return (double)wide;
    case KEY_SECONDS: memcpy(&wide, place, sizeof wide); return (double)wide / 1e9;
    case KEY_SHARE: memcpy(&share, place, sizeof share); return (double)share;
    default: memcpy(&narrow, place, sizeof narrow); return narrow;
  }
}

static uint32_t words_of(const struct key *key) {
  uint32_t count = 1;
  for (const char *c = key->words; *c; c++) count += *c == ' ';
  return count;
}

static void look_at(const struct key *key, const unsigned char *start) {
  const unsigned char *place = start + key->offset;
  const double number = key->text ? 0 : number_at(key, place);
  struct sockaddr_storage address;
  switch (key->type) {
    case KEY_TEXT: PROMISE(memchr(place, 0, key->size)); break;
    case KEY_ENDPOINT: PROMISE(memchr(place, 0, key->size) && endpoint_parse((const char *)place, &address)); break;
    case KEY_CHOICE: PROMISE(number < words_of(key)); break;
    case KEY_SET: PROMISE(number < (double)(1u << words_of(key))); break;
    case KEY_BOOLEAN: PROMISE(number == 0 || number == 1); break;
    case KEY_SHARE: PROMISE(number == key->fallback || (number > 0 && number < 1)); break;
    case KEY_POWER: PROMISE(((uint32_t)number & ((uint32_t)number - 1)) == 0); /* fall through */
    default: PROMISE(number == key->fallback || (number >= key->least - 1e-9 && number <= key->most));
  }
}

static void look_at_all(const struct config *config) {
  PROMISE(config->host_count <= CONFIG_MAX_HOSTS);
  for (size_t i = 0; i < config_key_count; i++) {
    const int is_host = strcmp(config_keys[i].table, "host") == 0;
    if (!is_host) look_at(&config_keys[i], (const unsigned char *)config);
    for (uint32_t h = 0; is_host && h < config->host_count; h++)
      look_at(&config_keys[i], (const unsigned char *)&config->hosts[h]);
  }
  for (uint32_t h = 0; h < config->host_count; h++) {
    PROMISE(config->hosts[h].prefix.bits <= 128);
    PROMISE((config->hosts[h].budget > 0) != (config->hosts[h].exclude != 0));
  }
}

/* The error names the file, and holds no character that could spoil a log. */
static void look_at_error(const struct error *error) {
  PROMISE(strncmp(error->text, "fuzz:", 5) == 0);
  for (const char *c = error->text; *c; c++) PROMISE((unsigned char)*c >= 0x20);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static struct config first, second;
  struct error error, again;
  char *text = malloc(size + 1);
  int status[2];
  for (int i = 0; i < 2; i++) {
    memcpy(text, data, size);
    text[size] = 0;
    status[i] = config_parse(i ? &second : &first, "fuzz", text, size, i ? &again : &error);
  }
  free(text);
  PROMISE(status[0] == status[1]);
  if (status[0] == 0) {
    PROMISE(memcmp(&first, &second, sizeof first) == 0);
    look_at_all(&first);
  } else {
    PROMISE(strcmp(error.text, again.text) == 0);
    look_at_error(&error);
  }
  return 0;
}
