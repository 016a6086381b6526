/* What this process may do, given up once its sockets are open. */
#ifndef PICKETD_PRIVILEGES_H
#define PICKETD_PRIVILEGES_H

#include "message.h"

/* Gives up every capability but one, for ever; -1: every one. Neither exec nor a set-user-ID file
 * brings one back. Returns 0, or -1 with *error. */
int privileges_drop(int kept_capability, struct error *error);

#endif
