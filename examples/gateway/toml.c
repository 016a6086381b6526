#include "toml.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A place in the text. `at` never passes `end`, and *end is NUL. */
struct cursor {
  char *at;
  char *end;
  unsigned line;
  struct error *error;
};

static int is_digit(char c) { return c >= '0' && c <= '9'; }

static int is_name(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
}

/* How much a message quotes of what stands somewhere: no more than its line. */
static int quoted(const char *at) {
  int length = 0;
  while (length < 20 && at[length] && at[length] != '\n' && at[length] != '\r') length++;
  return length;
}

static void skip_blanks(struct cursor *c) {
  while (*c->at == ' ' || *c->at == '\t') c->at++;
}

/* Skips blanks and a comment. Returns 0 at the end of a line or of the text. */
static int end_of_line(struct cursor *c) {
  skip_blanks(c);
  if (*c->at == '#')
    while (c->at < c->end && *c->at != '\n') c->at++;
  if (*c->at == '\r' && c->at[1] == '\n') c->at++;
  if (*c->at == '\n') {
    c->at++;
    c->line++;
    return 0;
  }
  if (c->at == c->end) return 0;
  return fail(c->error, "found '%.*s' where the line should end", quoted(c->at), c->at);
}

/* Where a name ends a NUL must stand, but what follows is still to be read: it is kept here. */
struct name {
  char *start;
  char *end;
};

static int read_name(struct cursor *c, struct name *name) {
  name->start = c->at;
  while (is_name(*c->at)) c->at++;
  name->end = c->at;
  if (name->end == name->start)
    return fail(c->error, "expected a name of letters, digits, '_' and '-', found '%.*s'",
                quoted(c->at), c->at);
  return 0;
}

static int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/* \uXXXX as UTF-8, which never is longer than what it replaces. */
static int read_unicode(struct cursor *c, char **out) {
  unsigned code = 0;
  for (int i = 0; i < 4; i++) {
    const int digit = hex_digit(*c->at);
    if (digit < 0) return fail(c->error, "\\u needs four hexadecimal digits");
    code = code * 16 + (unsigned)digit;
    c->at++;
  }
  if (code == 0 || (code >= 0xD800 && code < 0xE000))
    return fail(c->error, "\\u%04X is not a character", code);
  if (code < 0x80) {
    *(*out)++ = (char)code;
  } else if (code < 0x800) {
    *(*out)++ = (char)(0xC0 | code >> 6);
    *(*out)++ = (char)(0x80 | (code & 0x3F));
  } else {
    *(*out)++ = (char)(0xE0 | code >> 12);
    *(*out)++ = (char)(0x80 | (code >> 6 & 0x3F));
    *(*out)++ = (char)(0x80 | (code & 0x3F));
  }
  return 0;
}

static int read_escape(struct cursor *c, char **out) {
  static const char letters[] = "btnfr\"\\", meanings[] = "\b\t\n\f\r\"\\";
  const char letter = *c->at;
  const char *found = letter ? strchr(letters, letter) : NULL;
  if (found) {
    c->at++;
    *(*out)++ = meanings[found - letters];
    return 0;
  }
  if (letter != 'u') return fail(c->error, "'\\%c' is no escape; '\\\\' is a backslash", letter);
  c->at++;
  return read_unicode(c, out);
}

/* "basic", with escapes, or 'literal'. It is decoded in place: it only becomes shorter. */
static int read_string(struct cursor *c, const char **string) {
  const char quote = *c->at++;
  if (c->at[0] == quote && c->at[1] == quote)
    return fail(c->error, "strings of several lines are not supported");
  char *out = c->at;
  *string = out;
  while (*c->at != quote) {
    if (c->at == c->end || *c->at == '\n') return fail(c->error, "a string is not closed");
    if ((unsigned char)*c->at < 0x20 && *c->at != '\t')
      return fail(c->error, "a control character in a string");
    if (quote == '"' && *c->at == '\\') {
      c->at++;
      if (read_escape(c, &out)) return -1;
    } else {
      *out++ = *c->at++;
    }
  }
  c->at++;
  *out = 0;
  return 0;
}

/* Blanks, line ends and comments, as they may stand between the strings of an array. */
static int skip_lines(struct cursor *c) {
  for (;;) {
    skip_blanks(c);
    if (*c->at != '#' && *c->at != '\n' && *c->at != '\r') return 0;
    if (end_of_line(c)) return -1;
  }
}

static int read_array(struct cursor *c, struct toml_value *value) {
  value->type = TOML_STRINGS;
  value->count = 0;
  c->at++;
  for (;;) {
    if (skip_lines(c)) return -1;
    if (*c->at == ']') break;
    if (*c->at != '"' && *c->at != '\'')
      return fail(c->error, "an array may hold strings alone, found '%.*s'", quoted(c->at), c->at);
    if (value->count == TOML_MAX_STRINGS)
      return fail(c->error, "an array of more than %d strings", TOML_MAX_STRINGS);
    if (read_string(c, &value->strings[value->count++])) return -1;
    if (skip_lines(c)) return -1;
    if (*c->at == ',')
      c->at++;
    else if (*c->at != ']')
      return fail(c->error, "expected ',' or ']' in an array, found '%.*s'", quoted(c->at), c->at);
  }
  c->at++;
  return 0;
}

/* Digits with single underscores between them, copied without these. */
static int copy_digits(struct cursor *c, char **out, const char *limit) {
  if (!is_digit(*c->at)) return -1;
  while (is_digit(*c->at) || (*c->at == '_' && is_digit(c->at[1]))) {
    if (*out == limit) return -1;
    if (*c->at != '_') *(*out)++ = *c->at;
    c->at++;
  }
  return 0;
}

static int read_number(struct cursor *c, struct toml_value *value) {
  char digits[64], *out = digits;
  const char *limit = digits + sizeof digits - 4, *start = c->at;
  value->type = TOML_INTEGER;
  if (*c->at == '+' || *c->at == '-') *out++ = *c->at++;
  if (*c->at == '0' && is_digit(c->at[1])) goto malformed;
  if (copy_digits(c, &out, limit)) goto malformed;
  if (*c->at == '.') {
    value->type = TOML_FLOAT;
    *out++ = *c->at++;
    if (copy_digits(c, &out, limit)) goto malformed;
  }
  if (*c->at == 'e' || *c->at == 'E') {
    value->type = TOML_FLOAT;
    *out++ = *c->at++;
    if (*c->at == '+' || *c->at == '-') *out++ = *c->at++;
    if (copy_digits(c, &out, limit)) goto malformed;
  }
  if (is_name(*c->at) || *c->at == '.' || *c->at == ':') goto malformed;
  *out = 0;
  errno = 0;
  value->number = strtod(digits, NULL);
  if (value->type == TOML_INTEGER) value->integer = strtoll(digits, NULL, 10);
  if (errno == ERANGE) return fail(c->error, "%s is too large or too small", digits);
  return 0;
malformed:
  return fail(c->error, "'%.*s' is not a number, a \"string\", true, false or an array",
              quoted(start), start);
}

static int read_word(struct cursor *c, const char *word) {
  const size_t length = strlen(word);
  if (strncmp(c->at, word, length) != 0 || is_name(c->at[length])) return 0;
  c->at += length;
  return 1;
}

static int read_value(struct cursor *c, struct toml_value *value) {
  memset(value, 0, sizeof *value);
  if (*c->at == '"' || *c->at == '\'') {
    value->type = TOML_STRING;
    return read_string(c, &value->string);
  }
  if (*c->at == '[') return read_array(c, value);
  if (*c->at == '{') return fail(c->error, "inline tables are not supported");
  if (read_word(c, "true")) {
    value->type = TOML_BOOLEAN;
    value->integer = 1;
    return 0;
  }
  if (read_word(c, "false")) {
    value->type = TOML_BOOLEAN;
    return 0;
  }
  return read_number(c, value);
}

static int read_table(struct cursor *c, const struct toml_handler *handler) {
  struct name name;
  const int is_array = c->at[1] == '[';
  c->at += 1 + is_array;
  skip_blanks(c);
  if (read_name(c, &name)) return -1;
  skip_blanks(c);
  for (int i = 0; i <= is_array; i++)
    if (*c->at++ != ']')
      return fail(c->error, "expected %s after the table's name; names with points are not supported",
                  is_array ? "']]'" : "']'");
  *name.end = 0;
  return handler->table(handler->context, name.start, is_array, c->error);
}

static int read_key(struct cursor *c, const struct toml_handler *handler) {
  struct name name;
  struct toml_value value;
  if (read_name(c, &name)) return -1;
  skip_blanks(c);
  if (*c->at != '=')
    return fail(c->error, "expected '=' after the key, found '%.*s'; keys with points or quotes "
                "are not supported", quoted(c->at), c->at);
  c->at++;
  skip_blanks(c);
  if (read_value(c, &value)) return -1;
  *name.end = 0;
  return handler->value(handler->context, name.start, &value, c->error);
}

int toml_parse(char *text, size_t size, const struct toml_handler *handler, unsigned *line,
               struct error *error) {
  struct cursor c = {text, text + size, 1, error};
  const char *nul = memchr(text, 0, size);
  /* The mark that some editors put before UTF-8. */
  if (size >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) c.at += 3;
  while (c.at < c.end) {
    *line = c.line;
    if (c.at == nul) return fail(error, "a NUL byte: this is not a text file");
    skip_blanks(&c);
    int status = 0;
    if (*c.at == '[')
      status = read_table(&c, handler);
    else if (is_name(*c.at) || *c.at == '"' || *c.at == '\'')
      status = read_key(&c, handler);
    if (status == 0) {
      *line = c.line;
      status = end_of_line(&c);
    }
    if (status) return -1;
  }
  return 0;
}

const char *toml_type_name(enum toml_type type) {
  static const char *const names[] = {"a \"string\"", "a whole number", "a number",
                                      "true or false", "an array of strings"};
  return names[type];
}
