/* Writes one JSON object as one line, into memory of the caller's. What does not fit is told at the
 * end, not in the middle: json_end returns 0 then. */
#ifndef PICKETD_JSON_H
#define PICKETD_JSON_H

#include <stddef.h>
#include <stdint.h>

struct json {
  char *text;
  size_t size, length;
  int needs_comma;
  int is_full;
};

void json_begin(struct json *json, char *text, size_t size);

/* A key, before each value of an object; NULL inside an array. */
void json_text(struct json *json, const char *key, const char *value);
void json_count(struct json *json, const char *key, uint64_t value);
void json_number(struct json *json, const char *key, double value); /* null if it is not finite */
void json_boolean(struct json *json, const char *key, int value);
void json_open(struct json *json, const char *key, char bracket); /* '{' or '[' */
void json_close(struct json *json, char bracket);                 /* '}' or ']' */

/* Ends the object with "}\n" and a NUL. Returns its bytes without the NUL. */
size_t json_end(struct json *json);

#endif
