/* Made messages of connection tracking, in the byte order of this machine as far as netlink is. */
#ifndef CONNTRACK_H
#define CONNTRACK_H

#include "testing.h"

enum { NEW = 0x100, GONE = 0x102, CREATE = 0x600, SEEN_REPLY = 2, ASSURED = 4, OFFLOAD = 1 << 14 };

typedef struct message {
  uint8_t bytes[512];
  size_t size;
} message;

/* What a message tells; from 10.0.0.1 to port 80 of 10.0.0.2. */
typedef struct facts {
  uint16_t type, flags, port; /* 0: 4000 */
  uint8_t version; /* 0: 4 */
  uint8_t protocol, state, closed[2];
  uint32_t status, sequence, asker;
  uint64_t left, packets[2], bytes[2], start, stop;
  uint8_t has_counters;
} facts;

message make_message(const facts *f);
void native16(message *m, size_t at, size_t number);

/* Hands a message in at the bench's time, which is a second later behind it. */
void hand_in_message(bench *b, const message *m);
void say(bench *b, facts f);

#endif
