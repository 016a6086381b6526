/*
 * The kernel's connection tracking: its events, and answers to two questions. The counters of a
 * connection that was closed are asked for at once, because its entry dies only minutes later; and
 * the whole table is asked for at the start, when open connections are to be looked at, and after events
 * were lost: then what it does not name has ended unheard.
 */
#include <errno.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>
#include <linux/netlink.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "clock.h"
#include "conntrack_asker.h"
#include "conntrack_message.h"
#include "kernel.h"
#include "source.h"

/* An event is one message of a few hundred bytes; a part of a dump has up to 32 KiB. */
enum { BUFFER_BYTES = 65536, AT_ONCE = 256 };
enum { EVENTS = 0, ANSWERS = 1 };

/* From one dump to the next at least, so that an overrun that lasts does not cause another. */
static const uint64_t dump_pause_ns = 5000000000u;

/* From the last loss to a dump: until then what lay before it has been read. Of a connection whose end
 * was lost no message may come behind the question, or it would pass for one that goes on; and the
 * question has its time in whole seconds. */
static const uint64_t settle_ns = 2000000000u;

/* From the end of a dump to that of connections it did not name. The kernel lets go of what has expired
 * while it dumps, and says so: a DESTROY, which has their counters, is read first. */
static const uint64_t hold_back_ns = 1000000000u;

struct conntrack {
  int asker;
  int asker_is_gone;
  int wants_dump;
  uint64_t next_dump_ns; /* by the monotonic clock: not before */
  uint64_t lost_before; /* source.lost at the last dump */
  uint64_t lost_ns;     /* when events were lost last, by the monotonic clock */
  uint64_t latest_ns;   /* to dump at the latest, if losses do not end */
  int owes;             /* what was lost has not been told yet */
  uint32_t asked;       /* the second in which the table was asked for that; else 0 */
  uint64_t forget_ns;   /* when to end what it has forgotten, by the monotonic clock; else 0 */
  int is_drained;       /* whether all events have been read */
  struct conntrack_clock clock;
  struct conntrack_answers answers;
};

static size_t conntrack_memory(const struct config *config) {
  (void)config;
  return arena_cost(BUFFER_BYTES) + arena_cost(sizeof(struct conntrack));
}

static int open_netlink(uint32_t buffer_bytes) {
  const struct sockaddr_nl address = {.nl_family = AF_NETLINK};
  const int descriptor =
      socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_NETFILTER);
  if (descriptor < 0) return -1;
  source_set_buffer(descriptor, buffer_bytes);
  if (bind(descriptor, (const struct sockaddr *)&address, sizeof address) == 0) return descriptor;
  close(descriptor);
  return -1;
}

static int join(int descriptor) {
  static const int groups[] = {NFNLGRP_CONNTRACK_NEW, NFNLGRP_CONNTRACK_UPDATE,
                               NFNLGRP_CONNTRACK_DESTROY};
  for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++)
    if (setsockopt(descriptor, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &groups[i], sizeof groups[i]))
      return -1;
  return 0;
}

/* What the kernel leaves out if nobody asked for it. */
static void warn_of_settings(void) {
  if (kernel_conntrack_setting("acct") == 0)
    say("accounting is off: no bytes, so no scores; sysctl -w net.netfilter.nf_conntrack_acct=1");
  if (kernel_conntrack_setting("timestamp") == 0)
    say("time stamps are off: the end of UDP and ICMP is not known, so they have no scores; "
        "sysctl -w net.netfilter.nf_conntrack_timestamp=1");
  if (kernel_conntrack_setting("events") == 0)
    say("events are off: nothing will be seen; sysctl -w net.netfilter.nf_conntrack_events=1");
}

static void ask(struct source *source, const unsigned char *request, size_t size) {
  struct conntrack *conntrack = source->state;
  const int status = conntrack_asker_send(conntrack->asker, request, size);
  if (status > 0) source->shed++;
  if (status < 0) conntrack->asker_is_gone = 1;
}

static void ask_for_counters(void *asker, const picket_flow_event *event) {
  unsigned char request[CONNTRACK_REQUEST];
  ask(asker, request, conntrack_ask_one(event, request));
}

static int conntrack_open(struct source *source, const struct config *config, struct arena *arena,
                          struct error *error) {
  struct conntrack *conntrack = source->state = arena_take(arena, sizeof *conntrack);
  source->buffer = arena_take(arena, BUFFER_BYTES);
  source->buffer_bytes = BUFFER_BYTES;
  conntrack->asker = -1;
  for (int i = 0; i < 2; i++) {
    source->descriptors[i] = open_netlink(config->source.buffer_bytes);
    if (source->descriptors[i] < 0)
      return fail(error, "connection tracking: %s; is nf_conntrack_netlink there?", strerror(errno));
  }
  if (join(source->descriptors[EVENTS]))
    return fail(error, "events of connection tracking: %s; CAP_NET_ADMIN is needed", strerror(errno));
  conntrack->asker = conntrack_asker_start(source->descriptors[ANSWERS], error);
  if (conntrack->asker < 0) return -1;
  conntrack->wants_dump = 1;
  warn_of_settings();
  return 0;
}

/* Reads what one of the two sockets has. */
static enum source_state read_socket(struct source *source, struct engine *engine, int which) {
  struct conntrack *conntrack = source->state;
  conntrack->clock.step_ns = clock_step();
  if (conntrack->clock.step_ns) conntrack->clock.was_set = 1;
  for (int i = 0; i < AT_ONCE; i++) {
    const ssize_t size = recv(source->descriptors[which], source->buffer, source->buffer_bytes, 0);
    if (size < 0 && errno == ENOBUFS) {
      source->lost++;
      conntrack->owes = 1;
      conntrack->asked = 0; /* the answer may lack what was lost */
      conntrack->lost_ns = clock_monotonic();
      if (!conntrack->wants_dump) conntrack->latest_ns = conntrack->lost_ns + dump_pause_ns;
      conntrack->wants_dump = 1;
      continue;
    }
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return SOURCE_WAIT;
    source->inputs++;
    conntrack_look(source->buffer, (size_t)size, &conntrack->clock, &conntrack->answers);
    engine->now_ns = clock_records();
    picket_flow_conntrack(engine->flow, engine->now_ns, source->buffer, (size_t)size);
    engine_drain(engine);
  }
  return SOURCE_MORE;
}

static enum source_state conntrack_read(struct source *source, struct engine *engine) {
  engine->asker = source;
  engine->ask = ask_for_counters;
  struct conntrack *conntrack = source->state;
  const enum source_state events = read_socket(source, engine, EVENTS);
  conntrack->is_drained = events == SOURCE_WAIT;
  const enum source_state answers = read_socket(source, engine, ANSWERS);
  return events == SOURCE_MORE || answers == SOURCE_MORE ? SOURCE_MORE : SOURCE_WAIT;
}

/* Ends what a dump has not named. */
static void forget(struct conntrack *conntrack, struct engine *engine) {
  unsigned char message[CONNTRACK_REQUEST];
  const size_t size = conntrack_end_all(conntrack->asked, message);
  engine->now_ns = clock_records();
  picket_flow_conntrack(engine->flow, engine->now_ns, message, size);
  engine_drain(engine);
  conntrack->owes = 0;
  conntrack->asked = 0;
}

static int conntrack_tend(struct source *source, struct engine *engine, struct error *error) {
  struct conntrack *conntrack = source->state;
  source->errors = conntrack->answers.errors;
  if (conntrack->asker_is_gone)
    return fail(error, "the process that asks the kernel has ended");
  const uint64_t now = clock_monotonic();
  if (conntrack->answers.dump_ended) {
    if (conntrack->answers.dump_broken) conntrack->wants_dump = 1;
    conntrack->forget_ns = conntrack->answers.dump_broken ? 0 : now + hold_back_ns;
    conntrack->answers.dump_ended = conntrack->answers.dump_broken = 0;
  }
  if (conntrack->asked && conntrack->forget_ns && now >= conntrack->forget_ns && conntrack->is_drained)
    forget(conntrack, engine);
  const int has_settled = !conntrack->lost_ns || now >= conntrack->lost_ns + settle_ns;
  if (conntrack->wants_dump && now >= conntrack->next_dump_ns &&
      (has_settled || now >= conntrack->latest_ns)) {
    unsigned char request[CONNTRACK_REQUEST];
    if (source->lost != conntrack->lost_before)
      say("the kernel has dropped events %llu times: its table is read anew; a larger "
          "source.buffer_bytes helps", (unsigned long long)source->lost);
    conntrack->lost_before = source->lost;
    conntrack->asked = conntrack->owes && has_settled ? (uint32_t)(clock_records() / 1000000000) : 0;
    conntrack->forget_ns = 0;
    ask(source, request, conntrack_ask_all(request));
    conntrack->wants_dump = !has_settled;
    conntrack->next_dump_ns = conntrack->latest_ns = now + dump_pause_ns;
  }
  return 0;
}

static void conntrack_refresh(struct source *source) {
  struct conntrack *conntrack = source->state;
  conntrack->wants_dump = 1;
}

static void conntrack_close(struct source *source) {
  struct conntrack *conntrack = source->state;
  if (conntrack->asker >= 0) close(conntrack->asker);
  for (int i = 0; i < 2; i++)
    if (source->descriptors[i] >= 0) close(source->descriptors[i]);
}

const struct source_operations source_conntrack = {
    .name = "conntrack", .is_live = 1, .memory = conntrack_memory,
    .open = conntrack_open, .read = conntrack_read, .tend = conntrack_tend,
    .refresh = conntrack_refresh, .close = conntrack_close};
