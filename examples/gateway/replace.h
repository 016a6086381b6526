/* A file that is replaced as a whole: a reader, or a machine that loses power, sees the old text or the
 * new one. */
#ifndef PICKETD_REPLACE_H
#define PICKETD_REPLACE_H

#include <stddef.h>

enum replace_readers {
  REPLACE_FOR_OWN,     /* who may read it is as the umask says */
  REPLACE_FOR_EVERYBODY
};

/* Writes PATH.new, puts it on the disk, and gives it the name. Returns 0, or -1 with errno; then the
 * old file is as it was. Where PATH is a link, what it leads to is replaced; a pipe or a device is written
 * into. */
int replace_file(const char *path, const char *text, size_t length, enum replace_readers readers);

#endif
