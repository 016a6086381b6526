#include "json.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void put(struct json *json, const char *bytes, size_t length) {
  if (length >= json->size - json->length) {
    json->is_full = 1;
    return;
  }
  memcpy(json->text + json->length, bytes, length);
  json->length += length;
}

static void put_quoted(struct json *json, const char *value) {
  put(json, "\"", 1);
  for (; *value; value++) {
    const unsigned char c = (unsigned char)*value;
    char escape[8];
    if (c == '"' || c == '\\') {
      put(json, "\\", 1);
      put(json, value, 1);
    } else if (c < 0x20) {
      snprintf(escape, sizeof escape, "\\u%04x", (unsigned)c);
      put(json, escape, 6);
    } else {
      put(json, value, 1);
    }
  }
  put(json, "\"", 1);
}

static void put_key(struct json *json, const char *key) {
  if (json->needs_comma) put(json, ",", 1);
  json->needs_comma = 1;
  if (!key) return;
  put_quoted(json, key);
  put(json, ":", 1);
}

void json_begin(struct json *json, char *text, size_t size) {
  json->text = text;
  json->size = size;
  json->length = 0;
  json->needs_comma = 0;
  json->is_full = 0;
  put(json, "{", 1);
}

void json_text(struct json *json, const char *key, const char *value) {
  put_key(json, key);
  put_quoted(json, value);
}

void json_count(struct json *json, const char *key, uint64_t value) {
  char digits[24];
  put_key(json, key);
  put(json, digits, (size_t)snprintf(digits, sizeof digits, "%llu", (unsigned long long)value));
}

void json_number(struct json *json, const char *key, double value) {
  char digits[40];
  put_key(json, key);
  if (isfinite(value))
    put(json, digits, (size_t)snprintf(digits, sizeof digits, "%.7g", value));
  else
    put(json, "null", 4);
}

void json_boolean(struct json *json, const char *key, int value) {
  put_key(json, key);
  put(json, value ? "true" : "false", value ? 4 : 5);
}

void json_open(struct json *json, const char *key, char bracket) {
  put_key(json, key);
  put(json, &bracket, 1);
  json->needs_comma = 0;
}

void json_close(struct json *json, char bracket) {
  put(json, &bracket, 1);
  json->needs_comma = 1;
}

size_t json_end(struct json *json) {
  put(json, "}\n", 2);
  if (json->is_full) return 0;
  json->text[json->length] = 0;
  return json->length;
}
