/*
 * A file that only grows: the log of learning, the alerts. It holds pieces, records of one size or
 * lines, and a piece is written by one write(2): whatever happens to this process, the file holds
 * whole pieces and at most one torn one, at its end, which the next start cuts off.
 *
 * When the file reaches its size, PATH becomes PATH.1, PATH.1 becomes PATH.2, and so on; the oldest
 * goes. A pipe or a device stays where it is; so does a file in a folder that cannot be written, and grows
 * on. If the disk is full or the directory was removed, pieces are lost and counted, and each
 * append_tend tries anew.
 */
#ifndef PICKETD_APPEND_H
#define PICKETD_APPEND_H

#include <stddef.h>
#include <stdint.h>

#include "message.h"

struct append_file {
  const char *path;
  uint64_t most_bytes; /* of one file */
  uint32_t files;      /* kept, the present one included */
  uint32_t piece;      /* bytes of a record; 0: lines, ended by LF */
  int descriptor;      /* -1: it could not be opened, or was not yet */
  uint64_t size;
  uint64_t limit;      /* beyond this size it is rotated */
  int is_dirty;        /* something was written that was not synchronised */
  int is_failing;      /* said so already */
  uint64_t lost;       /* pieces that could not be written */
};

/* Whether a path is free, holds nothing yet, or is a file that begins as its pieces do, with `start`: an
 * end that was cut off another file, or pieces behind it, would destroy that. Returns 0, or -1. */
int append_suits(const char *path, const char *start, struct error *error);

/* Opens the file, cutting off a torn piece. A file of records has one writer. `path` must stay. */
int append_open(struct append_file *file, const char *path, uint64_t most_bytes, uint32_t files,
                uint32_t piece, struct error *error);

/* Writes pieces: nothing or all. Returns 0, or -1 if they are lost. */
int append_write(struct append_file *file, const void *bytes, size_t size);

/* Writes to the disk what the system holds back, and opens the file anew if it is not where its path
 * says. To be called at intervals. */
void append_tend(struct append_file *file);

/* Closes it after a last synchronisation. */
void append_close(struct append_file *file);

#endif
