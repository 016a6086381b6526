/* Messages of connection tracking: those that a kernel sent (recorded/README.md), and made ones. */
#include "testing.h"

enum { NEW = 0x100, GONE = 0x102, CREATE = 0x600, SEEN_REPLY = 2, ASSURED = 4, OFFLOAD = 1 << 14 };

/* ---- Made messages, in the byte order of this machine as far as netlink is ---- */

typedef struct message {
  uint8_t bytes[512];
  size_t size;
} message;

static void native16(message *m, size_t at, size_t number) {
  uint16_t x = (uint16_t)number;
  memcpy(m->bytes + at, &x, 2);
}

static size_t begin(message *m, uint16_t type) {
  size_t at = m->size;
  native16(m, at + 2, type);
  m->size += 4;
  return at;
}

static void end(message *m, size_t at) {
  native16(m, at, m->size - at);
  while (m->size % 4) m->bytes[m->size++] = 0;
}

static void number(message *m, uint16_t type, uint64_t value, size_t length) {
  size_t at = begin(m, type);
  for (size_t i = length; i-- > 0;) m->bytes[m->size++] = (uint8_t)(value >> 8 * i);
  end(m, at);
}

typedef struct facts {
  uint16_t type, flags, port; /* 0: 4000 */
  uint8_t version; /* 0: 4 */
  uint8_t protocol, state, closed[2];
  uint32_t status, sequence, asker;
  uint64_t left, packets[2], bytes[2], start, stop;
  uint8_t has_counters;
} facts;

static message make(const facts *f) {
  message m = {.size = 20};
  m.bytes[16] = 2;
  native16(&m, 4, f->type);
  native16(&m, 6, f->flags);
  memcpy(m.bytes + 8, &f->sequence, 4);
  memcpy(m.bytes + 12, &f->asker, 4);
  uint8_t protocol = f->protocol ? f->protocol : 6;
  size_t tuple = begin(&m, 1 | 0x8000), part = begin(&m, 1 | 0x8000);
  for (uint16_t i = 1; i <= 2; i++) {
    if (f->version != 6) {
      number(&m, i, 0x0A000000u + i, 4);
      continue;
    }
    size_t address = begin(&m, (uint16_t)(2 + i));
    for (uint8_t byte = 0; byte < 16; byte++) m.bytes[m.size++] = (uint8_t)(16 * i + byte);
    end(&m, address);
  }
  end(&m, part);
  part = begin(&m, 2 | 0x8000);
  number(&m, 1, protocol, 1);
  if (protocol == 1 || protocol == 58) { /* an echo's identifier, type and code */
    uint16_t first = protocol == 1 ? 4 : 7;
    number(&m, first, 77, 2);
    number(&m, (uint16_t)(first + 1), protocol == 1 ? 8 : 128, 1);
    number(&m, (uint16_t)(first + 2), 0, 1);
  } else {
    number(&m, 2, f->port ? f->port : 4000, 2);
    number(&m, 3, 80, 2);
  }
  end(&m, part);
  end(&m, tuple);
  number(&m, 3, f->status, 4);
  if (f->left) number(&m, 7, f->left, 4);
  for (uint16_t i = 0; i < 2 && f->has_counters; i++) {
    part = begin(&m, (uint16_t)(9 + i) | 0x8000);
    number(&m, 1, f->packets[i], 8);
    number(&m, 2, f->bytes[i], 8);
    end(&m, part);
  }
  if (f->start) {
    part = begin(&m, 20 | 0x8000);
    number(&m, 1, f->start, 8);
    if (f->stop) number(&m, 2, f->stop, 8);
    end(&m, part);
  }
  if (f->state) {
    part = begin(&m, 4 | 0x8000);
    size_t tcp = begin(&m, 1 | 0x8000);
    number(&m, 1, f->state, 1);
    number(&m, 4, (uint64_t)f->closed[0] << 8, 2);
    number(&m, 5, (uint64_t)f->closed[1] << 8, 2);
    end(&m, tcp);
    end(&m, part);
  }
  uint32_t size = (uint32_t)m.size;
  memcpy(m.bytes, &size, 4);
  return m;
}

static void hand_in(bench *b, const message *m) {
  assert_int_equal(picket_flow_conntrack(b->flow, b->now, m->bytes, m->size), PICKET_FLOW_OK);
  drain(b);
  b->now += SECOND;
}

static void say(bench *b, facts f) {
  message m = make(&f);
  hand_in(b, &m);
}

/* ---- What a kernel sent ---- */

static void replay_file(bench *b, const char *name) {
  static uint8_t bytes[MESSAGE_MAX];
  uint64_t time_ns;
  FILE *in = open_recorded(name);
  for (size_t size; (size = next_message(in, &time_ns, bytes)) > 0;) {
    assert_int_equal(picket_flow_conntrack(b->flow, time_ns, bytes, size), PICKET_FLOW_OK);
    drain(b);
  }
  fclose(in);
}

static const picket_flow_event *end_to(const bench *b, uint16_t port, size_t skip) {
  for (size_t i = 0; i < b->told; i++)
    if (b->event[i].kind == PICKET_FLOW_END && b->event[i].destination_port == port && !skip--)
      return &b->event[i];
  fail_msg("no connection to %u ended", port);
  return NULL;
}

/* The recordings are in the byte order of the machine that they were made on. */
static int is_big_endian(void) {
  const uint16_t one = 1;
  return *(const uint8_t *)&one == 0;
}

/* The time-outs that the recording kernel was set to. */
static bench *recorded_bench(void) {
  bench *b = new_bench();
  b->configuration.kernel_udp_ns = 4 * SECOND;
  b->configuration.kernel_udp_stream_ns = 6 * SECOND;
  b->configuration.kernel_icmp_ns = 3 * SECOND;
  b->configuration.kernel_syn_sent_ns = 5 * SECOND;
  b->configuration.byte_count = PICKET_FLOW_IP;
  remake(b);
  return b;
}

static double seconds(const picket_flow_event *e) { return (double)(e->end_ns - e->start_ns) / 1e9; }

/* What both recordings tell alike: 500 bytes up and 3,000 down, twice, the second held for 1.5 s. */
static void check_tcp(const bench *b) {
  const picket_flow_event *e = end_to(b, 8001, 0);
  if (seconds(e) > 1) e = end_to(b, 8001, 1);
  assert_int_equal(e->flag, PICKET_FLOW_SF);
  assert_int_equal(e->bytes[0], 60 + (e->packets[0] - 1) * 52 + 500);
  assert_int_equal(e->bytes[1], 60 + (e->packets[1] - 1) * 52 + 3000);
  assert_true(seconds(e) < 0.2);
  e = end_to(b, 8001, e == end_to(b, 8001, 0));
  assert_int_equal(e->flag, PICKET_FLOW_SF);
  assert_true(seconds(e) > 1.45 && seconds(e) < 1.7);
  e = end_to(b, 9, 0); /* a closed port */
  assert_int_equal(e->flag, PICKET_FLOW_REJ);
  assert_int_equal(e->bytes[0], 60);
  assert_int_equal(e->bytes[1], 40);
  assert_true(seconds(e) < 0.2);
  assert_int_equal(end_to(b, 8002, 0)->flag, PICKET_FLOW_RSTR);
  assert_int_equal(end_to(b, 8003, 0)->flag, PICKET_FLOW_RSTR); /* the client did: not told */
  for (size_t i = 0; i < b->told; i++)
    if (b->event[i].kind == PICKET_FLOW_END)
      assert_int_equal(b->event[i].notes, PICKET_FLOW_NO_PAYLOAD);
}

static void a_kernels_events_give_ends_without_its_time_outs(void **state) {
  (void)state;
  if (is_big_endian()) return;
  bench *b = recorded_bench();
  replay_file(b, "conntrack-destroyed.bin");
  assert_int_equal(count_told(b, PICKET_FLOW_BEGIN), 10);
  assert_int_equal(count_told(b, PICKET_FLOW_END), 10);
  assert_int_equal(counters_of(b).messages_malformed, 0);
  assert_int_equal(counters_of(b).open, 0);
  check_tcp(b);
  assert_int_equal(end_to(b, 8004, 0)->flag, PICKET_FLOW_S0); /* dropped */
  assert_true(seconds(end_to(b, 8004, 0)) < 3);
  const picket_flow_event *e = end_to(b, 8053, 0); /* two questions, half a second apart */
  assert_int_equal(e->bytes[0], 2 * 48);
  assert_int_equal(e->bytes[1], 2 * 105);
  assert_true(seconds(e) > 0.45 && seconds(e) < 0.6);
  assert_true(seconds(end_to(b, 8054, 0)) < 0.1);
  e = end_to(b, 0, 0); /* three echoes, 0.3 seconds apart, and one without reply */
  if (e->packets[1] == 0) e = end_to(b, 0, 1);
  assert_int_equal(e->packets[1], 3);
  assert_int_equal(e->icmp_type, 8);
  assert_int_equal(e->source_port, 77);
  assert_true(seconds(e) > 0.55 && seconds(e) < 0.7);
  free_bench(b);
}

static void a_query_brings_the_end_at_once(void **state) {
  (void)state;
  if (is_big_endian()) return;
  bench *b = recorded_bench();
  replay_file(b, "conntrack-queried.bin");
  assert_int_equal(count_told(b, PICKET_FLOW_QUERY), 4);
  assert_int_equal(count_told(b, PICKET_FLOW_END), 5); /* and the closed port */
  check_tcp(b);
  free_bench(b);
}

/* ---- Made ones ---- */

static void the_entry_of_a_told_end_goes_without_a_second_one(void **state) {
  (void)state;
  bench *b = new_bench();
  say(b, (facts){.type = NEW, .flags = CREATE, .state = 1});
  say(b, (facts){.type = NEW, .state = 7, .status = SEEN_REPLY | ASSURED});
  assert_int_equal(count_told(b, PICKET_FLOW_QUERY), 1);
  assert_int_equal(told(b, PICKET_FLOW_QUERY, 0)->source_port, 4000);
  facts answer = {.type = NEW, .state = 7, .status = SEEN_REPLY | ASSURED, .has_counters = 1,
                  .packets = {5, 4}, .bytes = {500, 400}};
  say(b, answer);
  say(b, answer);
  answer.type = GONE;
  say(b, answer);
  assert_int_equal(count_told(b, PICKET_FLOW_QUERY), 1);
  assert_int_equal(count_told(b, PICKET_FLOW_END), 1);
  const picket_flow_event *e = told(b, PICKET_FLOW_END, 0);
  assert_int_equal(e->end_ns, START + SECOND);
  assert_int_equal(e->bytes[1], 400);
  assert_int_equal(counters_of(b).open, 0);
  free_bench(b);
}

static void states_become_flags(void **state) {
  (void)state;
  static const struct {
    facts last;
    uint8_t flag;
  } known[] = {
      {{.state = 1}, PICKET_FLOW_S0},
      {{.state = 2, .status = SEEN_REPLY}, PICKET_FLOW_S1},
      {{.state = 3, .status = SEEN_REPLY, .left = 432000}, PICKET_FLOW_S1},
      {{.state = 3, .status = SEEN_REPLY}, PICKET_FLOW_OTH}, /* removed */
      {{.state = 4, .status = SEEN_REPLY, .closed = {4, 0}}, PICKET_FLOW_S2},
      {{.state = 5, .status = SEEN_REPLY, .closed = {0, 4}}, PICKET_FLOW_S3},
      {{.state = 6, .status = SEEN_REPLY}, PICKET_FLOW_SF},
      {{.state = 7, .status = SEEN_REPLY}, PICKET_FLOW_SF},
      {{.state = 8, .status = SEEN_REPLY}, PICKET_FLOW_RSTR},
      {{.state = 8, .has_counters = 1, .packets = {1, 1}, .bytes = {60, 40}}, PICKET_FLOW_REJ},
      {{.state = 8, .has_counters = 1, .packets = {2, 0}, .bytes = {100, 0}}, PICKET_FLOW_RSTOS0},
  };
  for (size_t i = 0; i < COUNT(known); i++) {
    bench *b = new_bench();
    facts f = known[i].last;
    say(b, (facts){.type = NEW, .flags = CREATE, .state = 1});
    f.type = GONE;
    say(b, f);
    assert_int_equal(told(b, PICKET_FLOW_END, 0)->flag, known[i].flag);
    free_bench(b);
  }
}

static void a_reset_behind_an_orderly_end_changes_nothing(void **state) {
  (void)state;
  bench *b = new_bench();
  say(b, (facts){.type = NEW, .flags = CREATE, .state = 1});
  say(b, (facts){.type = NEW, .state = 7, .status = SEEN_REPLY});
  say(b, (facts){.type = NEW, .state = 8, .status = SEEN_REPLY});
  say(b, (facts){.type = GONE, .state = 8, .status = SEEN_REPLY});
  assert_int_equal(told(b, PICKET_FLOW_END, 0)->flag, PICKET_FLOW_SF);
  assert_int_equal(told(b, PICKET_FLOW_END, 0)->end_ns, START + SECOND);
  free_bench(b);
}

static void what_the_kernel_does_not_tell_is_noted(void **state) {
  (void)state;
  bench *b = new_bench();
  say(b, (facts){.type = NEW, .flags = CREATE, .state = 1});
  say(b, (facts){.type = GONE, .state = 4, .status = SEEN_REPLY | OFFLOAD}); /* accounting is off */
  assert_int_equal(told(b, PICKET_FLOW_END, 0)->notes,
                   PICKET_FLOW_NO_PAYLOAD | PICKET_FLOW_NO_BYTES | PICKET_FLOW_NO_END |
                       PICKET_FLOW_OFFLOADED);
  say(b, (facts){.type = GONE, .protocol = 17, .status = SEEN_REPLY | ASSURED, .has_counters = 1,
                 .packets = {2, 2}, .bytes = {99, 98}, .start = START, .stop = START + 130 * SECOND});
  const picket_flow_event *e = told(b, PICKET_FLOW_END, 1);
  assert_int_equal(e->notes, PICKET_FLOW_NO_PAYLOAD | PICKET_FLOW_NO_START);
  assert_int_equal(e->end_ns, START + 10 * SECOND);
  assert_int_equal(e->flag, PICKET_FLOW_SF);
  free_bench(b);
}

static void an_end_of_what_nobody_saw_begin_stands_in_no_windows(void **state) {
  (void)state;
  bench *b = new_bench();
  for (uint16_t port = 1; port <= 3; port++)
    say(b, (facts){.type = GONE, .protocol = 17, .status = SEEN_REPLY, .has_counters = 1, .port = port,
                   .packets = {2, 2}, .bytes = {99, 98}, .start = START, .stop = START + 30 * SECOND});
  assert_int_equal(told(b, PICKET_FLOW_END, 2)->id, 0);
  assert_int_equal(picket_flow_unfit(told(b, PICKET_FLOW_END, 2)), PICKET_FLOW_UNFIT_START);
  say(b, (facts){.type = NEW, .flags = CREATE, .protocol = 17, .port = 4});
  assert_int_equal(told(b, PICKET_FLOW_BEGIN, 0)->id, 1);
  say(b, (facts){.type = GONE, .protocol = 17, .status = SEEN_REPLY, .has_counters = 1, .port = 4,
                 .packets = {2, 2}, .bytes = {99, 98}, .start = START, .stop = START + 30 * SECOND});
  assert_int_equal(told(b, PICKET_FLOW_END, 3)->id, 1);
  assert_int_equal(record_of(b, 3)[16], 1); /* dst_host_count */
  free_bench(b);
}

static void an_entry_that_was_removed_early_had_time_left(void **state) {
  (void)state;
  bench *b = new_bench();
  say(b, (facts){.type = NEW, .flags = CREATE, .protocol = 17});
  say(b, (facts){.type = GONE, .protocol = 17, .left = 20, .start = START, .stop = START + 50 * SECOND});
  assert_int_equal(told(b, PICKET_FLOW_END, 0)->end_ns, START + 40 * SECOND);
  free_bench(b);
}

static void an_established_connection_may_die_of_several_time_outs(void **state) {
  (void)state;
  static const struct {
    uint64_t stop, alive, end; /* seconds after the start */
    uint8_t flag;
    int32_t unfit;
  } known[] = {
      {432010, 0, 10, PICKET_FLOW_S1, PICKET_FLOW_FIT},   /* silence */
      {3900, 0, 3600, PICKET_FLOW_S1, PICKET_FLOW_FIT},   /* 300 s without an acknowledgement */
      {300, 0, 1, PICKET_FLOW_S1, PICKET_FLOW_FIT},       /* ... from the handshake on */
      {100, 0, 1, PICKET_FLOW_OTH, PICKET_FLOW_UNFIT_END}, /* removed */
      {3900, 3700, 3700, PICKET_FLOW_OTH, PICKET_FLOW_UNFIT_END},
      {500000, 499000, 499700, PICKET_FLOW_S1, PICKET_FLOW_FIT},
  };
  for (size_t i = 0; i < COUNT(known); i++) {
    bench *b = new_bench();
    facts f = {.type = NEW, .flags = CREATE, .state = 1, .start = START};
    say(b, f);
    f.flags = 0, f.state = 3, f.status = SEEN_REPLY | ASSURED;
    say(b, f);
    if (known[i].alive) { /* an answer: its last packet came now */
      b->now = START + known[i].alive * SECOND;
      f.asker = 1, f.left = 432000;
      say(b, f);
    }
    b->now = START + known[i].stop * SECOND;
    f = (facts){.type = GONE, .status = SEEN_REPLY | ASSURED, .has_counters = 1, .packets = {9, 9},
                .bytes = {900, 9000}, .start = START, .stop = b->now};
    say(b, f);
    const picket_flow_event *e = told(b, PICKET_FLOW_END, 0);
    assert_int_equal(e->end_ns, START + known[i].end * SECOND);
    assert_int_equal(e->flag, known[i].flag);
    assert_int_equal(picket_flow_unfit(e), known[i].unfit);
    assert_int_equal(e->notes & PICKET_FLOW_NO_END, known[i].unfit ? PICKET_FLOW_NO_END : 0);
    free_bench(b);
  }
}

static void an_entry_whose_end_was_told_gives_way_first(void **state) {
  (void)state;
  bench *b = new_bench();
  b->configuration.connections = 16;
  remake(b);
  for (uint16_t port = 1; port <= 16; port++) {
    say(b, (facts){.type = NEW, .flags = CREATE, .state = 1, .port = port});
    say(b, (facts){.type = NEW, .state = 3, .status = SEEN_REPLY, .port = port});
  }
  say(b, (facts){.type = NEW, .state = 7, .status = SEEN_REPLY, .port = 9});
  say(b, (facts){.type = NEW, .state = 7, .status = SEEN_REPLY, .port = 9, .has_counters = 1,
                 .packets = {1, 1}, .bytes = {60, 60}});
  forget(b);
  say(b, (facts){.type = NEW, .flags = CREATE, .state = 1, .port = 17});
  assert_int_equal(b->told, 1); /* the new one; the other went without a second END */
  assert_int_equal(counters_of(b).evicted, 0);
  say(b, (facts){.type = NEW, .flags = CREATE, .state = 1, .port = 18});
  assert_int_equal(told(b, PICKET_FLOW_END, 0)->source_port, 17); /* unanswered */
  assert_int_equal(counters_of(b).evicted, 1);
  forget(b);
  say(b, (facts){.type = GONE, .state = 7, .status = SEEN_REPLY, .port = 9});
  assert_int_equal(b->told, 0); /* nor did it get one when the kernel forgot it */
  say(b, (facts){.type = GONE, .state = 7, .status = SEEN_REPLY, .port = 9});
  assert_int_equal(told(b, PICKET_FLOW_END, 0)->notes & PICKET_FLOW_NO_START, PICKET_FLOW_NO_START);
  assert_int_equal(counters_of(b).evicted, 1); /* and nothing had to go for this */
  assert_int_equal(counters_of(b).open, 16);
  free_bench(b);
}

/* Each waits in TIME_WAIT behind its END while 100 others begin: more than the table has room for. */
static void each_connection_is_told_once_however_many_wait_in_the_kernel(void **state) {
  (void)state;
  enum { ALL = 2000, WAITING = 100 };
  size_t begun = 0, ended = 0;
  bench *b = new_bench();
  b->configuration.connections = 64;
  remake(b);
  for (uint16_t port = 1; port <= ALL + WAITING; port++) {
    facts last = {.type = NEW, .state = 7, .status = SEEN_REPLY, .port = port, .has_counters = 1,
                  .packets = {5, 4}, .bytes = {500, 400}};
    if (port <= ALL) {
      say(b, (facts){.type = NEW, .flags = CREATE, .state = 1, .port = port});
      say(b, (facts){.type = NEW, .state = 7, .status = SEEN_REPLY, .port = port});
      say(b, last);
    }
    last.type = GONE;
    last.port = (uint16_t)(port - WAITING);
    if (port > WAITING) say(b, last);
    begun += count_told(b, PICKET_FLOW_BEGIN);
    ended += count_told(b, PICKET_FLOW_END);
    forget(b);
  }
  assert_int_equal(begun, ALL);
  assert_int_equal(ended, ALL);
  assert_int_equal(counters_of(b).evicted, 0);
  free_bench(b);
}

static void IPv6_and_its_echoes_are_read(void **state) {
  (void)state;
  static const uint8_t protocols[] = {6, 17, 58};
  for (size_t i = 0; i < COUNT(protocols); i++) {
    bench *b = new_bench();
    say(b, (facts){.type = NEW, .flags = CREATE, .version = 6, .protocol = protocols[i]});
    const picket_flow_event *e = told(b, PICKET_FLOW_BEGIN, 0);
    assert_int_equal(e->protocol, protocols[i]);
    assert_int_equal(e->source[0], 16);
    assert_int_equal(e->source[15], 31);
    assert_int_equal(e->destination[15], 47);
    assert_int_equal(e->source_port, protocols[i] == 58 ? 77 : 4000);
    assert_int_equal(e->icmp_type, protocols[i] == 58 ? 128 : 0);
    free_bench(b);
  }
}

static void a_dump_opens_what_was_missed_but_not_what_is_closed(void **state) {
  (void)state;
  bench *b = new_bench();
  say(b, (facts){.type = NEW, .state = 7, .status = SEEN_REPLY, .has_counters = 1});
  assert_int_equal(b->told, 0);
  say(b, (facts){.type = NEW, .state = 3, .status = SEEN_REPLY});
  assert_int_equal(told(b, PICKET_FLOW_BEGIN, 0)->flag, PICKET_FLOW_S1);
  assert_true(told(b, PICKET_FLOW_BEGIN, 0)->notes & PICKET_FLOW_NO_START);
  say(b, (facts){.type = NEW, .flags = CREATE, .state = 1, .port = 9});
  say(b, (facts){.type = GONE, .state = 7, .port = 9, .has_counters = 1});
  assert_int_equal(record_of(b, 0)[16], 1); /* dst_host_count: what was found is not among them */
  free_bench(b);
}

/* The end of a dump. */
static void say_done(bench *b, uint16_t flags, uint32_t sequence, int32_t error) {
  message m = {.size = 20};
  uint32_t size = 20;
  memcpy(m.bytes, &size, 4);
  native16(&m, 4, 3);
  native16(&m, 6, flags);
  memcpy(m.bytes + 8, &sequence, 4);
  memcpy(m.bytes + 16, &error, 4);
  hand_in(b, &m);
}

static uint32_t second_of(const bench *b) { return (uint32_t)(b->now / SECOND); }

static const picket_flow_event *end_from(const bench *b, uint16_t port) {
  for (size_t i = 0; i < b->told; i++)
    if (b->event[i].kind == PICKET_FLOW_END && b->event[i].source_port == port) return &b->event[i];
  fail_msg("no connection from %u ended", port);
  return NULL;
}

static void what_a_dump_does_not_name_has_ended(void **state) {
  (void)state;
  enum { NAMED = 1, UNANSWERED, UDP, WAITING, CLOSED, ESTABLISHED, ADDED, NEW_ONE };
  bench *b = new_bench();
  for (uint16_t port = NAMED; port <= ESTABLISHED; port++) {
    const uint8_t protocol = port == UDP ? 17 : 6, state_of_it = port == UDP ? 0 : 1;
    say(b, (facts){.type = NEW, .flags = CREATE, .protocol = protocol, .state = state_of_it, .port = port});
    if (port != UNANSWERED && port != UDP)
      say(b, (facts){.type = NEW, .state = 3, .status = SEEN_REPLY, .port = port, .has_counters = 1,
                     .packets = {2, 2}, .bytes = {99, 98}});
  }
  say(b, (facts){.type = NEW, .state = 7, .status = SEEN_REPLY, .port = CLOSED});
  say(b, (facts){.type = NEW, .state = 7, .status = SEEN_REPLY, .port = WAITING, .has_counters = 1,
                 .packets = {2, 2}, .bytes = {99, 98}});
  picket_flow_event added = make_event(PICKET_FLOW_BEGIN, 1, 2, ADDED, 80, b->now);
  assert_int_equal(picket_flow_add(b->flow, &added), PICKET_FLOW_OK);
  forget(b);
  const uint64_t closed_ns = b->now - 2 * SECOND;
  const uint32_t asked = second_of(b);
  say(b, (facts){.type = NEW, .flags = CREATE, .state = 1, .port = NEW_ONE});
  say(b, (facts){.type = NEW, .flags = 2, .sequence = asked, .asker = 1, .state = 3, .port = NAMED});
  say_done(b, 2, asked, 0);
  assert_int_equal(counters_of(b).open, 3); /* NAMED, NEW_ONE, ADDED */
  assert_int_equal(count_told(b, PICKET_FLOW_END), 4);
  for (uint16_t port = UNANSWERED; port <= ESTABLISHED; port++) {
    if (port == WAITING) continue;
    const picket_flow_event *e = end_from(b, port);
    assert_int_equal(e->reason, PICKET_FLOW_TOLD);
    assert_int_equal(e->notes, PICKET_FLOW_NO_PAYLOAD | PICKET_FLOW_NO_BYTES |
                                   (port == CLOSED ? 0 : PICKET_FLOW_NO_END));
    assert_int_equal(e->bytes[0], 0);
    assert_int_equal(picket_flow_unfit(e), PICKET_FLOW_UNFIT_BYTES);
  }
  assert_int_equal(end_from(b, UNANSWERED)->flag, PICKET_FLOW_S0);
  assert_int_equal(end_from(b, CLOSED)->flag, PICKET_FLOW_SF);
  assert_int_equal(end_from(b, CLOSED)->end_ns, closed_ns);
  assert_int_equal(end_from(b, ESTABLISHED)->flag, PICKET_FLOW_OTH);
  forget(b);
  say(b, (facts){.type = GONE, .state = 1, .port = UNANSWERED}); /* it had not been read yet */
  assert_int_equal(b->told, 0);
  free_bench(b);
}

static void a_dump_that_may_lack_something_ends_nothing(void **state) {
  (void)state;
  enum { MULTI = 2, INTERRUPTED = 0x12 };
  for (int i = 0; i < 6; i++) {
    bench *b = new_bench();
    say(b, (facts){.type = NEW, .flags = CREATE, .state = 1});
    const uint32_t asked = second_of(b);
    facts named = {.type = NEW, .flags = MULTI, .sequence = asked, .asker = 1, .state = 3, .port = 9};
    if (i == 0) named.flags = INTERRUPTED;
    message m = make(&named);
    if (i == 1) native16(&m, 20, 1); /* an attribute shorter than its head */
    hand_in(b, &m);
    say_done(b, i == 2 ? INTERRUPTED : MULTI, i == 3 ? 0 : i == 4 ? asked + 1000 : asked, i == 5 ? -5 : 0);
    assert_int_equal(count_told(b, PICKET_FLOW_END), 0);
    say_done(b, MULTI, second_of(b), 0);
    assert_int_equal(count_told(b, PICKET_FLOW_END), i == 1 ? 1 : 2);
    free_bench(b);
  }
}

/* What comes behind the end of a dump in one read comes after it. */
static void a_dump_may_end_in_the_middle_of_a_read(void **state) {
  (void)state;
  bench *b = new_bench();
  say(b, (facts){.type = NEW, .flags = CREATE, .state = 1});
  message m = {.size = 16};
  const uint32_t size = 16, asked = second_of(b);
  memcpy(m.bytes, &size, 4);
  native16(&m, 4, 3);
  memcpy(m.bytes + 8, &asked, 4);
  facts f = {.type = NEW, .flags = CREATE, .state = 1, .port = 9};
  message next = make(&f);
  memcpy(m.bytes + m.size, next.bytes, next.size);
  m.size += next.size;
  hand_in(b, &m);
  assert_int_equal(b->told, 3);
  assert_int_equal(b->event[1].kind, PICKET_FLOW_END);
  assert_int_equal(b->event[2].source_port, 9);
  free_bench(b);
}

static void a_connection_that_begins_in_the_middle_is_OTH(void **state) {
  (void)state;
  bench *b = new_bench();
  say(b, (facts){.type = NEW, .flags = CREATE, .state = 3});
  assert_int_equal(told(b, PICKET_FLOW_BEGIN, 0)->flag, PICKET_FLOW_OTH);
  free_bench(b);
}

static void several_messages_may_come_at_once(void **state) {
  (void)state;
  bench *b = new_bench();
  facts first = {.type = NEW, .flags = CREATE, .state = 1}, last = {.type = GONE, .state = 1};
  message a = make(&first), z = make(&last);
  memcpy(a.bytes + a.size, z.bytes, z.size);
  a.size += z.size;
  hand_in(b, &a);
  assert_int_equal(b->told, 2);
  assert_int_equal(counters_of(b).messages, 2);
  free_bench(b);
}

static void other_messages_are_passed_over(void **state) {
  (void)state;
  bench *b = new_bench();
  say(b, (facts){.type = 2});     /* an error */
  say(b, (facts){.type = 0x200}); /* of an expectation */
  say(b, (facts){.type = NEW, .flags = CREATE, .protocol = 132});
  assert_int_equal(counters_of(b).messages_ignored, 3);
  assert_int_equal(b->told, 0);
  free_bench(b);
}

static void a_message_cut_or_changed_anywhere_does_no_harm(void **state) {
  (void)state;
  bench *b = new_bench();
  facts f = {.type = GONE, .state = 7, .status = SEEN_REPLY, .has_counters = 1, .packets = {1, 1},
             .bytes = {60, 60}, .start = START, .stop = START + SECOND, .left = 5};
  message whole = make(&f);
  for (size_t size = 0; size < whole.size; size++) {
    uint8_t *copy = malloc(size ? size : 1);
    assert_non_null(copy);
    memcpy(copy, whole.bytes, size);
    for (int tell_size = 0; tell_size < 2; tell_size++) {
      uint32_t said = (uint32_t)size;
      if (tell_size && size >= 4) memcpy(copy, &said, 4);
      assert_int_equal(picket_flow_conntrack(b->flow, b->now, copy, size), PICKET_FLOW_OK);
      forget(b);
    }
    free(copy);
  }
  assert_true(counters_of(b).messages_malformed > whole.size / 2);
  for (size_t at = 0; at < whole.size; at++) {
    message changed = whole;
    changed.bytes[at] ^= 0xFF;
    hand_in(b, &changed);
    forget(b);
  }
  free_bench(b);
}

const struct CMUnitTest conntrack_tests[] = {
    cmocka_unit_test(a_kernels_events_give_ends_without_its_time_outs),
    cmocka_unit_test(a_query_brings_the_end_at_once),
    cmocka_unit_test(the_entry_of_a_told_end_goes_without_a_second_one),
    cmocka_unit_test(states_become_flags),
    cmocka_unit_test(a_reset_behind_an_orderly_end_changes_nothing),
    cmocka_unit_test(what_the_kernel_does_not_tell_is_noted),
    cmocka_unit_test(an_end_of_what_nobody_saw_begin_stands_in_no_windows),
    cmocka_unit_test(an_entry_that_was_removed_early_had_time_left),
    cmocka_unit_test(an_established_connection_may_die_of_several_time_outs),
    cmocka_unit_test(an_entry_whose_end_was_told_gives_way_first),
    cmocka_unit_test(each_connection_is_told_once_however_many_wait_in_the_kernel),
    cmocka_unit_test(IPv6_and_its_echoes_are_read),
    cmocka_unit_test(a_dump_opens_what_was_missed_but_not_what_is_closed),
    cmocka_unit_test(what_a_dump_does_not_name_has_ended),
    cmocka_unit_test(a_dump_that_may_lack_something_ends_nothing),
    cmocka_unit_test(a_dump_may_end_in_the_middle_of_a_read),
    cmocka_unit_test(a_connection_that_begins_in_the_middle_is_OTH),
    cmocka_unit_test(several_messages_may_come_at_once),
    cmocka_unit_test(other_messages_are_passed_over),
    cmocka_unit_test(a_message_cut_or_changed_anywhere_does_no_harm),
};
const size_t conntrack_count = COUNT(conntrack_tests);
