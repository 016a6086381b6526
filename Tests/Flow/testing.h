/* What the tests of picket_flow.h share: a flow in memory of its exact size, packets, and what the
 * flow told. */
#ifndef TESTING_H
#define TESTING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <picket_flow.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define SECOND UINT64_C(1000000000)
#define START (UINT64_C(1700000000) * SECOND)

enum { FIN = 1, SYN = 2, RST = 4, PSH = 8, ACK = 16, TOLD = 512 };

/* The columns by name, in the order of the header. */
enum {
  DURATION, PROTOCOL_TYPE, SERVICE, FLAG, SRC_BYTES, DST_BYTES, LAND, WINDOWS, DST_HOST = 16
};

typedef struct bench {
  picket_flow_configuration configuration;
  picket_flow *flow;
  uint64_t now;
  /* What was told since the last `forget`. */
  picket_flow_event event[TOLD];
  float record[TOLD][PICKET_FLOW_COLUMNS];
  size_t told;
} bench;

/* A flow of the configuration that the bench holds; `new_bench` takes the defaults. */
bench *new_bench(void);
void remake(bench *b);
void free_bench(bench *b);

/* Takes all events that there are; `forget` also forgets them. */
void drain(bench *b);
void forget(bench *b);
/* Ends all connections, and drains. */
void finish(bench *b);
/* The nth event of a kind that was told, from 0; fails the test if there is none. */
const picket_flow_event *told(const bench *b, uint8_t kind, size_t n);
const float *record_of(const bench *b, size_t n);
size_t count_told(const bench *b, uint8_t kind);
picket_flow_counters counters_of(const bench *b);

/* ---- Packets: bytes of raw IPv4 or IPv6, whose size is returned ---- */

typedef struct segment {
  uint8_t version; /* 4 or 6; 0 is 4 */
  uint8_t protocol; /* 0 is TCP */
  uint8_t from, to; /* last byte of the addresses */
  uint16_t from_port, to_port; /* of ICMP: type and code, identifier */
  uint8_t flags;
  uint16_t payload;
} segment;

size_t write_packet(uint8_t *out, const segment *s);
/* Hands a packet in at the bench's time, whole, and drains. */
void send_packet(bench *b, const segment *s);
/* A conversation in the letters of a history: S h A D F R of the originator, s H a d f r of the
 * responder; h and H are SYN-ACK. One second a packet. */
void converse(bench *b, const char *history, uint16_t port);

/* ---- Messages and datagrams ---- */

/* What reads them, as picket_flow_conntrack does. */
typedef int32_t reader(picket_flow *flow, uint64_t now_ns, const void *bytes, size_t size);
/* Hands all of a file of recorded/ in at their times, and drains. */
void replay(bench *b, reader *read, const char *name);
/* Hands bytes in, and drains: from memory of their exact size, so that AddressSanitizer sees a read too far. */
void hand_to(bench *b, reader *read, const void *bytes, size_t size);
/* Hands in each beginning of a message, as it is and with the size that `tell` writes into it; forgets. */
void cut_anywhere(bench *b, reader *read, const uint8_t *bytes, size_t size,
                  void (*tell)(uint8_t *bytes, size_t size));

void put16(uint8_t *out, uint32_t number);
void put32(uint8_t *out, uint32_t number);

/* An event of a connection between 10.0.0.from and 10.0.0.to. */
picket_flow_event make_event(uint8_t kind, uint8_t from, uint8_t to, uint16_t from_port,
                             uint16_t to_port, uint64_t time_ns);

#endif
