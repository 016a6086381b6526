/* NetFlow 5, NetFlow 9 and IPFIX, as routers and softflowd send them by UDP. */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "address.h"
#include "clock.h"
#include "source.h"

enum { BUFFER_BYTES = 65536, AT_ONCE = 256 };

static size_t netflow_memory(const struct config *config) {
  (void)config;
  return arena_cost(BUFFER_BYTES);
}

static int netflow_open(struct source *source, const struct config *config, struct arena *arena,
                        struct error *error) {
  struct sockaddr_storage address;
  const socklen_t size = endpoint_parse(config->source.listen, &address);
  source->buffer = arena_take(arena, BUFFER_BYTES);
  source->buffer_bytes = BUFFER_BYTES;
  const int descriptor =
      socket(address.ss_family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  source->descriptors[0] = descriptor;
  const int on = 1;
  if (descriptor < 0 || bind(descriptor, (struct sockaddr *)&address, size) ||
      setsockopt(descriptor, SOL_SOCKET, SO_RXQ_OVFL, &on, sizeof on))
    return fail(error, "source.listen %s: %s", config->source.listen, strerror(errno));
  source_set_buffer(descriptor, config->source.buffer_bytes);
  return 0;
}

/* FNV-1a (Fowler, Noll, Vo) of the sender: templates of two exporters must not be mixed. */
static uint64_t hash_of(const struct sockaddr_storage *address, socklen_t size) {
  const unsigned char *bytes = (const unsigned char *)address;
  uint64_t hash = 0xCBF29CE484222325u;
  for (socklen_t i = 0; i < size; i++) hash = (hash ^ bytes[i]) * 0x100000001B3u;
  return hash;
}

/* How many datagrams the kernel has thrown away since the socket was opened. */
static void read_lost(struct source *source, struct msghdr *message) {
  for (struct cmsghdr *part = CMSG_FIRSTHDR(message); part; part = CMSG_NXTHDR(message, part)) {
    uint32_t count;
    if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SO_RXQ_OVFL) continue;
    memcpy(&count, CMSG_DATA(part), sizeof count);
    source->lost += (uint32_t)(count - (uint32_t)source->lost);
  }
}

static enum source_state netflow_read(struct source *source, struct engine *engine) {
  for (int i = 0; i < AT_ONCE; i++) {
    struct sockaddr_storage sender;
    union {
      char bytes[CMSG_SPACE(sizeof(uint32_t))];
      struct cmsghdr aligned;
    } control;
    struct iovec place = {source->buffer, source->buffer_bytes};
    struct msghdr message = {.msg_name = &sender, .msg_namelen = sizeof sender, .msg_iov = &place,
                             .msg_iovlen = 1, .msg_control = control.bytes,
                             .msg_controllen = sizeof control.bytes};
    memset(&sender, 0, sizeof sender);
    const ssize_t size = recvmsg(source->descriptors[0], &message, 0);
    if (size < 0) return SOURCE_WAIT;
    source->inputs++;
    read_lost(source, &message);
    engine->now_ns = clock_records();
    picket_flow_netflow(engine->flow, engine->now_ns, hash_of(&sender, message.msg_namelen),
                        source->buffer, (size_t)size);
    engine_drain(engine);
  }
  return SOURCE_MORE;
}

static void netflow_close(struct source *source) {
  if (source->descriptors[0] >= 0) close(source->descriptors[0]);
}

const struct source_operations source_netflow = {
    .name = "netflow", .is_live = 1, .has_own_clock = 1, .memory = netflow_memory,
    .open = netflow_open, .read = netflow_read, .close = netflow_close};
