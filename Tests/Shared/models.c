#include "models.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *next_line(char **text) {
  char *line = *text, *end = strchr(line, '\n');
  if (*line == 0) return NULL;
  *text = end ? end + 1 : line + strlen(line);
  if (end) *end = 0;
  return line;
}

size_t split(char *line, char **cells, size_t most) {
  size_t count = 0;
  while (count < most) {
    cells[count++] = line;
    line = strchr(line, ',');
    if (!line) break;
    *line++ = 0;
  }
  return count;
}

uint64_t random_bits(uint64_t *state) {
  uint64_t z = *state += 0x9E3779B97F4A7C15u;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
  z = (z ^ z >> 27) * 0x94D049BB133111EBu;
  return z ^ z >> 31;
}

uint32_t random_below(uint64_t *state, uint32_t count) {
  return (uint32_t)(random_bits(state) % count);
}

int is_big_endian(void) {
  const uint16_t one = 1;
  unsigned char first;
  memcpy(&first, &one, 1);
  return first == 0;
}

int32_t status_named(const char *name) {
  static const char *const names[] = {
      "OK",       "ARGUMENT",   "MODEL",       "ALIGNMENT",  "TRUNCATED", "MAGIC",   "BYTE_ORDER",
      "VERSION",  "CHECKSUM",   "LAYOUT",      "SCHEMA",     "FEATURES",  "LAYERS",  "WEIGHTS",
      "PARAMETERS", "CALIBRATION", "PROVENANCE", "LIMIT",    "UNSUPPORTED", "SCRATCH",
      "NOT_FINITE", "CATEGORY", "OVERFLOW",    "NOT_FOUND",  "PARSE",     "BUDGET",
      "NOT_BUILT_IN"};
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
    if (strcmp(names[i], name) == 0) return -(int32_t)i;
  fprintf(stderr, "no status is called %s\n", name);
  abort();
}

void sign_model(unsigned char *bytes, size_t size) {
  static uint32_t table[256];
  if (table[1] == 0)
    for (uint32_t i = 0; i < 256; i++) {
      uint32_t value = i;
      for (int bit = 0; bit < 8; bit++) value = value >> 1 ^ (value & 1 ? 0xEDB88320u : 0);
      table[i] = value;
    }
  uint32_t sum = 0xFFFFFFFFu;
  memset(bytes + 20, 0, 4);
  for (size_t i = 0; i < size; i++) sum = sum >> 8 ^ table[(sum ^ bytes[i]) & 0xFF];
  sum ^= 0xFFFFFFFFu;
  memcpy(bytes + 20, &sum, 4);
}

size_t size_with_typical(size_t size, size_t fields) { return size + (fields * 4 + 63) / 64 * 64; }

int add_typical(unsigned char *bytes, size_t size, const float *typical, size_t fields) {
  uint32_t sections, all = (uint32_t)size_with_typical(size, fields);
  const uint32_t entry[4] = {512, (uint32_t)size, (uint32_t)fields * 4, 0};
  memcpy(&sections, bytes + 32, 4);
  if (sections != 9) return 0;
  sections++;
  memset(bytes + size, 0, all - size);
  memcpy(bytes + size, typical, fields * 4);
  memcpy(bytes + 16, &all, 4);
  memcpy(bytes + 32, &sections, 4);
  /* Sections start at multiples of 64 bytes: the table has room for one more. */
  memcpy(bytes + 64 + 9 * 16, entry, 16);
  sign_model(bytes, all);
  return 1;
}
