/* What systemd is told, by a datagram to the socket that it names: sd_notify(3) without its library.
 * Elsewhere nothing happens. */
#ifndef PICKETD_NOTIFY_H
#define PICKETD_NOTIFY_H

#include <stdint.h>

/* Finds the socket. Before capabilities and file systems are given up. */
void notify_open(void);

void notify_ready(const char *status);
void notify_reloading(void);
void notify_stopping(void);
void notify_status(const char *status);
void notify_watchdog(void);

/* How often notify_watchdog must be called: half of what the unit allows; 0: never. */
uint64_t notify_watchdog_interval(void);

#endif
