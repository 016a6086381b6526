/*
 * The process that asks. The kernel answers questions about connections to holders of CAP_NET_ADMIN
 * alone, at every question. picketd itself reads what strangers can shape, and gives every
 * capability up: so a second process, forked at the start, holds this one and nothing else. It reads
 * requests from a socket pair, passes on those that are questions, and ends with its parent. The
 * kernel's answers go to picketd: the netlink socket is shared.
 */
#ifndef PICKETD_CONNTRACK_ASKER_H
#define PICKETD_CONNTRACK_ASKER_H

#include <stddef.h>

#include "message.h"

/* Starts the process. Returns the descriptor that takes requests, which never blocks, or -1. */
int conntrack_asker_start(int netlink, struct error *error);

/* Hands a request on. Returns 0; 1 if the asker is behind and the request was dropped; -1 if it is
 * no more. */
int conntrack_asker_send(int descriptor, const unsigned char *request, size_t size);

#endif
