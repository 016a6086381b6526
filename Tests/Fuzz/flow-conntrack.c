/* A row of reads from a netlink socket. */
#include "flow.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  world w;
  piece p;
  open_world(&w);
  while (next_piece(&w, &data, &size, &p)) {
    int32_t status = picket_flow_conntrack(w.flow, w.now, p.bytes, p.size);
    PROMISE(status == PICKET_FLOW_OK, "any bytes are messages");
    drain(&w);
    free(p.bytes);
  }
  close_world(&w);
  return 0;
}
