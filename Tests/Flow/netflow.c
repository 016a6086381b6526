#include "netflow.h"

void put(message *m, uint64_t number, size_t length) {
  for (size_t i = length; i-- > 0;) m->bytes[m->size++] = (uint8_t)(number >> 8 * i);
}

message start_message(uint32_t domain) {
  message m = {.size = 0};
  put(&m, 10, 2), put(&m, 0, 2), put(&m, START / SECOND, 4), put(&m, 0, 4), put(&m, domain, 4);
  return m;
}

size_t start_set(message *m, uint64_t id) {
  put(m, id, 2), put(m, 0, 2);
  return m->size - 4;
}

void end_set(message *m, size_t at) {
  put16(m->bytes + at + 2, (uint32_t)(m->size - at));
  put16(m->bytes + 2, (uint32_t)m->size);
}

void put_fields(message *m, uint64_t id, const uint16_t *fields, size_t numbers) {
  size_t at = start_set(m, 2);
  put(m, id, 2), put(m, numbers / 2, 2);
  for (size_t i = 0; i < numbers; i++) put(m, fields[i], 2);
  end_set(m, at);
}

void put_template(message *m, uint64_t id) {
  size_t at = start_set(m, 2);
  static const uint16_t fields[] = {8, 4, 12, 4, 7, 2, 11, 2, 4, 1, 1, 4, 2, 4, 6, 1, 152, 8, 153, 8};
  put(m, id, 2), put(m, 14, 2);
  for (size_t i = 0; i < COUNT(fields); i++) put(m, fields[i], 2);
  for (uint64_t element = 1; element <= 2; element++) /* RFC 5103: the other way */
    put(m, 0x8000 | element, 2), put(m, 4, 2), put(m, 29305, 4);
  put(m, 0x8000 | 6, 2), put(m, 1, 2), put(m, 29305, 4);
  put(m, 0x8000 | 1, 2), put(m, 0xFFFF, 2), put(m, 12345, 4); /* a vendor's */
  end_set(m, at);
}

void put_record(message *m, uint8_t from, uint16_t from_port, uint16_t to_port, size_t name_length) {
  put(m, 0x0A000000u + from, 4), put(m, 0x0A000002, 4);
  put(m, from_port, 2), put(m, to_port, 2), put(m, 6, 1);
  put(m, 1000, 4), put(m, 10, 4), put(m, SYN | ACK | FIN, 1);
  put(m, START / 1000000 + 250, 8), put(m, START / 1000000 + 2250, 8);
  put(m, 2000, 4), put(m, 20, 4), put(m, SYN | ACK | FIN, 1);
  if (name_length < 255) put(m, name_length, 1);
  else put(m, 255, 1), put(m, name_length, 2);
  for (size_t i = 0; i < name_length; i++) put(m, 'n', 1);
}

void hand_in_datagram(bench *b, uint64_t exporter, const message *m) {
  assert_int_equal(picket_flow_netflow(b->flow, b->now, exporter, m->bytes, m->size),
                   PICKET_FLOW_OK);
  drain(b);
}

int32_t read_datagram(picket_flow *flow, uint64_t now_ns, const void *bytes, size_t size) {
  return picket_flow_netflow(flow, now_ns, 1, bytes, size);
}

message biflow(uint32_t domain) {
  message m = start_message(domain);
  put_template(&m, 300);
  size_t at = start_set(&m, 300);
  put_record(&m, 1, 5000, 80, 3);
  put_record(&m, 3, 5001, 80, 300);
  put(&m, 0, 3); /* filled up */
  end_set(&m, at);
  return m;
}
