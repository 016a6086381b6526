/* Packets of a network interface, by AF_PACKET. Built in with CAPTURE=1 alone: connection tracking
 * sees the same connections and costs a gateway less. The kernel takes the link's header off, so that
 * any kind of interface will do. */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "clock.h"
#include "source.h"

/* Headers alone are looked at; the rest of a packet is not copied. */
enum { SNAPSHOT_BYTES = 256, AT_ONCE = 512 };

struct capture {
  const char *name;   /* of the interface */
  int has_complained; /* since the last packet */
};

static size_t interface_memory(const struct config *config) {
  (void)config;
  return arena_cost(SNAPSHOT_BYTES) + arena_cost(sizeof(struct capture));
}

/* Needs no capability: that was for the socket. */
static int bind_to(int descriptor, int index) {
  const struct sockaddr_ll address = {
      .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_ifindex = index};
  return bind(descriptor, (const struct sockaddr *)&address, sizeof address);
}

static int interface_open(struct source *source, const struct config *config, struct arena *arena,
                          struct error *error) {
  const char *name = config->source.interface;
  const int index = (int)if_nametoindex(name);
  if (!index) return fail(error, "source.interface %s: %s", name, strerror(errno));
  struct capture *capture = source->state = arena_take(arena, sizeof *capture);
  *capture = (struct capture){.name = name};
  source->buffer = arena_take(arena, SNAPSHOT_BYTES);
  source->buffer_bytes = SNAPSHOT_BYTES;
  const int descriptor = socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  source->descriptors[0] = descriptor;
  if (descriptor < 0)
    return fail(error, "capture: %s; CAP_NET_RAW is needed, and of a systemd unit AF_PACKET: capture.conf has both",
                strerror(errno));
  source_set_buffer(descriptor, config->source.buffer_bytes);
  if (bind_to(descriptor, index))
    return fail(error, "source.interface %s: %s", name, strerror(errno));
  return 0;
}

/* An interface that is taken down, or away, is an error, told once. When it is up again the kernel goes on;
 * when it is made anew, interface_tend does. */
static enum source_state wait_after(struct source *source, int cause) {
  struct capture *capture = source->state;
  if (cause == EINTR) return SOURCE_MORE;
  if (cause == EAGAIN) return SOURCE_WAIT;
  source->errors++;
  if (!capture->has_complained)
    say("source.interface %s: %s: nothing is seen until it is up again", capture->name, strerror(cause));
  capture->has_complained = 1;
  return SOURCE_WAIT;
}

static enum source_state interface_read(struct source *source, struct engine *engine) {
  struct capture *capture = source->state;
  for (int i = 0; i < AT_ONCE; i++) {
    struct sockaddr_ll from;
    socklen_t from_size = sizeof from;
    const ssize_t length = recvfrom(source->descriptors[0], source->buffer, source->buffer_bytes,
                                    MSG_TRUNC, (struct sockaddr *)&from, &from_size);
    if (length < 0) return wait_after(source, errno);
    capture->has_complained = 0;
    source->inputs++;
    if (from.sll_protocol != htons(ETH_P_IP) && from.sll_protocol != htons(ETH_P_IPV6)) continue;
    const size_t all = (size_t)length;
    const size_t captured = all < source->buffer_bytes ? all : source->buffer_bytes;
    engine->now_ns = clock_records();
    picket_flow_packet(engine->flow, engine->now_ns, PICKET_FLOW_RAW, source->buffer, captured, all);
    engine_drain(engine);
  }
  return SOURCE_MORE;
}

/* An interface that was removed and made again, as a tunnel or a bridge is, has another number: the socket,
 * which the kernel has taken from the old one, is bound to it. */
static int follow(struct source *source, struct error *error) {
  const struct capture *capture = source->state;
  struct sockaddr_ll bound = {0};
  socklen_t size = sizeof bound;
  const int index = (int)if_nametoindex(capture->name);
  if (getsockname(source->descriptors[0], (struct sockaddr *)&bound, &size))
    return fail(error, "capture: %s", strerror(errno));
  if (!index || index == bound.sll_ifindex) return 0;
  if (bind_to(source->descriptors[0], index))
    /* It has gone again: the next second will tell. */
    return errno == ENODEV ? 0 : fail(error, "source.interface %s: %s", capture->name, strerror(errno));
  say("source.interface %s: it was made anew, and is listened to again", capture->name);
  return 0;
}

/* Reading the kernel's count sets it to zero. */
static int interface_tend(struct source *source, struct engine *engine, struct error *error) {
  struct tpacket_stats counts;
  socklen_t size = sizeof counts;
  (void)engine;
  if (follow(source, error)) return -1;
  if (getsockopt(source->descriptors[0], SOL_PACKET, PACKET_STATISTICS, &counts, &size))
    return fail(error, "capture: %s", strerror(errno));
  source->lost += counts.tp_drops;
  return 0;
}

static void interface_close(struct source *source) {
  if (source->descriptors[0] >= 0) close(source->descriptors[0]);
}

const struct source_operations source_interface = {
    .name = "interface", .is_live = 1, .memory = interface_memory, .open = interface_open,
    .read = interface_read, .tend = interface_tend, .close = interface_close};
