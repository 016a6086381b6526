/*
 * Writes a log of invented connections, as `picketd learn` would: clients of a site that fetch pages,
 * ask for names and log in, some thousand a second.
 *
 *   make_log CONNECTIONS SEED > site.log
 *   make_log specification ip|payload > site.log.specification
 */
#include <picket_flow.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPEN = 4096 }; /* connections that are open at a time */

static uint64_t state;

/* SplitMix64 (Steele, Lea, Flood 2014). */
static uint64_t draw(void) {
  uint64_t z = state += 0x9E3779B97F4A7C15u;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
  z = (z ^ z >> 27) * 0x94D049BB133111EBu;
  return z ^ z >> 31;
}

static void address(uint8_t *bytes, unsigned a, unsigned b, unsigned c, unsigned d) {
  memset(bytes, 0, 16);
  bytes[10] = bytes[11] = 0xFF;
  bytes[12] = (uint8_t)a;
  bytes[13] = (uint8_t)b;
  bytes[14] = (uint8_t)c;
  bytes[15] = (uint8_t)d;
}

static picket_flow_event begin(uint64_t id, uint64_t now) {
  static const struct {
    uint16_t port;
    uint8_t protocol;
    unsigned sent, received;
  } services[] = {{443, 6, 900, 9000}, {80, 6, 400, 4000}, {53, 17, 70, 140}, {22, 6, 3000, 5000}};
  const uint64_t random = draw();
  const unsigned which = random % 16 < 8 ? 0 : random % 16 < 11 ? 1 : random % 16 < 15 ? 2 : 3;
  picket_flow_event event;
  memset(&event, 0, sizeof event);
  event.id = id;
  event.start_ns = event.end_ns = now;
  event.kind = PICKET_FLOW_BEGIN;
  event.protocol = services[which].protocol;
  event.flag = event.protocol == 6 ? PICKET_FLOW_S0 : PICKET_FLOW_SF;
  address(event.source, 10, 0, random >> 8 & 3, random >> 16 & 0xFF);
  address(event.destination, 192, 0, 2, random >> 24 & 0x3F);
  event.source_port = (uint16_t)(1024 + (random >> 32) % 60000);
  event.destination_port = services[which].port;
  event.bytes[0] = services[which].sent / 2 + (random >> 40) % services[which].sent;
  event.bytes[1] = services[which].received / 2 + (random >> 20) % services[which].received;
  event.packets[0] = event.packets[1] = 2 + event.bytes[1] / 1000;
  event.notes = PICKET_FLOW_NO_PAYLOAD;
  return event;
}

static int put(const picket_flow_event *event) {
  unsigned char record[PICKET_FLOW_LOG_BYTES];
  return picket_flow_log(event, record) == PICKET_FLOW_OK &&
                 fwrite(record, sizeof record, 1, stdout) == 1
             ? 0
             : -1;
}

static int put_end(picket_flow_event *event, uint64_t now) {
  event->kind = PICKET_FLOW_END;
  event->reason = PICKET_FLOW_TOLD;
  event->end_ns = now;
  if (event->protocol == 6) event->flag = PICKET_FLOW_SF;
  return put(event);
}

/* What picketd writes beside a log, of its defaults. */
static int put_specification(int is_payload) {
  char text[PICKET_FLOW_MAX_SPECIFICATION];
  picket_flow_configuration configuration;
  picket_flow_defaults(&configuration);
  configuration.byte_count = is_payload ? PICKET_FLOW_PAYLOAD : PICKET_FLOW_IP;
  if (picket_flow_specification(&configuration, text, sizeof text, NULL) != PICKET_FLOW_OK) return 1;
  return fputs(text, stdout) < 0 || fflush(stdout);
}

int main(int argc, char **argv) {
  static picket_flow_event open[OPEN];
  if (argc != 3)
    return fprintf(stderr, "usage: make_log CONNECTIONS SEED | specification ip|payload\n"), 64;
  if (strcmp(argv[1], "specification") == 0) return put_specification(strcmp(argv[2], "payload") == 0);
  const uint64_t count = strtoull(argv[1], NULL, 10);
  uint64_t now = 1700000000000000000u, id;
  state = strtoull(argv[2], NULL, 10);
  for (id = 1; id <= count; id++) {
    picket_flow_event *slot = &open[draw() % OPEN];
    now += draw() % 2000000;
    if (slot->kind == PICKET_FLOW_BEGIN && put_end(slot, now)) return 1;
    *slot = begin(id, now);
    if (put(slot)) return 1;
  }
  for (size_t i = 0; i < OPEN; i++)
    if (open[i].kind == PICKET_FLOW_BEGIN && put_end(&open[i], now)) return 1;
  return fflush(stdout) ? 1 : 0;
}
