/* The file that holds the number of the running process, locked for as long as it runs: a number that
 * a dead process left behind is never taken for a living one. */
#ifndef PICKETD_PID_FILE_H
#define PICKETD_PID_FILE_H

#include <sys/types.h>

#include "message.h"

/* Writes and locks the file. The lock ends with the process. */
int pid_file_take(const char *path, struct error *error);

/* The process that holds the lock, or -1 with *error. */
pid_t pid_file_holder(const char *path, struct error *error);

#endif
