#include "pid_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int pid_file_take(const char *path, struct error *error) {
  struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
  char text[24];
  const int descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor < 0) return fail(error, "control.pid_file %s: %s", path, strerror(errno));
  if (fcntl(descriptor, F_SETLK, &lock))
    return fail(error, "control.pid_file %s: another picketd holds it", path);
  const int length = snprintf(text, sizeof text, "%ld\n", (long)getpid());
  if (ftruncate(descriptor, 0) || write(descriptor, text, (size_t)length) != length)
    return fail(error, "control.pid_file %s: %s", path, strerror(errno));
  return 0;
}

pid_t pid_file_holder(const char *path, struct error *error) {
  struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
  if (!path[0]) return fail(error, "control.pid_file is \"\": nothing tells which process is to reload");
  const int descriptor = open(path, O_RDWR | O_CLOEXEC);
  if (descriptor < 0) return fail(error, "control.pid_file %s: %s", path, strerror(errno));
  const int status = fcntl(descriptor, F_GETLK, &lock);
  close(descriptor);
  if (status || lock.l_type == F_UNLCK || lock.l_pid <= 0)
    return fail(error, "control.pid_file %s: no picketd runs that holds it", path);
  return lock.l_pid;
}
