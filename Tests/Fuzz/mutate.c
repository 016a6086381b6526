/* Mutations that know the outline of a model file, so that the checks behind its checksum and its
 * section table are reached: export/FORMAT.md has the layout. */
#include "fuzz.h"

enum { TABLE = 64, ENTRY = 16, MOST_SECTIONS = 16 };

uint32_t next_random(uint32_t *state) {
  uint32_t x = *state += 0x9E3779B9u;
  x = (x ^ x >> 16) * 0x85EBCA6Bu;
  x = (x ^ x >> 13) * 0xC2B2AE35u;
  return x ^ x >> 16;
}

static uint32_t get(const uint8_t *data, size_t at) {
  uint32_t word;
  memcpy(&word, data + at, 4);
  return word;
}

static void put(uint8_t *data, size_t at, uint32_t word) { memcpy(data + at, &word, 4); }

void mutate_float(uint8_t *floats, size_t count, uint32_t *state) {
  static const uint32_t bits[] = {
      0x00000000, 0x80000000, 0x3F800000, 0xBF800000, 0x40000000, 0x3F000000, 0x3F7FFFFF,
      0xBF7FFFFF, 0x7F7FFFFF, 0xFF7FFFFF, 0x7F800000, 0xFF800000, 0x7FC00000, 0x7F800001,
      0x00000001, 0x80000001, 0x007FFFFF, 0x00800000, 0x4B000000, 0x4B7FFFFF, 0x5F000000,
      0x49742400, 0x7149F2CA, 0x42C80000};
  size_t at = next_random(state) % count * 4;
  uint32_t old = get(floats, at);
  float small;
  switch (next_random(state) % 6) {
    case 0: put(floats, at, bits[next_random(state) % COUNT(bits)]); break;
    case 1: put(floats, at, next_random(state)); break;
    case 2: put(floats, at, old ^ 1u << next_random(state) % 32); break;
    case 3: put(floats, at, old + next_random(state) % 3 - 1); break; /* its neighbours */
    case 4: put(floats, at, get(floats, next_random(state) % count * 4)); break;
    default: /* a category, perhaps */
      small = (float)(next_random(state) % 10);
      memcpy(floats + at, &small, 4);
  }
}

static uint32_t checksum(const uint8_t *data, size_t size) {
  static uint32_t table[256];
  uint32_t sum = 0xFFFFFFFFu;
  if (table[1] == 0)
    for (uint32_t i = 0; i < 256; i++) {
      uint32_t value = i;
      for (int bit = 0; bit < 8; bit++) value = value >> 1 ^ (value & 1 ? 0xEDB88320u : 0);
      table[i] = value;
    }
  for (size_t i = 0; i < size; i++)
    sum = sum >> 8 ^ table[(sum ^ (i >= 20 && i < 24 ? 0 : data[i])) & 0xFF];
  return sum ^ 0xFFFFFFFFu;
}

/* Bytes of the model at the start of data, as the section table tells. */
static size_t end_of_model(const uint8_t *data, size_t size) {
  uint32_t count = get(data, 32);
  if (count == 0 || count > MOST_SECTIONS || TABLE + count * ENTRY > size) return size;
  size_t last = TABLE + (count - 1) * ENTRY;
  uint64_t end = ((uint64_t)get(data, last + 4) + get(data, last + 8) + 63) / 64 * 64;
  return end >= TABLE && end <= size ? (size_t)end : size;
}

/* Makes one section longer or shorter by some bytes, and moves what stands behind it. */
static size_t resize_section(uint8_t *data, size_t size, size_t max_size, uint32_t *state) {
  static const uint32_t steps[] = {1, 4, 8, 16, 20, 64, 64, 128, 256};
  uint32_t count = get(data, 32);
  if (count == 0 || count > MOST_SECTIONS || TABLE + count * ENTRY > size) return size;
  uint32_t chosen = next_random(state) % count, step = steps[next_random(state) % COUNT(steps)];
  size_t entry = TABLE + chosen * ENTRY;
  uint64_t start = get(data, entry + 4), bytes = get(data, entry + 8);
  uint64_t end = (start + bytes + 63) / 64 * 64, now = bytes + step;
  if (next_random(state) % 2) now = bytes >= step ? bytes - step : 0;
  uint64_t new_end = (start + now + 63) / 64 * 64;
  if (start < TABLE || end > size || size - end + new_end > max_size) return size;
  memmove(data + new_end, data + end, size - end);
  if (new_end > end) memset(data + end, 0, new_end - end);
  put(data, entry + 8, (uint32_t)now);
  for (uint32_t i = chosen + 1; i < count; i++) {
    size_t at = TABLE + i * ENTRY + 4;
    put(data, at, get(data, at) + (uint32_t)(new_end - end));
  }
  return size - end + new_end;
}

static void replace_word(uint8_t *data, size_t size, uint32_t *state) {
  static const uint32_t words[] = {
      0,  1,   2,   3,   4,    15,   16,   17,    32,    63,         64,         65,
      127, 128, 129, 255, 256,  257,  1023, 1024,  1025,  2047,       2048,       2049,
      65535, 65536, 0x7FFFFFFF, 0x80000000, 0xFFFFFFC0, 0xFFFFFFFF, 0x7F800000, 0x3F800000};
  /* The small sections in front decide most: half of the words are among the first 512 bytes. */
  size_t reach = next_random(state) % 2 && size > 512 ? 512 : size;
  size_t at = next_random(state) % (reach / 4) * 4;
  switch (next_random(state) % 4) {
    case 0: put(data, at, words[next_random(state) % COUNT(words)]); break;
    case 1: put(data, at, get(data, at) + next_random(state) % 33 - 16); break;
    case 2: put(data, at, get(data, next_random(state) % (size / 4) * 4)); break;
    default: data[at + next_random(state) % 4] ^= (uint8_t)(1u << next_random(state) % 8);
  }
}

size_t mutate_model(uint8_t *data, size_t size, size_t max_size, uint32_t *state, int tail) {
  if (size < 128) return LLVMFuzzerMutate(data, size, max_size);
  switch (next_random(state) % 8) {
    case 0: size = LLVMFuzzerMutate(data, size, max_size); break;
    case 1: size = resize_section(data, size, max_size, state); break;
    case 2:
    case 3: { /* one section, its length kept */
      uint32_t count = get(data, 32);
      if (count == 0 || count > MOST_SECTIONS || TABLE + count * ENTRY > size) break;
      size_t entry = TABLE + next_random(state) % count * ENTRY;
      uint32_t start = get(data, entry + 4), bytes = get(data, entry + 8);
      if (bytes < 4 || start > size || bytes > size - start) break;
      if (bytes > 256) start += next_random(state) % (bytes - 255), bytes = 256;
      if (next_random(state) % 2) mutate_float(data + start, bytes / 4, state);
      else LLVMFuzzerMutate(data + start, bytes, bytes);
      break;
    }
    case 4: mutate_float(data, size / 4, state); break;
    default:
      for (uint32_t i = 0; i <= next_random(state) % 3; i++) replace_word(data, size, state);
  }
  if (size >= 64 && next_random(state) % 32) {
    size_t end = tail ? end_of_model(data, size) : size;
    put(data, 16, (uint32_t)end);
    put(data, 20, checksum(data, end));
  }
  return size;
}
