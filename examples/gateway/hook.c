#include "hook.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"

int hook_check(const char *path, struct error *error) {
  struct stat file;
  if (!path[0]) return 0;
  if (stat(path, &file) == 0 && access(path, X_OK) == 0) {
    if (S_ISREG(file.st_mode)) return 0;
    errno = EACCES;
  }
  return fail(error, "output.hook %s: %s; expected a program that picketd may run", path, strerror(errno));
}

/* In the child: nothing but calls that are safe between fork and exec. */
static void become(const char *path, int input) {
  const char *const arguments[] = {path, NULL};
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  signal(SIGPIPE, SIG_DFL);
  if (dup2(input, 0) == 0) execv(path, (char *const *)arguments);
  _exit(127);
}

static int start(struct hook *hook, size_t slot, const char *line, size_t length) {
  int ends[2];
  if (pipe(ends)) return -1;
  fcntl(ends[0], F_SETFD, FD_CLOEXEC);
  fcntl(ends[1], F_SETFD, FD_CLOEXEC);
  fcntl(ends[1], F_SETFL, O_NONBLOCK);
  /* A pipe holds 4,096 bytes at least, and a line is shorter: this write does not wait. */
  int status = write(ends[1], line, length) == (ssize_t)length ? 0 : -1;
  if (status == 0) {
    const pid_t process = fork();
    if (process == 0) become(hook->path, ends[0]);
    if (process < 0) status = -1;
    if (process > 0) {
      hook->running[slot].process = process;
      hook->running[slot].until_ns = clock_monotonic() + hook->limit_ns;
    }
  }
  close(ends[0]);
  close(ends[1]);
  return status;
}

void hook_run(struct hook *hook, const char *line, size_t length) {
  hook_tend(hook);
  for (size_t slot = 0; slot < hook->most; slot++) {
    if (hook->running[slot].process) continue;
    if (start(hook, slot, line, length)) hook->failed++;
    return;
  }
  hook->skipped++;
}

void hook_tend(struct hook *hook) {
  const uint64_t now = clock_monotonic();
  for (size_t slot = 0; slot < HOOK_MOST; slot++) {
    const pid_t process = hook->running[slot].process;
    int status;
    if (!process) continue;
    if (waitpid(process, &status, WNOHANG) == process) {
      hook->running[slot].process = 0;
      if (!WIFEXITED(status) || WEXITSTATUS(status)) hook->failed++;
    } else if (now >= hook->running[slot].until_ns) {
      kill(process, SIGKILL);
    }
  }
}
