#include "source.h"

#include <sys/socket.h>

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

void source_set_buffer(int descriptor, uint32_t bytes) {
  const int size = (int)bytes;
  if (setsockopt(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size))
    setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
}
