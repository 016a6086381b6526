/* The program that is run for each alert, with the alert's line of JSON on its standard input. A few
 * run at a time; an alert that comes meanwhile is not handed on, and counted. */
#ifndef PICKETD_HOOK_H
#define PICKETD_HOOK_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "message.h"

enum { HOOK_MOST = 16 };

struct hook {
  const char *path;
  uint32_t most;
  uint64_t limit_ns; /* a program that runs longer is killed */
  struct {
    pid_t process; /* 0: none */
    uint64_t until_ns;
  } running[HOOK_MOST];
  uint64_t skipped, failed;
};

/* Whether a path, if there is one, can be run at all: a slip in it would lose every alert, and only be counted. */
int hook_check(const char *path, struct error *error);

void hook_run(struct hook *hook, const char *line, size_t length);

/* Collects programs that have ended, kills those that run too long. */
void hook_tend(struct hook *hook);

#endif
