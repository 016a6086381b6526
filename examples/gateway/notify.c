#include "notify.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "clock.h"

static int notify_socket = -1;

void notify_open(void) {
  const char *path = getenv("NOTIFY_SOCKET");
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  if (!path || (path[0] != '/' && path[0] != '@')) return;
  const size_t length = strlen(path);
  if (length >= sizeof address.sun_path) return;
  memcpy(address.sun_path, path, length);
  if (path[0] == '@') address.sun_path[0] = 0; /* an abstract name, which has no file */
  notify_socket = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (notify_socket < 0) return;
  const socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length);
  if (connect(notify_socket, (struct sockaddr *)&address, size) == 0) return;
  close(notify_socket);
  notify_socket = -1;
}

static void notify(const char *text) {
  if (notify_socket >= 0) (void)!send(notify_socket, text, strlen(text), MSG_NOSIGNAL);
}

void notify_ready(const char *status) {
  char text[256];
  snprintf(text, sizeof text, "READY=1\nSTATUS=%.200s", status);
  notify(text);
}

void notify_reloading(void) {
  char text[80];
  snprintf(text, sizeof text, "RELOADING=1\nMONOTONIC_USEC=%llu",
           (unsigned long long)(clock_monotonic() / 1000));
  notify(text);
}

void notify_stopping(void) { notify("STOPPING=1"); }

void notify_status(const char *status) {
  char text[256];
  snprintf(text, sizeof text, "STATUS=%.200s", status);
  notify(text);
}

void notify_watchdog(void) { notify("WATCHDOG=1"); }

uint64_t notify_watchdog_interval(void) {
  const char *process = getenv("WATCHDOG_PID"), *limit = getenv("WATCHDOG_USEC");
  if (notify_socket < 0 || !limit) return 0;
  if (process && strtol(process, NULL, 10) != (long)getpid()) return 0;
  return strtoull(limit, NULL, 10) * 1000 / 2;
}
