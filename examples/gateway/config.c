#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "reader.h"
#include "toml.h"

/* Where the reader stands. `seen` has a bit for each key of the present table that was given, so
 * that none is given twice; of a [[host]] it starts anew. */
struct reading {
  struct config *config;
  const char *table; /* of config_keys, or NULL before the first */
  uint64_t seen;
  uint64_t tables; /* bits of the first key of tables that were opened */
  unsigned *line;
  unsigned host_line; /* of the present [[host]] */
};

static unsigned char *place_of(struct reading *reading, const struct key *key) {
  if (strcmp(key->table, "host") != 0) return (unsigned char *)reading->config + key->offset;
  return (unsigned char *)&reading->config->hosts[reading->config->host_count - 1] + key->offset;
}

static void store(const struct key *key, unsigned char *place, double number) {
  if (key->type == KEY_SHARE) {
    const float share = (float)number;
    memcpy(place, &share, sizeof share);
  } else if (key->type == KEY_LARGE || key->type == KEY_SECONDS) {
    /* In two steps: a product of a hundred days and 1e9 is beyond what a double counts exactly. */
    uint64_t wide = (uint64_t)number;
    if (key->type == KEY_SECONDS)
      wide = wide * 1000000000u + (uint64_t)((number - (double)wide) * 1e9 + 0.5);
    memcpy(place, &wide, sizeof wide);
  } else {
    const uint32_t narrow = (uint32_t)number;
    memcpy(place, &narrow, sizeof narrow);
  }
}

static void set_defaults(struct reading *reading, int of_host) {
  for (size_t i = 0; i < config_key_count; i++) {
    const struct key *key = &config_keys[i];
    if ((strcmp(key->table, "host") == 0) != of_host) continue;
    if (key->text)
      snprintf((char *)place_of(reading, key), key->size, "%s", key->text);
    else
      store(key, place_of(reading, key), key->fallback);
  }
}

/* The place of a word in a list of words, or -1. */
static int index_of(const char *words, const char *word) {
  const size_t length = strlen(word);
  for (int i = 0; *words; i++) {
    const size_t here = strcspn(words, " ");
    if (here == length && memcmp(words, word, length) == 0) return i;
    words += here + (words[here] == ' ');
  }
  return -1;
}

static int set_text(const struct key *key, unsigned char *place, const char *text,
                    struct error *error) {
  if (strlen(text) >= key->size)
    return fail(error, "%s.%s has more than %zu characters", key->table, key->name, key->size - 1);
  struct sockaddr_storage address;
  if (key->type == KEY_ENDPOINT && !endpoint_parse(text, &address))
    return fail(error, "%s.%s is \"%s\", expected ADDRESS:PORT or [ADDRESS]:PORT", key->table, key->name, text);
  memcpy(place, text, strlen(text) + 1);
  return 0;
}

static int set_words(const struct key *key, unsigned char *place, const char *const *words,
                     size_t count, struct error *error) {
  double number = 0;
  for (size_t i = 0; i < count; i++) {
    const int index = index_of(key->words, words[i]);
    if (index < 0)
      return fail(error, "%s.%s: \"%s\" is none of: %s", key->table, key->name, words[i], key->words);
    number = key->type == KEY_SET ? (double)((uint32_t)number | 1u << index) : index;
  }
  store(key, place, number);
  return 0;
}

static int set_number(const struct key *key, unsigned char *place, double number,
                      struct error *error) {
  const int is_share = key->type == KEY_SHARE;
  const float share = (float)number; /* as it is kept: of 1e-60 nothing is left */
  if (number < key->least || number > key->most || (is_share && (share <= 0 || share >= 1)))
    return fail(error, "%s.%s is %g, expected a number %s %.12g %s %.12g", key->table, key->name,
                number, is_share ? "above" : "from", key->least, is_share ? "and below" : "to",
                key->most);
  if (key->type == KEY_POWER && ((uint32_t)number & ((uint32_t)number - 1)))
    return fail(error, "%s.%s is %g, expected a power of two", key->table, key->name, number);
  store(key, place, number);
  return 0;
}

static enum toml_type type_of(enum key_type type) {
  switch (type) {
    case KEY_TEXT:
    case KEY_ENDPOINT:
    case KEY_CHOICE: return TOML_STRING;
    case KEY_SET: return TOML_STRINGS;
    case KEY_BOOLEAN: return TOML_BOOLEAN;
    case KEY_SECONDS:
    case KEY_SHARE: return TOML_FLOAT;
    default: return TOML_INTEGER;
  }
}

static int set_key(const struct key *key, unsigned char *place, const struct toml_value *value,
                   struct error *error) {
  const enum toml_type expected = type_of(key->type);
  const int fits = value->type == expected || (expected == TOML_FLOAT && value->type == TOML_INTEGER);
  if (!fits)
    return fail(error, "%s.%s is %s, expected %s", key->table, key->name,
                toml_type_name(value->type), toml_type_name(expected));
  switch (value->type) {
    case TOML_STRINGS: return set_words(key, place, value->strings, value->count, error);
    case TOML_BOOLEAN: store(key, place, (double)value->integer); return 0;
    case TOML_STRING:
      if (key->type == KEY_CHOICE) return set_words(key, place, &value->string, 1, error);
      return set_text(key, place, value->string, error);
    default: return set_number(key, place, value->number, error);
  }
}

static int take_value(void *context, const char *name, const struct toml_value *value,
                      struct error *error) {
  struct reading *reading = context;
  if (!reading->table) return fail(error, "%s stands before the first [table]", name);
  for (size_t i = 0; i < config_key_count; i++) {
    const struct key *key = &config_keys[i];
    if (strcmp(key->table, reading->table) != 0 || strcmp(key->name, name) != 0) continue;
    if (reading->seen >> i & 1) return fail(error, "%s.%s is given twice", key->table, name);
    reading->seen |= (uint64_t)1 << i;
    return set_key(key, place_of(reading, key), value, error);
  }
  return fail(error, "[%s] has no key '%s': see picketd.toml(5)", reading->table, name);
}

/* What a [[host]] says fits together. */
static int finish_host(struct reading *reading, struct error *error) {
  if (!reading->table || strcmp(reading->table, "host") != 0) return 0;
  struct host_rule *host = &reading->config->hosts[reading->config->host_count - 1];
  const unsigned line = *reading->line;
  *reading->line = reading->host_line;
  if (prefix_parse(host->address, &host->prefix))
    return fail(error, "host.address is \"%s\", expected an address or a network such as "
                "192.0.2.0/24, with zeros behind its prefix", host->address);
  if ((host->budget > 0) == (host->exclude != 0))
    return fail(error, "[[host]] %s: expected either a budget or exclude = true", host->address);
  *reading->line = line;
  return 0;
}

static int take_table(void *context, const char *name, int is_array, struct error *error) {
  struct reading *reading = context;
  if (finish_host(reading, error)) return -1;
  size_t i = 0;
  while (i < config_key_count && strcmp(config_keys[i].table, name) != 0) i++;
  if (i == config_key_count) return fail(error, "there is no table [%s]: see picketd.toml(5)", name);
  const int is_host = strcmp(name, "host") == 0;
  if (is_host != is_array)
    return fail(error, "expected %s", is_host ? "[[host]], once for each host" : "[table], not [[table]]");
  reading->table = config_keys[i].table;
  if (!is_host) {
    if (reading->tables >> i & 1) return fail(error, "[%s] is given twice", name);
    reading->tables |= (uint64_t)1 << i;
    return 0;
  }
  if (reading->config->host_count == CONFIG_MAX_HOSTS)
    return fail(error, "more than %d [[host]]", CONFIG_MAX_HOSTS);
  reading->config->host_count++;
  reading->host_line = *reading->line;
  for (size_t k = i; k < config_key_count; k++)
    if (strcmp(config_keys[k].table, "host") == 0) reading->seen &= ~((uint64_t)1 << k);
  set_defaults(reading, 1);
  return 0;
}

/* A file that is written must be no other's: the last would replace or cut the first. What goes to a device
 * may meet there; of a replay and its log, log_open judges. */
static int check_paths(const struct config *config, struct error *error) {
  const int is_file = config->source.kind == SOURCE_PCAP && strcmp(config->source.path, "-") != 0;
  const struct {
    const char *name, *path;
  } files[] = {{"log.path", config->log.path},
               {"output.path", config->output.path},
               {"metrics.path", config->metrics.path},
               {"control.pid_file", config->control.pid_file},
               {"model.path", config->model.path},
               {"output.hook", config->output.hook},
               {"source.path", is_file ? config->source.path : ""}};
  enum { WRITTEN = 4, COUNT = sizeof files / sizeof files[0] };
  for (size_t i = 0; i < WRITTEN; i++)
    for (size_t k = i + 1; k < COUNT; k++)
      if (files[i].path[0] && strcmp(files[i].path, files[k].path) == 0 &&
          strncmp(files[i].path, "/dev/", 5) != 0)
        return fail(error, "%s and %s are one file, %s: give them one each", files[i].name, files[k].name,
                    files[i].path);
  return 0;
}

/* What keys of several tables must be together. */
static int check_whole(const struct config *config, struct error *error) {
  const uint32_t kind = config->source.kind;
  const int is_file = kind == SOURCE_PCAP || kind == SOURCE_REPLAY;
  if (is_file && !config->source.path[0])
    return fail(error, "source.path is missing: the file to read");
  if (kind == SOURCE_INTERFACE && !config->source.interface[0])
    return fail(error, "source.interface is missing: the interface to capture from");
  if (config->flow.byte_count == 1 && (kind == SOURCE_CONNTRACK || kind == SOURCE_NETFLOW))
    return fail(error, "flow.bytes is \"payload\", which this source does not count: use \"ip\"");
  return check_paths(config, error);
}

int config_parse(struct config *config, const char *path, char *text, size_t size,
                 struct error *error) {
  unsigned line = 1;
  struct reading reading = {config, NULL, 0, 0, &line, 0};
  const struct toml_handler handler = {&reading, take_table, take_value};
  struct error cause;
  memset(config, 0, sizeof *config);
  set_defaults(&reading, 0);
  if (toml_parse(text, size, &handler, &line, &cause) || finish_host(&reading, &cause))
    return fail(error, "%s:%u: %s", path, line, cause.text);
  if (check_whole(config, &cause)) return fail(error, "%s: %s", path, cause.text);
  return 0;
}

int config_load(struct config *config, const char *path, struct error *error) {
  static char text[CONFIG_FILE_BYTES];
  size_t size = 0;
  ssize_t got = 1;
  const int descriptor = reader_at_once(path);
  if (descriptor < 0) return fail(error, "%s: %s", path, strerror(errno));
  while (got > 0 && size < sizeof text) {
    got = read(descriptor, text + size, sizeof text - size);
    if (got > 0) size += (size_t)got;
  }
  const int cause = errno;
  close(descriptor);
  if (got < 0) return fail(error, "%s: %s", path, strerror(cause));
  if (size == sizeof text)
    return fail(error, "%s: expected less than %d bytes", path, CONFIG_FILE_BYTES);
  text[size] = 0;
  return config_parse(config, path, text, size, error);
}
