/* Made datagrams: messages of IPFIX that were sent at START, and their sets. */
#ifndef NETFLOW_H
#define NETFLOW_H

#include "testing.h"

typedef struct message {
  uint8_t bytes[2048];
  size_t size;
} message;

void put(message *m, uint64_t number, size_t length);
message start_message(uint32_t domain);
/* A set goes from where it started to what has been put until it ends. */
size_t start_set(message *m, uint64_t id);
void end_set(message *m, size_t at);

/* A set of one template: its fields' elements and lengths, which are so many numbers. */
void put_fields(message *m, uint64_t id, const uint16_t *fields, size_t numbers);
/* A template of both directions: ends, ports, protocol, then bytes and packets each way, flags each
 * way, start and end in milliseconds, and a name of any length. */
void put_template(message *m, uint64_t id);
/* A record of that template, from 10.0.0.from to 10.0.0.2. */
void put_record(message *m, uint8_t from, uint16_t from_port, uint16_t to_port, size_t name_length);
/* The template 300 and two records of it. */
message biflow(uint32_t domain);

void hand_in_datagram(bench *b, uint64_t exporter, const message *m);
/* Of exporter 1: what `hand_to` and `replay` take. */
int32_t read_datagram(picket_flow *flow, uint64_t now_ns, const void *bytes, size_t size);

#endif
