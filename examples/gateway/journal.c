#include "journal.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* Facility 3, severity 4 of RFC 5424, section 6.2.1. */
enum { PRIORITY = 3 * 8 + 4 };

static int connect_socket(struct journal *journal) {
  const struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "/dev/log"};
  journal->socket = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (journal->socket < 0) return -1;
  if (connect(journal->socket, (const struct sockaddr *)&address, sizeof address) == 0) return 0;
  close(journal->socket);
  journal->socket = -1;
  return -1;
}

void journal_open(struct journal *journal) {
  journal->lost = 0;
  connect_socket(journal);
}

void journal_write(struct journal *journal, const char *line) {
  char text[1024];
  snprintf(text, sizeof text, "<%d>picketd[%ld]: %s", PRIORITY, (long)getpid(), line);
  for (int attempt = 0; attempt < 2; attempt++) {
    if (journal->socket < 0 && connect_socket(journal)) break;
    if (send(journal->socket, text, strlen(text), MSG_NOSIGNAL) >= 0) return;
    /* The logger may have been started anew: its old socket is dead then. */
    close(journal->socket);
    journal->socket = -1;
  }
  journal->lost++;
}
