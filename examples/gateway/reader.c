#include "reader.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

int reader_open(struct reader *reader, const char *path, unsigned char *buffer, size_t size) {
  memset(reader, 0, sizeof *reader);
  reader->buffer = buffer;
  reader->size = size;
  reader->descriptor = strcmp(path, "-") == 0 ? dup(0) : open(path, O_RDONLY | O_CLOEXEC);
  return reader->descriptor < 0 ? -1 : 0;
}

size_t reader_has(struct reader *reader, size_t length) {
  if (length > reader->size) length = reader->size;
  if (reader->end - reader->start < length) {
    memmove(reader->buffer, reader->buffer + reader->start, reader->end - reader->start);
    reader->end -= reader->start;
    reader->start = 0;
  }
  while (reader->end - reader->start < length) {
    const ssize_t got =
        read(reader->descriptor, reader->buffer + reader->end, reader->size - reader->end);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) reader->failed = errno;
    if (got <= 0) return reader->end - reader->start;
    reader->end += (size_t)got;
  }
  return length;
}

const unsigned char *reader_take(struct reader *reader, size_t length) {
  if (length > reader->size || reader_has(reader, length) < length) return NULL;
  const unsigned char *bytes = reader->buffer + reader->start;
  reader->start += length;
  return bytes;
}

void reader_close(struct reader *reader) {
  if (reader->descriptor >= 0) close(reader->descriptor);
  reader->descriptor = -1;
}
