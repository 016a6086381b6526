/* A row of packets: link type, time, size, bytes. Some are cut: the wire had more. */
#include "flow.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const uint32_t links[] = {PICKET_FLOW_LOOPBACK, PICKET_FLOW_ETHERNET, PICKET_FLOW_RAW,
                                   PICKET_FLOW_COOKED, PICKET_FLOW_COOKED_2, PICKET_FLOW_RAW,
                                   PICKET_FLOW_ETHERNET, PICKET_FLOW_IPV6};
  world w;
  piece p;
  open_world(&w);
  while (next_piece(&w, &data, &size, &p)) {
    size_t length = p.size + (p.kind & 0x80 ? 1500 : 0);
    int32_t status =
        picket_flow_packet(w.flow, w.now, links[p.kind & 7], p.bytes, p.size, length);
    free(p.bytes); /* it is read within the call alone */
    PROMISE(status == PICKET_FLOW_OK, "any bytes are a packet");
    drain(&w);
  }
  close_world(&w);
  return 0;
}
