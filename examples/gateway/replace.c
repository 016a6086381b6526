#include "replace.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Writes all of a text, or fails with errno. */
static int put(int descriptor, const char *text, size_t length) {
  const ssize_t written = write(descriptor, text, length);
  if (written >= 0) errno = ENOSPC;
  return written == (ssize_t)length ? 0 : -1;
}

/* Closes; returns 0, or -1 with the errno of what failed before. */
static int finish(int descriptor, int failed) {
  const int cause = errno;
  close(descriptor);
  errno = cause;
  return failed ? -1 : 0;
}

static int save(const char *path, const char *text, size_t length, enum replace_readers readers) {
  const int descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (descriptor < 0) return -1;
  int failed = put(descriptor, text, length);
  if (!failed && readers == REPLACE_FOR_EVERYBODY) failed = fchmod(descriptor, 0644);
  if (!failed) failed = fsync(descriptor);
  return finish(descriptor, failed);
}

/* A pipe or a device: a file in the place of /dev/null would be in everybody's way. */
static int write_into(const char *path, const char *text, size_t length) {
  const int descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (descriptor < 0) return -1;
  return finish(descriptor, put(descriptor, text, length));
}

int replace_file(const char *path, const char *text, size_t length, enum replace_readers readers) {
  char place[PATH_MAX], beside[PATH_MAX + 8];
  struct stat status;
  if (stat(path, &status) == 0) {
    if (!S_ISREG(status.st_mode)) return write_into(path, text, length);
    /* A link stays one. */
    if (realpath(path, place)) path = place;
  }
  snprintf(beside, sizeof beside, "%s.new", path);
  if (save(beside, text, length, readers) == 0 && rename(beside, path) == 0) return 0;
  const int cause = errno;
  unlink(beside);
  errno = cause;
  return -1;
}
