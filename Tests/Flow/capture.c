#include "capture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint32_t u32(const capture *file, size_t at) {
  uint32_t x;
  memcpy(&x, file->bytes + at, sizeof x);
  return file->is_swapped ? __builtin_bswap32(x) : x;
}

static uint16_t u16(const capture *file, size_t at) {
  uint16_t x;
  memcpy(&x, file->bytes + at, sizeof x);
  return file->is_swapped ? __builtin_bswap16(x) : x;
}

static int read_all(capture *file, const char *path) {
  FILE *in = fopen(path, "rb");
  long size = -1;
  if (!in) return 0;
  if (fseek(in, 0, SEEK_END) == 0 && (size = ftell(in)) > 24) {
    rewind(in);
    file->size = (size_t)size;
    file->bytes = malloc(file->size);
    if (!file->bytes || fread(file->bytes, 1, file->size, in) != file->size) size = -1;
  }
  fclose(in);
  return size > 24;
}

int capture_open(capture *file, const char *path) {
  memset(file, 0, sizeof *file);
  if (!read_all(file, path)) return 0;
  switch (u32(file, 0)) {
    case 0x0A0D0D0A:
      file->is_next_generation = 1;
      return 1;
    case 0xD4C3B2A1: file->is_swapped = 1; break;
    case 0x4D3CB2A1: file->is_swapped = 1; /* fall through */
    case 0xA1B23C4D: file->is_nanoseconds = 1; break;
    case 0xA1B2C3D4: break;
    default: return 0;
  }
  file->link[0] = u32(file, 20) & 0xFFFF;
  file->at = 24;
  return 1;
}

static int next_record(capture *file, capture_packet *packet) {
  if (file->size - file->at < 16) return 0;
  uint64_t seconds = u32(file, file->at), part = u32(file, file->at + 4);
  packet->captured = u32(file, file->at + 8);
  packet->length = u32(file, file->at + 12);
  file->at += 16;
  if (packet->captured > file->size - file->at) return 0; /* the file is cut short */
  packet->time_ns = seconds * 1000000000u + part * (file->is_nanoseconds ? 1u : 1000u);
  packet->link = file->link[0];
  packet->bytes = file->bytes + file->at;
  file->at += packet->captured;
  return 1;
}

/* An interface: its link type, and among its options the parts of a second, 9. */
static void add_interface(capture *file, size_t at, size_t length) {
  uint64_t ticks = 1000000;
  size_t option = at + 16;
  if (file->interfaces == 256) return;
  while (option + 4 <= at + length - 4 && u16(file, option) != 0) {
    if (u16(file, option) == 9) {
      uint8_t power = file->bytes[option + 4];
      ticks = 1;
      for (uint8_t i = 0; i < (power & 0x7F); i++) ticks *= power & 0x80 ? 2 : 10;
    }
    option += 4 + ((u16(file, option + 2) + 3u) & ~3u);
  }
  file->link[file->interfaces] = u16(file, at + 8);
  file->ticks_a_second[file->interfaces++] = ticks;
}

static int next_block(capture *file, capture_packet *packet) {
  while (file->size - file->at >= 12) {
    size_t at = file->at;
    uint32_t type = u32(file, at);
    if (type == 0x0A0D0D0A) {
      uint32_t magic;
      memcpy(&magic, file->bytes + at + 8, sizeof magic);
      file->is_swapped = magic == 0x4D3C2B1A;
      file->interfaces = 0;
    }
    size_t length = u32(file, at + 4);
    if (length < 12 || length > file->size - at) return 0;
    file->at += length;
    if (type == 1) add_interface(file, at, length);
    uint32_t interface = type == 6 ? u32(file, at + 8) : 256;
    if (interface >= file->interfaces) continue;
    uint64_t ticks = (uint64_t)u32(file, at + 12) << 32 | u32(file, at + 16);
    uint64_t second = file->ticks_a_second[interface];
    packet->time_ns = ticks / second * 1000000000u + ticks % second * 1000000000u / second;
    packet->captured = u32(file, at + 20);
    packet->length = u32(file, at + 24);
    packet->link = file->link[interface];
    packet->bytes = file->bytes + at + 28;
    if (packet->captured <= length - 32) return 1;
  }
  return 0;
}

int capture_next(capture *file, capture_packet *packet) {
  return file->is_next_generation ? next_block(file, packet) : next_record(file, packet);
}

void capture_close(capture *file) { free(file->bytes); }
