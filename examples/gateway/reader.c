#include "reader.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

int reader_descriptor(const char *path) {
  return strcmp(path, "-") == 0 ? dup(0) : open(path, O_RDONLY | O_CLOEXEC);
}

int reader_at_once(const char *path) {
  const int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor >= 0) fcntl(descriptor, F_SETFL, 0); /* one that has a writer is read to its end */
  return descriptor;
}

void reader_start(struct reader *reader, int descriptor, unsigned char *buffer, size_t size) {
  memset(reader, 0, sizeof *reader);
  reader->buffer = buffer;
  reader->size = size;
  reader->descriptor = descriptor;
}

int reader_open(struct reader *reader, const char *path, unsigned char *buffer, size_t size) {
  reader_start(reader, reader_descriptor(path), buffer, size);
  return reader->descriptor < 0 ? -1 : 0;
}

static void make_room(struct reader *reader, size_t length) {
  if (reader->end - reader->start >= length) return;
  memmove(reader->buffer, reader->buffer + reader->start, reader->end - reader->start);
  reader->end -= reader->start;
  reader->start = 0;
}

/* One read. Returns 0 at the end of the file. */
static int fill(struct reader *reader) {
  ssize_t got;
  do
    got = read(reader->descriptor, reader->buffer + reader->end, reader->size - reader->end);
  while (got < 0 && errno == EINTR);
  if (got < 0) reader->failed = errno;
  if (got <= 0) return 0;
  reader->end += (size_t)got;
  return 1;
}

int reader_waits(struct reader *reader, size_t length) {
  struct pollfd input = {reader->descriptor, POLLIN, 0};
  if (length > reader->size) length = reader->size;
  make_room(reader, length);
  while (reader->end - reader->start < length) {
    if (poll(&input, 1, 0) == 0) return 1;
    if (!fill(reader)) return 0;
  }
  return 0;
}

size_t reader_has(struct reader *reader, size_t length) {
  if (length > reader->size) length = reader->size;
  make_room(reader, length);
  while (reader->end - reader->start < length)
    if (!fill(reader)) return reader->end - reader->start;
  return length;
}

const unsigned char *reader_peek(struct reader *reader, size_t length) {
  if (length > reader->size || reader_has(reader, length) < length) return NULL;
  return reader->buffer + reader->start;
}

const unsigned char *reader_take(struct reader *reader, size_t length) {
  const unsigned char *bytes = reader_peek(reader, length);
  if (bytes) reader->start += length;
  return bytes;
}

void reader_close(struct reader *reader) {
  if (reader->descriptor >= 0) close(reader->descriptor);
  reader->descriptor = -1;
}
