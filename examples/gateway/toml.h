/*
 * A strict part of TOML: tables, arrays of tables, and keys with a string, an integer, a float, a
 * boolean or an array of strings. What else TOML knows (dotted and quoted keys, dates, inline tables,
 * strings of several lines) is an error that says so.
 */
#ifndef PICKETD_TOML_H
#define PICKETD_TOML_H

#include <stddef.h>
#include <stdint.h>

#include "message.h"

enum { TOML_MAX_STRINGS = 32 };

enum toml_type { TOML_STRING, TOML_INTEGER, TOML_FLOAT, TOML_BOOLEAN, TOML_STRINGS };

struct toml_value {
  enum toml_type type;
  int64_t integer;     /* TOML_INTEGER; 0 or 1 of TOML_BOOLEAN */
  double number;       /* TOML_FLOAT, and TOML_INTEGER as one */
  const char *string;  /* TOML_STRING */
  const char *strings[TOML_MAX_STRINGS];
  size_t count;        /* TOML_STRINGS */
};

/* What is told of a file, in its order. A function that does not return 0 ends the reading; it has
 * written *error then. Strings last as long as the text that was parsed. */
struct toml_handler {
  void *context;
  int (*table)(void *context, const char *name, int is_array, struct error *error);
  int (*value)(void *context, const char *key, const struct toml_value *value,
               struct error *error);
};

/*
 * Parses text[0 ... size - 1]; text[size] must be there too, and NUL. The text is overwritten: names
 * and strings are ended where they stand.
 *
 * Returns 0, or -1 with *line, from 1, and *error.
 */
int toml_parse(char *text, size_t size, const struct toml_handler *handler, unsigned *line,
               struct error *error);

/* What a type is called in a message. */
const char *toml_type_name(enum toml_type type);

#endif
