/* Datagrams of NetFlow 5, 9 and IPFIX: those that softflowd sent (recorded/), and made ones. */
#include "testing.h"

/* ---- What an exporter sent ---- */

typedef struct expected {
  uint8_t from, protocol;
  uint16_t from_port, to_port;
  uint64_t start_ms, end_ms, packets[2], bytes[2];
  uint8_t flag;
} expected;

/* The conversations of recorded/record_netflow.py. */
static const expected conversations[] = {
    {1, 6, 40000, 80, 0, 3000, {4, 4}, {360, 2160}, PICKET_FLOW_SF},
    {3, 6, 40001, 81, 400, 3400, {3, 0}, {120, 0}, PICKET_FLOW_S0},
    {4, 6, 40002, 82, 700, 800, {1, 1}, {40, 40}, PICKET_FLOW_REJ},
    {5, 17, 40003, 53, 900, 1000, {1, 1}, {58, 128}, PICKET_FLOW_SF},
    {6, 1, 0, 0, 1100, 1200, {1, 1}, {84, 84}, PICKET_FLOW_SF},
    {1, 17, 40004, 123, 1300, 1300, {1, 0}, {96, 0}, PICKET_FLOW_SF}, /* IPv6 */
};

static void replay_file(bench *b, const char *name) {
  static uint8_t bytes[MESSAGE_MAX];
  uint64_t time_ns;
  FILE *in = open_recorded(name);
  for (size_t size; (size = next_message(in, &time_ns, bytes)) > 0;) {
    assert_int_equal(picket_flow_netflow(b->flow, time_ns, 1, bytes, size), PICKET_FLOW_OK);
    drain(b);
  }
  fclose(in);
  assert_int_equal(picket_flow_finish(b->flow), PICKET_FLOW_OK);
  drain(b);
}

static const picket_flow_event *end_of(const bench *b, const expected *e) {
  for (size_t i = 0; i < b->told; i++) {
    const picket_flow_event *event = &b->event[i];
    if (event->kind == PICKET_FLOW_END && event->source[15] == e->from &&
        event->protocol == e->protocol && event->destination_port == e->to_port)
      return event;
  }
  fail_msg("the conversation with port %u is missing", e->to_port);
  return NULL;
}

/* The uptime of NetFlow 9 is dated by a header that has whole seconds: up to one is lost. */
static void check_recording(const char *name, size_t count, uint64_t most_early_ms) {
  bench *b = new_bench();
  replay_file(b, name);
  assert_int_equal(count_told(b, PICKET_FLOW_END), count);
  assert_int_equal(counters_of(b).datagrams_malformed, 0);
  assert_int_equal(counters_of(b).templates_unknown, 0);
  for (size_t i = 0; i < count; i++) {
    const expected *e = &conversations[i];
    const picket_flow_event *event = end_of(b, e);
    uint64_t start = START + e->start_ms * 1000000;
    assert_int_equal(event->flag, e->flag);
    assert_int_equal(event->source_port, e->from_port);
    assert_memory_equal(event->packets, e->packets, sizeof e->packets);
    assert_memory_equal(event->bytes, e->bytes, sizeof e->bytes);
    assert_true(event->start_ns <= start && event->start_ns + most_early_ms * 1000000 >= start);
    assert_int_equal(event->end_ns - event->start_ns, (e->end_ms - e->start_ms) * 1000000);
    assert_int_equal(event->notes, PICKET_FLOW_NO_PAYLOAD);
  }
  free_bench(b);
}

static void netflow_5_of_an_exporter_gives_its_conversations(void **state) {
  (void)state;
  check_recording("netflow5.bin", 5, 0);
}
static void netflow_9_of_an_exporter_gives_its_conversations(void **state) {
  (void)state;
  check_recording("netflow9.bin", 6, 1000);
}
static void IPFIX_of_an_exporter_gives_its_conversations(void **state) {
  (void)state;
  check_recording("ipfix.bin", 6, 0);
}

/* ---- Made ones: NetFlow 5 ---- */

/* A datagram of one flow that was sent at START. */
static void say_flow(bench *b, uint32_t uptime, uint8_t from, uint8_t to, uint16_t from_port,
                     uint16_t to_port, uint32_t first, uint32_t last) {
  uint8_t d[72] = {0, 5, 0, 1};
  put32(d + 4, uptime);
  put32(d + 8, (uint32_t)(START / SECOND));
  put32(d + 24, 0x0A000000u + from);
  put32(d + 28, 0x0A000000u + to);
  put32(d + 40, 3);
  put32(d + 44, 300u + from);
  put32(d + 48, first);
  put32(d + 52, last);
  put16(d + 56, from_port);
  put16(d + 58, to_port);
  d[62] = 17;
  assert_int_equal(picket_flow_netflow(b->flow, b->now, 1, d, sizeof d), PICKET_FLOW_OK);
  drain(b);
}

static void an_uptime_may_start_again_or_lie_ahead(void **state) {
  (void)state;
  bench *b = new_bench();
  say_flow(b, 500, 1, 2, 3000, 53, UINT32_MAX - 499, 400); /* 1,000 ms before */
  say_flow(b, 500, 3, 2, 3000, 53, 400, 510);              /* its end after the datagram */
  assert_int_equal(told(b, PICKET_FLOW_BEGIN, 0)->start_ns, START - SECOND);
  assert_int_equal(told(b, PICKET_FLOW_BEGIN, 0)->end_ns, START - SECOND / 10);
  assert_int_equal(told(b, PICKET_FLOW_BEGIN, 1)->end_ns, START);
  free_bench(b);
}

static void the_way_that_started_first_is_the_originators(void **state) {
  (void)state;
  for (uint32_t later = 0; later < 2; later++) {
    bench *b = new_bench();
    say_flow(b, 9000, 2, 1, 4000, 3000, 5000 + later, 6000);
    say_flow(b, 9000, 1, 2, 3000, 4000, 5000, 7000);
    assert_int_equal(picket_flow_finish(b->flow), PICKET_FLOW_OK);
    drain(b);
    const picket_flow_event *e = told(b, PICKET_FLOW_END, 0);
    assert_int_equal(e->source[15], later ? 1 : 2);
    assert_int_equal(e->source_port, later ? 3000 : 4000);
    assert_int_equal(e->bytes[0], later ? 301 : 302);
    assert_int_equal(e->start_ns, START - 4 * SECOND);
    assert_int_equal(e->end_ns, START - 2 * SECOND);
    free_bench(b);
  }
}

/* ---- Made ones: IPFIX messages ---- */

typedef struct message {
  uint8_t bytes[2048];
  size_t size;
} message;

static void put(message *m, uint64_t number, size_t length) {
  for (size_t i = length; i-- > 0;) m->bytes[m->size++] = (uint8_t)(number >> 8 * i);
}

static message start_message(uint32_t domain) {
  message m = {.size = 0};
  put(&m, 10, 2), put(&m, 0, 2), put(&m, START / SECOND, 4), put(&m, 0, 4), put(&m, domain, 4);
  return m;
}

static size_t start_set(message *m, uint64_t id) {
  put(m, id, 2), put(m, 0, 2);
  return m->size - 4;
}

static void end_set(message *m, size_t at) {
  put16(m->bytes + at + 2, (uint32_t)(m->size - at));
  put16(m->bytes + 2, (uint32_t)m->size);
}

/* A template of both directions: ends, ports, protocol, then bytes and packets each way, flags each
 * way, start and end in milliseconds, and a name of any length. */
static void put_template(message *m, uint64_t id) {
  size_t at = start_set(m, 2);
  static const uint16_t fields[] = {8, 4, 12, 4, 7, 2, 11, 2, 4, 1, 1, 4, 2, 4, 6, 1, 152, 8, 153, 8};
  put(m, id, 2), put(m, 14, 2);
  for (size_t i = 0; i < COUNT(fields); i++) put(m, fields[i], 2);
  for (uint64_t element = 1; element <= 2; element++) /* RFC 5103: the other way */
    put(m, 0x8000 | element, 2), put(m, 4, 2), put(m, 29305, 4);
  put(m, 0x8000 | 6, 2), put(m, 1, 2), put(m, 29305, 4);
  put(m, 0x8000 | 1, 2), put(m, 0xFFFF, 2), put(m, 12345, 4); /* a vendor's */
  end_set(m, at);
}

static void put_record(message *m, uint8_t from, uint16_t from_port, uint16_t to_port,
                       size_t name_length) {
  put(m, 0x0A000000u + from, 4), put(m, 0x0A000002, 4);
  put(m, from_port, 2), put(m, to_port, 2), put(m, 6, 1);
  put(m, 1000, 4), put(m, 10, 4), put(m, SYN | ACK | FIN, 1);
  put(m, START / 1000000 + 250, 8), put(m, START / 1000000 + 2250, 8);
  put(m, 2000, 4), put(m, 20, 4), put(m, SYN | ACK | FIN, 1);
  if (name_length < 255) put(m, name_length, 1);
  else put(m, 255, 1), put(m, name_length, 2);
  for (size_t i = 0; i < name_length; i++) put(m, 'n', 1);
}

static void hand_in(bench *b, uint64_t exporter, const message *m) {
  assert_int_equal(picket_flow_netflow(b->flow, b->now, exporter, m->bytes, m->size),
                   PICKET_FLOW_OK);
  drain(b);
}

static message biflow(uint32_t domain) {
  message m = start_message(domain);
  put_template(&m, 300);
  size_t at = start_set(&m, 300);
  put_record(&m, 1, 5000, 80, 3);
  put_record(&m, 3, 5001, 80, 300);
  put(&m, 0, 3); /* filled up */
  end_set(&m, at);
  return m;
}

static void a_record_may_tell_both_ways(void **state) {
  (void)state;
  bench *b = new_bench();
  message m = biflow(1);
  hand_in(b, 1, &m);
  assert_int_equal(counters_of(b).flows, 2);
  assert_int_equal(counters_of(b).datagrams_malformed, 0);
  assert_int_equal(picket_flow_finish(b->flow), PICKET_FLOW_OK);
  drain(b);
  for (size_t i = 0; i < 2; i++) {
    const picket_flow_event *e = told(b, PICKET_FLOW_END, i);
    assert_int_equal(e->bytes[0], 1000);
    assert_int_equal(e->bytes[1], 2000);
    assert_int_equal(e->packets[1], 20);
    assert_int_equal(e->flag, PICKET_FLOW_SF);
    assert_int_equal(e->start_ns, START + SECOND / 4);
    assert_int_equal(e->end_ns, START + SECOND * 9 / 4);
  }
  free_bench(b);
}

static void a_field_longer_than_its_set_is_malformed(void **state) {
  (void)state;
  bench *b = new_bench();
  message m = start_message(1);
  put_template(&m, 300);
  size_t at = start_set(&m, 300);
  put_record(&m, 1, 5000, 80, 3);
  m.bytes[m.size - 4] = 8; /* the name's length */
  end_set(&m, at);
  uint8_t *copy = malloc(m.size);
  assert_non_null(copy);
  memcpy(copy, m.bytes, m.size);
  assert_int_equal(picket_flow_netflow(b->flow, b->now, 1, copy, m.size), PICKET_FLOW_OK);
  drain(b);
  free(copy);
  assert_int_equal(counters_of(b).datagrams_malformed, 1);
  assert_int_equal(counters_of(b).flows, 0);
  free_bench(b);
}

static void a_template_belongs_to_its_exporter_and_domain(void **state) {
  (void)state;
  bench *b = new_bench();
  message with = biflow(1), without = start_message(1), elsewhere = start_message(2);
  message *data[] = {&without, &elsewhere};
  for (size_t i = 0; i < 2; i++) {
    size_t at = start_set(data[i], 300);
    put_record(data[i], 9, 6000, 80, 3);
    end_set(data[i], at);
  }
  hand_in(b, 1, &without);
  assert_int_equal(counters_of(b).templates_unknown, 1);
  hand_in(b, 1, &with);
  hand_in(b, 1, &elsewhere);
  hand_in(b, 2, &without);
  assert_int_equal(counters_of(b).templates_unknown, 3);
  hand_in(b, 1, &without);
  assert_int_equal(counters_of(b).flows, 3);
  free_bench(b);
}

static void a_template_can_be_withdrawn_replaced_and_pushed_out(void **state) {
  (void)state;
  bench *b = new_bench();
  b->configuration.templates = 2;
  remake(b);
  message with = biflow(1), data = start_message(1), withdrawal = start_message(1);
  size_t at = start_set(&data, 300);
  put_record(&data, 9, 6000, 80, 3);
  end_set(&data, at);
  at = start_set(&withdrawal, 2);
  put(&withdrawal, 300, 2), put(&withdrawal, 0, 2);
  end_set(&withdrawal, at);
  hand_in(b, 1, &with);
  hand_in(b, 1, &with); /* the same again: in its own place */
  hand_in(b, 1, &data);
  assert_int_equal(counters_of(b).templates_unknown, 0);
  hand_in(b, 1, &withdrawal);
  hand_in(b, 1, &data);
  assert_int_equal(counters_of(b).templates_unknown, 1);
  hand_in(b, 1, &with);
  for (uint32_t domain = 2; domain <= 3; domain++) {
    message other = biflow(domain);
    hand_in(b, 1, &other);
  }
  hand_in(b, 1, &data);
  assert_int_equal(counters_of(b).templates_unknown, 2);
  free_bench(b);
}

static void a_free_place_is_taken_first_and_then_that_told_longest_ago(void **state) {
  (void)state;
  message withdrawal = start_message(2);
  size_t at = start_set(&withdrawal, 2);
  put(&withdrawal, 300, 2), put(&withdrawal, 0, 2);
  end_set(&withdrawal, at);
  for (int is_free = 0; is_free < 2; is_free++) {
    bench *b = new_bench();
    b->configuration.templates = 2;
    remake(b);
    message first = biflow(1), second = biflow(2), third = biflow(3), data = start_message(1);
    hand_in(b, 1, &first);
    hand_in(b, 1, &second);
    hand_in(b, 1, is_free ? &withdrawal : &first);
    hand_in(b, 1, &third);
    at = start_set(&data, 300);
    put_record(&data, 9, 6000, 80, 3);
    end_set(&data, at);
    hand_in(b, 1, &data);
    assert_int_equal(counters_of(b).templates_unknown, 0);
    free_bench(b);
  }
}

static void a_template_of_too_many_fields_is_refused(void **state) {
  (void)state;
  for (uint64_t count = 64; count <= 65; count++) {
    bench *b = new_bench();
    message m = start_message(1);
    size_t at = start_set(&m, 2);
    put(&m, 300, 2), put(&m, count, 2);
    for (uint64_t i = 0; i < count; i++) put(&m, 4, 2), put(&m, 1, 2);
    end_set(&m, at);
    hand_in(b, 1, &m);
    assert_int_equal(counters_of(b).templates_refused, count == 65);
    free_bench(b);
  }
}

static void a_template_of_records_without_bytes_is_refused(void **state) {
  (void)state;
  bench *b = new_bench();
  message m = start_message(1);
  size_t at = start_set(&m, 2);
  put(&m, 300, 2), put(&m, 1, 2), put(&m, 4, 2), put(&m, 0, 2);
  end_set(&m, at);
  at = start_set(&m, 300);
  put(&m, 0, 4);
  end_set(&m, at);
  hand_in(b, 1, &m);
  assert_int_equal(counters_of(b).templates_unknown, 1);
  free_bench(b);
}

/* Options: the domain, and when the exporter started. */
static void put_start(message *m, uint64_t ms) {
  size_t at = start_set(m, 3);
  put(m, 400, 2), put(m, 2, 2), put(m, 1, 2), put(m, 149, 2), put(m, 4, 2), put(m, 160, 2), put(m, 8, 2);
  end_set(m, at);
  at = start_set(m, 400);
  put(m, 1, 4), put(m, ms, 8);
  end_set(m, at);
}

/* A flow from the uptime of one second to that of four, with its template. */
static void put_uptimes(message *m, uint8_t from) {
  size_t at = start_set(m, 2);
  static const uint16_t fields[] = {8, 4, 12, 4, 4, 1, 2, 4, 22, 4, 21, 4};
  put(m, 301, 2), put(m, 6, 2);
  for (size_t i = 0; i < COUNT(fields); i++) put(m, fields[i], 2);
  end_set(m, at);
  at = start_set(m, 301);
  put(m, 0x0A000000u + from, 4), put(m, 0x0A000002, 4), put(m, 17, 1), put(m, 3, 4);
  put(m, 1000, 4), put(m, 4000, 4);
  end_set(m, at);
}

static void uptimes_of_IPFIX_count_from_the_start_that_options_tell(void **state) {
  (void)state;
  bench *b = new_bench();
  message m = start_message(1);
  put_start(&m, START / 1000000 - 5000);
  put_uptimes(&m, 1);
  hand_in(b, 1, &m);
  const picket_flow_event *e = told(b, PICKET_FLOW_BEGIN, 0);
  assert_int_equal(e->start_ns, START - 4 * SECOND);
  assert_int_equal(e->end_ns, START - SECOND);
  free_bench(b);
}

static void as_many_starts_are_kept_as_templates(void **state) {
  (void)state;
  bench *b = new_bench();
  b->configuration.templates = 2;
  remake(b);
  for (uint8_t exporter = 1; exporter <= 3; exporter++) {
    message m = start_message(1);
    put_start(&m, START / 1000000 - 1000u * (10u + exporter));
    hand_in(b, exporter, &m);
  }
  for (uint8_t exporter = 1; exporter <= 3; exporter++) {
    message m = start_message(1);
    put_uptimes(&m, (uint8_t)(10 + exporter));
    hand_in(b, exporter, &m);
  }
  /* Nothing dates the first one's uptimes but the message. */
  assert_int_equal(told(b, PICKET_FLOW_BEGIN, 0)->start_ns, START);
  assert_int_equal(told(b, PICKET_FLOW_BEGIN, 1)->start_ns, START - 11 * SECOND);
  assert_int_equal(told(b, PICKET_FLOW_BEGIN, 2)->start_ns, START - 12 * SECOND);
  free_bench(b);
}

/* Options that tell the exporter's start, as many templates as fill the table, and two such starts. */
static message starts_among(uint64_t templates) {
  message m = start_message(7);
  size_t at = start_set(&m, 3);
  put(&m, 256, 2), put(&m, 1, 2), put(&m, 1, 2), put(&m, 160, 2), put(&m, 8, 2);
  end_set(&m, at);
  at = start_set(&m, 2);
  for (uint64_t i = 1; i < templates; i++)
    put(&m, 256 + i, 2), put(&m, 1, 2), put(&m, 4, 2), put(&m, 1, 2);
  end_set(&m, at);
  at = start_set(&m, 256);
  put(&m, 1000, 8), put(&m, 1000, 8);
  end_set(&m, at);
  return m;
}

/* The start took the place of the oldest template, which was its own: it was read for ever. */
static void a_start_does_not_push_out_the_template_that_it_is_read_by(void **state) {
  (void)state;
  bench *b = new_bench();
  message m = starts_among(b->configuration.templates), again = start_message(7);
  assert_int_equal(m.size, 558);
  hand_in(b, 1, &m);
  size_t at = start_set(&again, 256);
  put(&again, 2000, 8);
  end_set(&again, at);
  hand_in(b, 1, &again);
  assert_int_equal(counters_of(b).templates_unknown, 0);
  assert_int_equal(counters_of(b).datagrams_malformed, 0);
  free_bench(b);
}

static void times_come_in_many_units(void **state) {
  (void)state;
  const uint64_t second = START / SECOND, since_1900 = second + UINT64_C(2208988800);
  const struct {
    uint16_t start, length;
    uint64_t from, to, expected, duration;
  } known[] = {
      {150, 4, second - 9, second - 2, START - 9 * SECOND, 7 * SECOND},
      {152, 8, second * 1000 - 9500, second * 1000, START - 19 * SECOND / 2, 19 * SECOND / 2},
      {154, 8, since_1900 << 32, since_1900 << 32 | 0x80000000u, START, SECOND / 2},
      {156, 8, (since_1900 - 1) << 32 | 0x40000000u, since_1900 << 32, START - SECOND * 3 / 4,
       SECOND * 3 / 4},
      {158, 4, 3000000, 500000, START - 3 * SECOND, 5 * SECOND / 2},
  };
  for (size_t i = 0; i < COUNT(known); i++) {
    bench *b = new_bench();
    message m = start_message(1);
    size_t at = start_set(&m, 2);
    const uint16_t fields[] = {8, 4, 12, 4, 4, 1, known[i].start, known[i].length,
                               (uint16_t)(known[i].start + 1), known[i].length};
    put(&m, 301, 2), put(&m, 5, 2);
    for (size_t f = 0; f < COUNT(fields); f++) put(&m, fields[f], 2);
    end_set(&m, at);
    at = start_set(&m, 301);
    put(&m, 0x0A000001, 4), put(&m, 0x0A000002, 4), put(&m, 17, 1);
    put(&m, known[i].from, known[i].length), put(&m, known[i].to, known[i].length);
    end_set(&m, at);
    hand_in(b, 1, &m);
    const picket_flow_event *e = told(b, PICKET_FLOW_BEGIN, 0);
    assert_int_equal(e->start_ns, known[i].expected);
    assert_int_equal(e->end_ns - e->start_ns, known[i].duration);
    assert_int_equal(e->notes, PICKET_FLOW_NO_PAYLOAD | PICKET_FLOW_NO_BYTES);
    free_bench(b);
  }
}

/* ---- Made ones: NetFlow 9, as a firewall of Cisco's sends it ---- */

static message start_nine(void) {
  message m = {.size = 0};
  put(&m, 9, 2), put(&m, 0, 2), put(&m, 100000, 4), put(&m, START / SECOND, 4), put(&m, 1, 4);
  put(&m, 0, 4);
  return m;
}

/* Ends, ports and protocol, and then other fields of 4 bytes. */
static void put_nine(message *m, uint64_t id, const uint16_t *more, size_t count) {
  static const uint16_t fields[] = {8, 4, 12, 4, 7, 2, 11, 2, 4, 1, 6, 1};
  size_t at = start_set(m, 0);
  put(m, id, 2), put(m, COUNT(fields) / 2 + count, 2);
  for (size_t i = 0; i < COUNT(fields); i++) put(m, fields[i], 2);
  for (size_t i = 0; i < count; i++) put(m, more[i], 2), put(m, 4, 2);
  end_set(m, at);
  at = start_set(m, id);
  put(m, 0x0A000001, 4), put(m, 0x0A000002, 4), put(m, 40000, 2), put(m, 443, 2), put(m, 6, 1);
  put(m, count ? SYN | ACK | FIN : 0, 1);
  for (size_t i = 0; i < count; i++) put(m, 1111 * (i + 1), 4);
  end_set(m, at);
}

/* 33,000 is an access list, not 32,768 more than the responder's bytes. */
static void elements_of_vendors_in_NetFlow_9_are_not_standard_ones(void **state) {
  (void)state;
  bench *b = new_bench();
  message m = start_nine();
  static const uint16_t more[] = {231, 232, 298, 299, 33000, 33002, 32768 + 4};
  put_nine(&m, 263, more, COUNT(more));
  hand_in(b, 1, &m);
  const picket_flow_event *e = told(b, PICKET_FLOW_BEGIN, 0);
  assert_int_equal(e->protocol, 6);
  assert_int_equal(e->bytes[0], 1111);
  assert_int_equal(e->bytes[1], 2222);
  assert_int_equal(e->packets[1], 4444);
  free_bench(b);
}

/* A record that says that a flow was created has no counters. */
static void bytes_may_come_with_a_later_record(void **state) {
  (void)state;
  bench *b = new_bench();
  static const uint16_t more[] = {231, 232};
  b->configuration.byte_count = PICKET_FLOW_IP;
  remake(b);
  message m = start_nine();
  put_nine(&m, 256, NULL, 0);
  hand_in(b, 1, &m);
  assert_true(told(b, PICKET_FLOW_BEGIN, 0)->notes & PICKET_FLOW_NO_BYTES);
  m = start_nine();
  put_nine(&m, 257, more, COUNT(more));
  put_nine(&m, 256, NULL, 0);
  hand_in(b, 1, &m);
  b->now += 20 * SECOND; /* more than one side alone may be silent, though no packets were told */
  assert_int_equal(picket_flow_advance(b->flow, b->now), PICKET_FLOW_OK);
  drain(b);
  assert_int_equal(count_told(b, PICKET_FLOW_END), 0);
  assert_int_equal(picket_flow_finish(b->flow), PICKET_FLOW_OK);
  drain(b);
  const picket_flow_event *e = told(b, PICKET_FLOW_END, 0);
  assert_int_equal(e->notes, PICKET_FLOW_NO_PAYLOAD);
  assert_int_equal(e->bytes[1], 2222);
  assert_true(record_of(b, 0)[SRC_BYTES] == 1111);
  free_bench(b);
}

/* Packets without bytes do not make bytes known. */
static void packets_alone_tell_no_bytes(void **state) {
  (void)state;
  bench *b = new_bench();
  static const uint16_t more[] = {298, 299};
  message m = start_nine();
  put_nine(&m, 256, more, COUNT(more));
  hand_in(b, 1, &m);
  assert_true(told(b, PICKET_FLOW_BEGIN, 0)->notes & PICKET_FLOW_NO_BYTES);
  free_bench(b);
}

static void datagrams_of_other_versions_are_malformed(void **state) {
  (void)state;
  bench *b = new_bench();
  uint8_t bytes[24] = {0, 8};
  assert_int_equal(picket_flow_netflow(b->flow, b->now, 1, bytes, sizeof bytes), PICKET_FLOW_OK);
  drain(b);
  bytes[1] = 5, bytes[3] = 1; /* a record that is not there */
  assert_int_equal(picket_flow_netflow(b->flow, b->now, 1, bytes, sizeof bytes), PICKET_FLOW_OK);
  drain(b);
  assert_int_equal(counters_of(b).datagrams_malformed, 2);
  free_bench(b);
}

static void a_datagram_cut_or_changed_anywhere_does_no_harm(void **state) {
  (void)state;
  bench *b = new_bench();
  message whole = biflow(1);
  for (size_t size = 0; size < whole.size; size++) {
    uint8_t *copy = malloc(size ? size : 1);
    assert_non_null(copy);
    memcpy(copy, whole.bytes, size);
    for (int tell_size = 0; tell_size < 2; tell_size++) {
      if (tell_size && size >= 4) put16(copy + 2, (uint32_t)size);
      assert_int_equal(picket_flow_netflow(b->flow, b->now, 1, copy, size), PICKET_FLOW_OK);
      forget(b);
    }
    free(copy);
  }
  assert_true(counters_of(b).datagrams_malformed >= whole.size);
  for (size_t at = 0; at < whole.size; at++) {
    message changed = whole;
    changed.bytes[at] ^= 0xFF;
    hand_in(b, 1, &changed);
    forget(b);
  }
  free_bench(b);
}

const struct CMUnitTest netflow_tests[] = {
    cmocka_unit_test(netflow_5_of_an_exporter_gives_its_conversations),
    cmocka_unit_test(netflow_9_of_an_exporter_gives_its_conversations),
    cmocka_unit_test(IPFIX_of_an_exporter_gives_its_conversations),
    cmocka_unit_test(an_uptime_may_start_again_or_lie_ahead),
    cmocka_unit_test(the_way_that_started_first_is_the_originators),
    cmocka_unit_test(a_record_may_tell_both_ways),
    cmocka_unit_test(a_field_longer_than_its_set_is_malformed),
    cmocka_unit_test(a_template_belongs_to_its_exporter_and_domain),
    cmocka_unit_test(a_template_can_be_withdrawn_replaced_and_pushed_out),
    cmocka_unit_test(a_free_place_is_taken_first_and_then_that_told_longest_ago),
    cmocka_unit_test(a_template_of_too_many_fields_is_refused),
    cmocka_unit_test(a_template_of_records_without_bytes_is_refused),
    cmocka_unit_test(uptimes_of_IPFIX_count_from_the_start_that_options_tell),
    cmocka_unit_test(as_many_starts_are_kept_as_templates),
    cmocka_unit_test(a_start_does_not_push_out_the_template_that_it_is_read_by),
    cmocka_unit_test(times_come_in_many_units),
    cmocka_unit_test(elements_of_vendors_in_NetFlow_9_are_not_standard_ones),
    cmocka_unit_test(bytes_may_come_with_a_later_record),
    cmocka_unit_test(packets_alone_tell_no_bytes),
    cmocka_unit_test(datagrams_of_other_versions_are_malformed),
    cmocka_unit_test(a_datagram_cut_or_changed_anywhere_does_no_harm),
};
const size_t netflow_count = COUNT(netflow_tests);
