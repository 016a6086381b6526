#include "testing.h"

void remake(bench *b) {
  size_t size = picket_flow_size(&b->configuration);
  assert_true(size > 0);
  free(b->flow);
  b->flow = malloc(size);
  assert_non_null(b->flow);
  memset(b->flow, 0xA5, size);
  assert_int_equal(picket_flow_init(b->flow, size, &b->configuration), PICKET_FLOW_OK);
  b->told = 0;
}

bench *new_bench(void) {
  bench *b = calloc(1, sizeof *b);
  assert_non_null(b);
  b->now = START;
  assert_int_equal(picket_flow_defaults(&b->configuration), PICKET_FLOW_OK);
  remake(b);
  return b;
}

void free_bench(bench *b) {
  free(b->flow);
  free(b);
}

void drain(bench *b) {
  for (;;) {
    picket_flow_event event;
    float record[PICKET_FLOW_COLUMNS];
    if (!picket_flow_next(b->flow, &event, record)) return;
    assert_true(b->told < TOLD);
    memcpy(b->record[b->told], record, sizeof record);
    b->event[b->told++] = event;
  }
}

void forget(bench *b) {
  drain(b);
  b->told = 0;
}

void finish(bench *b) {
  assert_int_equal(picket_flow_finish(b->flow), PICKET_FLOW_OK);
  drain(b);
}

static size_t place_of(const bench *b, uint8_t kind, size_t n) {
  for (size_t i = 0; i < b->told; i++)
    if (b->event[i].kind == kind && n-- == 0) return i;
  fail_msg("event %zu of kind %u was not told", n, kind);
  return 0;
}

const picket_flow_event *told(const bench *b, uint8_t kind, size_t n) {
  return &b->event[place_of(b, kind, n)];
}

const float *record_of(const bench *b, size_t n) {
  return b->record[place_of(b, PICKET_FLOW_END, n)];
}

size_t count_told(const bench *b, uint8_t kind) {
  size_t count = 0;
  for (size_t i = 0; i < b->told; i++) count += b->event[i].kind == kind;
  return count;
}

picket_flow_counters counters_of(const bench *b) {
  picket_flow_counters counters;
  assert_int_equal(picket_flow_read_counters(b->flow, &counters), PICKET_FLOW_OK);
  return counters;
}

static uint64_t little(const uint8_t *bytes, size_t size) {
  uint64_t number = 0;
  while (size-- > 0) number = number << 8 | bytes[size];
  return number;
}

/* The next message of a recording: its bytes' count, 0 behind the last. */
enum { MESSAGE_MAX = 1 << 16 };
static size_t next_message(FILE *in, uint64_t *time_ns, uint8_t *bytes) {
  uint8_t head[12];
  if (fread(head, 1, sizeof head, in) != sizeof head) return 0;
  size_t size = (size_t)little(head + 8, 4);
  assert_true(size > 0 && size <= MESSAGE_MAX && fread(bytes, 1, size, in) == size);
  *time_ns = little(head, 8);
  return size;
}

void replay(bench *b, reader *read, const char *name) {
  static uint8_t bytes[MESSAGE_MAX];
  char path[512];
  snprintf(path, sizeof path, "%s/%s", RECORDED_DIR, name);
  FILE *in = fopen(path, "rb");
  assert_non_null(in);
  uint64_t time_ns;
  for (size_t size; (size = next_message(in, &time_ns, bytes)) > 0;) {
    assert_int_equal(read(b->flow, time_ns, bytes, size), PICKET_FLOW_OK);
    drain(b);
  }
  fclose(in);
}

void hand_to(bench *b, reader *read, const void *bytes, size_t size) {
  void *copy = malloc(size ? size : 1);
  assert_non_null(copy);
  memcpy(copy, bytes, size);
  assert_int_equal(read(b->flow, b->now, copy, size), PICKET_FLOW_OK);
  drain(b);
  free(copy); /* it is read until nothing more is told */
}

void cut_anywhere(bench *b, reader *read, const uint8_t *bytes, size_t size,
                  void (*tell)(uint8_t *bytes, size_t size)) {
  uint8_t cut[2048];
  assert_true(size <= sizeof cut);
  for (size_t left = 0; left < size; left++) {
    memcpy(cut, bytes, left);
    hand_to(b, read, cut, left);
    if (left >= 4) tell(cut, left);
    hand_to(b, read, cut, left);
    forget(b);
  }
}

void put16(uint8_t *out, uint32_t number) {
  out[0] = (uint8_t)(number >> 8);
  out[1] = (uint8_t)number;
}

void put32(uint8_t *out, uint32_t number) {
  put16(out, number >> 16);
  put16(out + 2, number & 0xFFFF);
}

/* IPv4 10.0.0.x, or IPv6 fd00::x. */
static size_t write_ip(uint8_t *out, const segment *s, uint8_t protocol, size_t behind) {
  if (s->version == 6) {
    memset(out, 0, 40);
    out[0] = 0x60;
    put16(out + 4, (uint32_t)behind);
    out[6] = protocol;
    out[8] = out[24] = 0xFD;
    out[23] = s->from;
    out[39] = s->to;
    return 40;
  }
  memset(out, 0, 20);
  out[0] = 0x45;
  put16(out + 2, (uint32_t)(20 + behind));
  out[9] = protocol;
  out[12] = out[16] = 10;
  out[15] = s->from;
  out[19] = s->to;
  return 20;
}

size_t write_packet(uint8_t *out, const segment *s) {
  uint8_t protocol = s->protocol ? s->protocol : 6;
  size_t header = protocol == 6 ? 20 : 8;
  size_t at = write_ip(out, s, protocol, header + s->payload);
  memset(out + at, 0, header);
  if (protocol == 1 || protocol == 58) {
    put16(out + at, s->from_port);
    put16(out + at + 4, s->to_port);
  } else {
    put16(out + at, s->from_port);
    put16(out + at + 2, s->to_port);
  }
  if (protocol == 6) {
    out[at + 12] = 0x50;
    out[at + 13] = s->flags;
  }
  if (protocol == 17) put16(out + at + 4, 8u + s->payload);
  memset(out + at + header, 'x', s->payload);
  return at + header + s->payload;
}

void send_packet(bench *b, const segment *s) {
  uint8_t bytes[2048];
  size_t size = write_packet(bytes, s);
  assert_int_equal(
      picket_flow_packet(b->flow, b->now, PICKET_FLOW_RAW, bytes, size, size), PICKET_FLOW_OK);
  drain(b);
}

void converse(bench *b, const char *history, uint16_t port) {
  for (const char *letter = history; *letter; letter++) {
    int is_responder = strchr("hadfrs", *letter) != NULL;
    segment s = {.from = 1, .to = 2, .from_port = port, .to_port = 80};
    if (is_responder) s = (segment){.from = 2, .to = 1, .from_port = 80, .to_port = port};
    switch (*letter | 0x20) {
      case 's': s.flags = SYN; break;
      case 'h': s.flags = SYN | ACK; break;
      case 'a': s.flags = ACK; break;
      case 'd': s.flags = ACK | PSH, s.payload = 100; break;
      case 'f': s.flags = FIN | ACK; break;
      case 'r': s.flags = RST | ACK; break;
      default: fail_msg("no such letter: %c", *letter);
    }
    send_packet(b, &s);
    b->now += SECOND;
  }
}

picket_flow_event make_event(uint8_t kind, uint8_t from, uint8_t to, uint16_t from_port,
                             uint16_t to_port, uint64_t time_ns) {
  picket_flow_event event;
  memset(&event, 0, sizeof event);
  event.kind = kind;
  event.protocol = 6;
  event.flag = PICKET_FLOW_SF;
  event.start_ns = event.end_ns = time_ns;
  event.source[10] = event.source[11] = event.destination[10] = event.destination[11] = 0xFF;
  event.source[12] = event.destination[12] = 10;
  event.source[15] = from;
  event.destination[15] = to;
  event.source_port = from_port;
  event.destination_port = to_port;
  return event;
}
