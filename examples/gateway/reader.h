/* A file read from its start to its end through a buffer of the caller's. */
#ifndef PICKETD_READER_H
#define PICKETD_READER_H

#include <stddef.h>
#include <stdint.h>

struct reader {
  int descriptor;
  unsigned char *buffer;
  size_t size;
  size_t start, end; /* of what was read and not yet taken */
  int failed;        /* errno of a read that went wrong, or 0 */
};

/* Opens a file for a reader; "-" is the standard input. Returns the descriptor, or -1 with errno. */
int reader_descriptor(const char *path);

/* The same for what is read as a whole, without waiting for the writer of a pipe that has none: signals
 * would wait as well. */
int reader_at_once(const char *path);

/* Begins to read what is open; reader_close closes it. */
void reader_start(struct reader *reader, int descriptor, unsigned char *buffer, size_t size);

/* Both. Returns 0, or -1 with errno. */
int reader_open(struct reader *reader, const char *path, unsigned char *buffer, size_t size);

/* Whether the next `length` bytes, at most the buffer's size, are not there yet and may still come: of a
 * pipe. A read would wait for them, and signals and timers would wait as well. */
int reader_waits(struct reader *reader, size_t length);

/* The next `length` bytes, at most the buffer's size, which stay until the next call; NULL if the
 * file has fewer left. */
const unsigned char *reader_take(struct reader *reader, size_t length);

/* How many bytes are left if there are fewer than `length`; else `length`. */
size_t reader_has(struct reader *reader, size_t length);

/* What reader_take would give, which it will give again. */
const unsigned char *reader_peek(struct reader *reader, size_t length);

void reader_close(struct reader *reader);

#endif
