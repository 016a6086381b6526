/* A file of packets, as tcpdump writes it: the format of libpcap, in either byte order and with
 * microseconds or nanoseconds. Its successor pcapng is refused with the command that converts it. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "reader.h"
#include "source.h"

enum { BUFFER_BYTES = 524288, AT_ONCE = 256, FILE_HEADER = 24, PACKET_HEADER = 16 };

/* The most that a packet may have: what libpcap itself takes for broken beyond. */
enum { MOST_CAPTURED = 262144 };

struct capture {
  struct reader reader;
  const char *path;
  int is_swapped;
  uint32_t link;
  uint32_t unit_ns; /* of the fraction of a second */
};

static size_t pcap_memory(const struct config *config) {
  (void)config;
  return arena_cost(BUFFER_BYTES) + arena_cost(sizeof(struct capture));
}

static uint32_t read_32(const struct capture *capture, const unsigned char *bytes) {
  uint32_t number;
  memcpy(&number, bytes, sizeof number);
  if (!capture->is_swapped) return number;
  return number >> 24 | (number >> 8 & 0xFF00) | (number << 8 & 0xFF0000) | number << 24;
}

/* The first four bytes, as a machine of the writer's byte order reads them. */
static int take_magic(struct capture *capture, const unsigned char *bytes) {
  static const uint32_t with_microseconds = 0xA1B2C3D4, with_nanoseconds = 0xA1B23C4D;
  for (capture->is_swapped = 0; capture->is_swapped < 2; capture->is_swapped++) {
    const uint32_t magic = read_32(capture, bytes);
    capture->unit_ns = magic == with_nanoseconds ? 1 : 1000;
    if (magic == with_microseconds || magic == with_nanoseconds) return 0;
  }
  return -1;
}

static int is_known_link(uint32_t link) {
  switch (link) {
    case PICKET_FLOW_LOOPBACK: case PICKET_FLOW_ETHERNET: case PICKET_FLOW_RAW:
    case PICKET_FLOW_COOKED: case PICKET_FLOW_IPV4: case PICKET_FLOW_IPV6:
    case PICKET_FLOW_COOKED_2: return 1;
    default: return 0;
  }
}

static int pcap_open(struct source *source, const struct config *config, struct arena *arena,
                     struct error *error) {
  const char *path = config->source.path;
  struct capture *capture = source->state = arena_take(arena, sizeof *capture);
  unsigned char *buffer = arena_take(arena, BUFFER_BYTES);
  if (reader_open(&capture->reader, path, buffer, BUFFER_BYTES))
    return fail(error, "%s: %s", path, strerror(errno));
  const unsigned char *header = reader_take(&capture->reader, FILE_HEADER);
  if (capture->reader.failed) return fail(error, "%s: %s", path, strerror(capture->reader.failed));
  if (!header) return fail(error, "%s: shorter than the header of a pcap file", path);
  if (memcmp(header, "\x0A\x0D\x0D\x0A", 4) == 0)
    return fail(error, "%s: a pcapng file; convert it: editcap -F pcap IN OUT", path);
  if (take_magic(capture, header)) return fail(error, "%s: not a pcap file", path);
  capture->link = read_32(capture, header + 20) & 0x0FFFFFFF;
  if (!is_known_link(capture->link))
    return fail(error, "%s: its link type is %u, expected 0, 1, 101, 113, 228, 229 or 276: capture on an "
                "interface of Ethernet, or on \"any\"", path, (unsigned)capture->link);
  capture->path = path;
  source->descriptors[0] = capture->reader.descriptor;
  return 0;
}

static enum source_state end(struct source *source) {
  struct capture *capture = source->state;
  if (capture->reader.failed) source_fail(source, capture->path, strerror(capture->reader.failed));
  return SOURCE_END;
}

/* The last packet of a tcpdump that was killed, or of a disk that was full. */
static enum source_state end_torn(struct source *source) {
  struct capture *capture = source->state;
  if (capture->reader.failed) return end(source);
  say("%s: it ends within packet %llu, which is left out", capture->path,
      (unsigned long long)source->inputs + 1);
  source->errors++;
  return SOURCE_END;
}

/* Nobody knows where the next packet begins. */
static enum source_state end_broken(struct source *source, uint32_t captured) {
  struct capture *capture = source->state;
  char reason[128];
  snprintf(reason, sizeof reason, "packet %llu cannot have %u bytes, and what follows is not found",
           (unsigned long long)source->inputs + 1, (unsigned)captured);
  source_fail(source, capture->path, reason);
  return SOURCE_END;
}

/* Whether the next packet, with its header, has not come yet. */
static int waits(struct capture *capture) {
  if (reader_waits(&capture->reader, PACKET_HEADER)) return 1;
  const unsigned char *header = reader_peek(&capture->reader, PACKET_HEADER);
  const uint32_t captured = header ? read_32(capture, header + 8) : 0;
  return captured <= MOST_CAPTURED && reader_waits(&capture->reader, PACKET_HEADER + captured);
}

static enum source_state pcap_read(struct source *source, struct engine *engine) {
  struct capture *capture = source->state;
  for (int i = 0; i < AT_ONCE; i++) {
    if (waits(capture)) return SOURCE_WAIT;
    if (reader_has(&capture->reader, 1) == 0) return end(source);
    const unsigned char *header = reader_take(&capture->reader, PACKET_HEADER);
    if (!header) return end_torn(source);
    const uint32_t seconds = read_32(capture, header), part = read_32(capture, header + 4);
    const uint32_t captured = read_32(capture, header + 8), length = read_32(capture, header + 12);
    if (captured > MOST_CAPTURED) return end_broken(source, captured);
    const unsigned char *packet = reader_take(&capture->reader, captured);
    if (!packet) return end_torn(source);
    source->inputs++;
    engine->now_ns = seconds * (uint64_t)1000000000 + (uint64_t)part * capture->unit_ns;
    picket_flow_packet(engine->flow, engine->now_ns, capture->link, packet, captured, length);
    engine_drain(engine);
  }
  return SOURCE_MORE;
}

static void pcap_close(struct source *source) {
  struct capture *capture = source->state;
  reader_close(&capture->reader);
}

const struct source_operations source_pcap = {
    .name = "pcap", .memory = pcap_memory,
    .open = pcap_open, .read = pcap_read, .close = pcap_close};
