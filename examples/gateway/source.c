#include "source.h"

#include <sys/socket.h>

#include "message.h"

const struct source_operations *source_find(enum source_kind kind) {
  switch (kind) {
    case SOURCE_CONNTRACK: return &source_conntrack;
    case SOURCE_NETFLOW: return &source_netflow;
    case SOURCE_PCAP: return &source_pcap;
    case SOURCE_REPLAY: return &source_replay;
#ifdef PICKETD_CAPTURE
    case SOURCE_INTERFACE: return &source_interface;
#endif
    default: return NULL;
  }
}

int source_status(const struct source *source, struct error *error) {
  if (!source->failure.text[0]) return 0;
  *error = source->failure;
  return -1;
}

void source_fail(struct source *source, const char *name, const char *reason) {
  source->errors++;
  if (!source->failure.text[0])
    fail(&source->failure, "%s: %s; what could be read was taken", name, reason);
}

void source_set_buffer(int descriptor, uint32_t bytes) {
  const int size = (int)bytes;
  if (setsockopt(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size))
    setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
}
