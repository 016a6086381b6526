/* A row of records of the log. Behind the first byte's lowest bit each is taken as it is, or else
 * repaired first, so that what lies behind the checksum is reached. */
#include "flow.h"

static uint32_t crc(const uint8_t *bytes, size_t size) {
  uint32_t rest = 0xFFFFFFFF;
  for (size_t i = 0; i < size; i++) {
    rest ^= bytes[i];
    for (int bit = 0; bit < 8; bit++) rest = rest >> 1 ^ (rest & 1 ? 0xEDB88320u : 0);
  }
  return ~rest;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  world w;
  if (size == 0) return 0;
  const int is_repaired = data[0] & 1;
  data++, size--;
  open_world(&w);
  for (; size >= PICKET_FLOW_LOG_BYTES; data += PICKET_FLOW_LOG_BYTES, size -= PICKET_FLOW_LOG_BYTES) {
    uint8_t record[PICKET_FLOW_LOG_BYTES], written[PICKET_FLOW_LOG_BYTES];
    memcpy(record, data, sizeof record);
    if (is_repaired) {
      memcpy(record, "PFL1", 4);
      memset(record + 125, 0, 3);
      uint32_t sum = crc(record + 8, sizeof record - 8);
      for (int i = 0; i < 4; i++) record[4 + i] = (uint8_t)(sum >> 8 * i);
    }
    int32_t status = picket_flow_replay(w.flow, record);
    if (is_repaired) PROMISE(status == PICKET_FLOW_OK || status == PICKET_FLOW_E_EVENT, "repaired");
    PROMISE(status <= 0 && status >= PICKET_FLOW_E_CHECKSUM, "a status");
    /* The last event that a record brings is its own; without an id of its own it is given one. */
    uint64_t id = 0;
    size_t before = w.told;
    memcpy(&id, record + 8, 8);
    drain(&w);
    PROMISE((w.told > before) == (status == PICKET_FLOW_OK), "a record that is taken is told");
    if (w.told > before && is_repaired && id != 0 && record[119] != 0) {
      PROMISE(picket_flow_log(&w.last, written) == PICKET_FLOW_OK, "it can be logged again");
      PROMISE(memcmp(written, record, sizeof record) == 0, "as the same bytes");
    }
  }
  close_world(&w);
  return 0;
}
