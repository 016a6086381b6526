/* Prints what PicketFlow tells of captures or of connections, one line for each that ended, and
 * holds the log to its promise on the way: replayed, it gives the same records, to the bit.
 *
 *   tell capture FILE [ALL-IN-ONE-SECONDS]   events of a pcap or pcapng file
 *   tell conntrack FILE                      events of netlink messages, NetFlow datagrams: a file
 *   tell netflow FILE                        of time_ns, 8 bytes, size, 4 bytes, and the message
 *   tell log FILE OUT                        the same as capture; OUT receives the log
 *   tell windows <ROWS                       the 19 window columns of rows of
 *                                            time_us,source,destination,protocol/port,flag,port */
#include <picket_flow.h>

#include <arpa/inet.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "capture.h"

static picket_flow *flow, *again;
static uint64_t lines;
static FILE *kept; /* where the log goes, or null */

static void fail(const char *what) {
  fprintf(stderr, "tell: %s, behind line %" PRIu64 "\n", what, lines);
  exit(1);
}

static picket_flow *new_flow(const picket_flow_configuration *configuration) {
  size_t size = picket_flow_size(configuration);
  picket_flow *made = malloc(size ? size : 1);
  if (!made || picket_flow_init(made, size, configuration) != PICKET_FLOW_OK) fail("no flow");
  return made;
}

static void print_end(const picket_flow_event *e) {
  char source[INET6_ADDRSTRLEN], destination[INET6_ADDRSTRLEN];
  int is_v4 = memcmp(e->source, "\0\0\0\0\0\0\0\0\0\0\xFF\xFF", 12) == 0;
  int family = is_v4 ? AF_INET : AF_INET6;
  inet_ntop(family, e->source + (is_v4 ? 12 : 0), source, sizeof source);
  inet_ntop(family, e->destination + (is_v4 ? 12 : 0), destination, sizeof destination);
  printf("%" PRIu64 ",%u,%s,%u,%s,%u,%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%" PRIu64
         ",%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%s,%u,%u,%u,%u\n",
         e->id, e->protocol, source, e->source_port, destination, e->destination_port, e->start_ns,
         e->end_ns, e->packets[0], e->packets[1], e->bytes[0], e->bytes[1], e->payload[0],
         e->payload[1], picket_flow_category_name(3, e->flag), e->reason, e->icmp_type,
         e->icmp_code, e->notes);
}

/* The log's own flow gives the same event and the same bits of the record. */
static void replay(const picket_flow_event *event, const float *record) {
  uint8_t log[PICKET_FLOW_LOG_BYTES];
  picket_flow_event other;
  float columns[PICKET_FLOW_COLUMNS];
  if (picket_flow_log(event, log) != PICKET_FLOW_OK) fail("an event cannot be logged");
  if (kept && fwrite(log, 1, sizeof log, kept) != sizeof log) fail("the log cannot be written");
  if (picket_flow_replay(again, log) != PICKET_FLOW_OK) fail("a log cannot be replayed");
  if (!picket_flow_next(again, &other, columns)) fail("the replay tells nothing");
  if (memcmp(&other, event, sizeof other) != 0) fail("the replay tells another event");
  if (event->kind == PICKET_FLOW_END && memcmp(columns, record, sizeof columns) != 0)
    fail("the replay gives another record");
  if (picket_flow_next(again, &other, columns)) fail("the replay tells more");
}

static void drain(int is_windows) {
  picket_flow_event event;
  float record[PICKET_FLOW_COLUMNS];
  while (picket_flow_next(flow, &event, record)) {
    if (event.kind == PICKET_FLOW_QUERY) continue;
    replay(&event, record);
    if (event.kind != PICKET_FLOW_END) continue;
    lines++;
    if (!is_windows) {
      print_end(&event);
      continue;
    }
    for (size_t i = 7; i < PICKET_FLOW_COLUMNS; i++)
      printf(strstr(picket_flow_column_name(i), "rate") ? "%.2f%c" : "%.0f%c", (double)record[i],
             i + 1 < PICKET_FLOW_COLUMNS ? ',' : '\n');
  }
}

/* Every time-out as long as this, so that a conversation is one connection. */
static void widen(picket_flow_configuration *configuration, uint64_t ns) {
  configuration->unanswered_ns = configuration->open_ns = configuration->closed_ns = ns;
  configuration->udp_ns = configuration->icmp_ns = ns;
  configuration->connections = 65536;
}

static void tell_capture(const char *path) {
  capture file;
  capture_packet packet;
  if (!capture_open(&file, path)) fail("not a capture");
  while (capture_next(&file, &packet)) {
    int32_t status = picket_flow_packet(flow, packet.time_ns, packet.link, packet.bytes,
                                        packet.captured, packet.length);
    if (status != PICKET_FLOW_OK) fail(picket_flow_status_text(status));
    drain(0);
  }
  capture_close(&file);
  if (picket_flow_finish(flow) != PICKET_FLOW_OK) fail("it cannot finish");
  drain(0);
  picket_flow_counters c;
  picket_flow_read_counters(flow, &c);
  fprintf(stderr, "packets %" PRIu64 " counted %" PRIu64 " not_ip %" PRIu64 " other %" PRIu64
          " truncated %" PRIu64 " malformed %" PRIu64 " fragments %" PRIu64 " deep %" PRIu64
          " evicted %" PRIu64 "\n", c.packets, c.counted, c.not_ip, c.other_protocol, c.truncated,
          c.malformed, c.fragments_unmatched, c.too_deep, c.evicted);
}

static uint64_t little(const uint8_t *bytes, size_t size) {
  uint64_t number = 0;
  while (size-- > 0) number = number << 8 | bytes[size];
  return number;
}

/* Messages as the scripts of recorded/ write them. */
static void tell_messages(const char *path, int is_netflow) {
  static uint8_t bytes[1 << 17], head[12];
  FILE *in = fopen(path, "rb");
  if (!in) fail("no such file");
  while (fread(head, 1, sizeof head, in) == sizeof head) {
    uint64_t time_ns = little(head, 8);
    size_t size = (size_t)little(head + 8, 4);
    if (size > sizeof bytes || fread(bytes, 1, size, in) != size) fail("a message is cut short");
    int32_t status = is_netflow ? picket_flow_netflow(flow, time_ns, 1, bytes, size)
                                : picket_flow_conntrack(flow, time_ns, bytes, size);
    if (status != PICKET_FLOW_OK) fail(picket_flow_status_text(status));
    drain(0);
  }
  fclose(in);
  if (picket_flow_finish(flow) != PICKET_FLOW_OK) fail("it cannot finish");
  drain(0);
}

static void read_address(const char *text, uint8_t *out) {
  memset(out, 0, 10);
  memset(out + 10, 0xFF, 2);
  if (inet_pton(AF_INET, text, out + 12) != 1) fail("not an address");
}

static uint8_t read_flag(const char *text) {
  for (uint8_t i = 0; i < picket_flow_category_count(3); i++)
    if (strcmp(picket_flow_category_name(3, i), text) == 0) return i;
  fail("not a flag");
  return 0;
}

static void tell_windows(void) {
  char source[64], destination[64], protocol[8], flag[8];
  unsigned port, source_port;
  uint64_t time_us;
  while (scanf(" %" SCNu64 ",%63[^,],%63[^,],%7[^/]/%u,%7[^,],%u", &time_us, source, destination,
               protocol, &port, flag, &source_port) == 7) {
    picket_flow_event event = {.kind = PICKET_FLOW_END};
    event.start_ns = event.end_ns = time_us * 1000;
    event.protocol = strcmp(protocol, "tcp") == 0 ? 6 : 17;
    event.flag = read_flag(flag);
    event.source_port = (uint16_t)source_port;
    event.destination_port = (uint16_t)port;
    read_address(source, event.source);
    read_address(destination, event.destination);
    if (picket_flow_add(flow, &event) != PICKET_FLOW_OK) fail("refused");
    drain(1);
  }
}

int main(int argc, char **argv) {
  picket_flow_configuration configuration;
  picket_flow_defaults(&configuration);
  configuration.seed = 0x9E3779B97F4A7C15;
  configuration.kernel_udp_ns = 4000000000, configuration.kernel_udp_stream_ns = 6000000000;
  configuration.kernel_icmp_ns = 3000000000, configuration.kernel_syn_sent_ns = 5000000000;
  if (argc == 4 && strcmp(argv[1], "log") == 0) kept = fopen(argv[3], "wb");
  else if (argc == 4) widen(&configuration, strtoull(argv[3], NULL, 10) * 1000000000u);
  flow = new_flow(&configuration);
  configuration.seed = 7; /* changes no result */
  again = new_flow(&configuration);
  if (argc >= 3 && (strcmp(argv[1], "capture") == 0 || kept)) {
    tell_capture(argv[2]);
  } else if (argc >= 3 && (strcmp(argv[1], "conntrack") == 0 || strcmp(argv[1], "netflow") == 0)) {
    tell_messages(argv[2], argv[1][0] == 'n');
  } else if (argc == 2 && strcmp(argv[1], "windows") == 0) {
    tell_windows();
  } else {
    fprintf(stderr, "usage: tell capture FILE [SECONDS] | tell windows\n");
    return 2;
  }
  if (kept && fclose(kept) != 0) fail("the log cannot be written");
  free(flow);
  free(again);
  return 0;
}
