#include "replace.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config.h"

static int save(const char *path, const char *text, size_t length, enum replace_readers readers) {
  const int descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (descriptor < 0) return -1;
  const ssize_t written = write(descriptor, text, length);
  int failed = written != (ssize_t)length;
  if (failed && written >= 0) errno = ENOSPC;
  if (!failed && readers == REPLACE_FOR_EVERYBODY) failed = fchmod(descriptor, 0644);
  if (!failed) failed = fsync(descriptor);
  const int cause = errno;
  close(descriptor);
  errno = cause;
  return failed ? -1 : 0;
}

int replace_file(const char *path, const char *text, size_t length, enum replace_readers readers) {
  char beside[CONFIG_PATH + 32];
  snprintf(beside, sizeof beside, "%s.new", path);
  if (save(beside, text, length, readers) == 0 && rename(beside, path) == 0) return 0;
  const int cause = errno;
  unlink(beside);
  errno = cause;
  return -1;
}
