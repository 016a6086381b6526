#include "append.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where the last whole line ends. */
static off_t end_of_lines(int descriptor, off_t size) {
  char block[512];
  while (size > 0) {
    const size_t length = size < (off_t)sizeof block ? (size_t)size : sizeof block;
    if (pread(descriptor, block, length, size - (off_t)length) != (ssize_t)length) return -1;
    for (size_t i = length; i > 0; i--)
      if (block[i - 1] == '\n') return size - (off_t)(length - i);
    size -= (off_t)length;
  }
  return 0;
}

/* Makes a directory entry last: that of a new or renamed file. */
static void sync_directory(const char *path) {
  char directory[512];
  const char *slash = strrchr(path, '/');
  const size_t length = slash ? (size_t)(slash - path) + 1 : 0;
  if (length >= sizeof directory) return;
  memcpy(directory, path, length);
  directory[length] = 0;
  const int descriptor = open(length ? directory : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  fsync(descriptor);
  close(descriptor);
}

static int open_file(struct append_file *file) {
  struct stat status;
  file->descriptor = open(file->path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK, 0640);
  if (file->descriptor < 0) return -1;
  /* The records of two runs, one between the other's, are no log of either. There may be no locks. */
  const int is_free =
      !file->piece || flock(file->descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK;
  if (is_free && fstat(file->descriptor, &status) == 0) {
    const off_t size = status.st_size;
    const off_t whole = !S_ISREG(status.st_mode) ? size
                        : file->piece ? size - size % (off_t)file->piece
                                      : end_of_lines(file->descriptor, size);
    file->size = (uint64_t)whole;
    file->limit = S_ISREG(status.st_mode) ? file->most_bytes : UINT64_MAX;
    if (whole == size || (whole >= 0 && ftruncate(file->descriptor, whole) == 0)) {
      if (size == 0) sync_directory(file->path);
      return 0;
    }
  }
  const int cause = errno;
  close(file->descriptor);
  file->descriptor = -1;
  errno = cause;
  return -1;
}

static void complain(struct append_file *file, const char *what) {
  if (!file->is_failing)
    say("%s: %s: %s; what cannot be written is counted as lost", file->path, what, strerror(errno));
  file->is_failing = 1;
}

int append_suits(const char *path, const char *start, struct error *error) {
  char found[8] = "";
  struct stat status;
  if (stat(path, &status) || !S_ISREG(status.st_mode)) return 0;
  const int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return fail(error, "%s: %s", path, strerror(errno));
  const ssize_t length = read(descriptor, found, strlen(start));
  close(descriptor);
  /* A machine that lost its power may leave zeros. */
  if (length >= 0 && (!found[0] || memcmp(found, start, (size_t)length) == 0)) return 0;
  return fail(error, "%s: there is another file, which would be destroyed: it does not begin with %s", path, start);
}

int append_open(struct append_file *file, const char *path, uint64_t most_bytes, uint32_t files,
                uint32_t piece, struct error *error) {
  memset(file, 0, sizeof *file);
  file->path = path;
  file->most_bytes = most_bytes;
  file->files = files;
  file->piece = piece;
  if (open_file(file) == 0) return 0;
  return fail(error, "%s: %s", path, errno == EWOULDBLOCK ? "another picketd writes it" : strerror(errno));
}

static void rotate(struct append_file *file) {
  char from[512], to[512];
  int cause = 0;
  append_close(file);
  for (uint32_t i = file->files - 1; i > 0 && !cause; i--) {
    snprintf(to, sizeof to, "%s.%u", file->path, (unsigned)i);
    snprintf(from, sizeof from, i > 1 ? "%s.%u" : "%s", file->path, (unsigned)i - 1);
    if (rename(from, to) && errno != ENOENT) cause = errno;
  }
  if (file->files == 1 && unlink(file->path) && errno != ENOENT) cause = errno;
  if (open_file(file)) complain(file, "opening");
  if (!cause) return;
  /* Later: each piece would try again, and say so. */
  file->limit = file->size + file->most_bytes;
  say("%s: rotation: %s; it grows on", file->path, strerror(cause));
}

int append_write(struct append_file *file, const void *bytes, size_t size) {
  const uint64_t pieces = file->piece ? size / file->piece : 1;
  if (file->descriptor >= 0 && file->size > 0 && file->size + size > file->limit) rotate(file);
  if (file->descriptor < 0) {
    file->lost += pieces;
    return -1;
  }
  ssize_t written;
  do
    written = write(file->descriptor, bytes, size);
  while (written < 0 && errno == EINTR);
  if (written == (ssize_t)size) {
    if (file->is_failing) {
      say("%s: written again; %llu were lost", file->path, (unsigned long long)file->lost);
      file->is_failing = 0;
    }
    file->size += size;
    file->is_dirty = 1;
    return 0;
  }
  if (written >= 0) {
    /* The part that fitted would be a torn piece in the middle of the file. */
    errno = ENOSPC;
    if (written > 0 && ftruncate(file->descriptor, (off_t)file->size)) {
      close(file->descriptor);
      file->descriptor = -1;
    }
  }
  complain(file, "writing");
  file->lost += pieces;
  return -1;
}

/* Whether the path still leads to the open file. Somebody may have emptied it, as logrotate does by
 * "copytruncate". */
static int is_in_place(struct append_file *file) {
  struct stat open_one, named;
  if (fstat(file->descriptor, &open_one)) return 0;
  if (S_ISREG(open_one.st_mode)) file->size = (uint64_t)open_one.st_size;
  return stat(file->path, &named) == 0 && open_one.st_ino == named.st_ino && open_one.st_dev == named.st_dev;
}

void append_tend(struct append_file *file) {
  if (file->descriptor >= 0 && file->is_dirty) {
    if (fdatasync(file->descriptor) && errno != EINVAL) complain(file, "synchronising");
    file->is_dirty = 0;
  }
  if (file->descriptor >= 0 && !is_in_place(file)) append_close(file);
  if (file->descriptor < 0 && open_file(file)) complain(file, "opening");
}

void append_close(struct append_file *file) {
  if (file->descriptor < 0) return;
  if (file->is_dirty) fdatasync(file->descriptor);
  file->is_dirty = 0;
  close(file->descriptor);
  file->descriptor = -1;
}
