/* A file that is replaced as a whole: a reader, or a machine that loses power, sees the old text or the
 * new one. */
#ifndef PICKETD_REPLACE_H
#define PICKETD_REPLACE_H

#include <stddef.h>

/* Writes PATH.new, puts it on the disk, and gives it the name. Returns 0, or -1 with errno; then the
 * old file is as it was. */
int replace_file(const char *path, const char *text, size_t length);

#endif
