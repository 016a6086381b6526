/* A row of NetFlow and IPFIX datagrams, of two exporters. */
#include "flow.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  world w;
  piece p;
  open_world(&w);
  while (next_piece(&w, &data, &size, &p)) {
    int32_t status = picket_flow_netflow(w.flow, w.now, p.kind & 1, p.bytes, p.size);
    PROMISE(status == PICKET_FLOW_OK, "any bytes are a datagram");
    drain(&w);
    free(p.bytes);
  }
  close_world(&w);
  return 0;
}
