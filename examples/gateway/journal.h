/* One line for syslog, by a datagram of its own: syslog(3) would wait if the daemon behind it does. */
#ifndef PICKETD_JOURNAL_H
#define PICKETD_JOURNAL_H

#include <stdint.h>

struct journal {
  int socket;    /* -1: not connected */
  uint64_t lost; /* lines that were not taken */
};

void journal_open(struct journal *journal);

/* Sends a line of facility daemon, severity warning. Never waits. */
void journal_write(struct journal *journal, const char *line);

#endif
