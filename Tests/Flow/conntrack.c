#include "conntrack.h"

void native16(message *m, size_t at, size_t number) {
  uint16_t x = (uint16_t)number;
  memcpy(m->bytes + at, &x, 2);
}

static size_t begin(message *m, uint16_t type) {
  size_t at = m->size;
  native16(m, at + 2, type);
  m->size += 4;
  return at;
}

static void end(message *m, size_t at) {
  native16(m, at, m->size - at);
  while (m->size % 4) m->bytes[m->size++] = 0;
}

static void number(message *m, uint16_t type, uint64_t value, size_t length) {
  size_t at = begin(m, type);
  for (size_t i = length; i-- > 0;) m->bytes[m->size++] = (uint8_t)(value >> 8 * i);
  end(m, at);
}

message make_message(const facts *f) {
  message m = {.size = 20};
  m.bytes[16] = 2;
  native16(&m, 4, f->type);
  native16(&m, 6, f->flags);
  memcpy(m.bytes + 8, &f->sequence, 4);
  memcpy(m.bytes + 12, &f->asker, 4);
  uint8_t protocol = f->protocol ? f->protocol : 6;
  size_t tuple = begin(&m, 1 | 0x8000), part = begin(&m, 1 | 0x8000);
  for (uint16_t i = 1; i <= 2; i++) {
    if (f->version != 6) {
      number(&m, i, 0x0A000000u + i, 4);
      continue;
    }
    size_t address = begin(&m, (uint16_t)(2 + i));
    for (uint8_t byte = 0; byte < 16; byte++) m.bytes[m.size++] = (uint8_t)(16 * i + byte);
    end(&m, address);
  }
  end(&m, part);
  part = begin(&m, 2 | 0x8000);
  number(&m, 1, protocol, 1);
  if (protocol == 1 || protocol == 58) { /* an echo's identifier, type and code */
    uint16_t first = protocol == 1 ? 4 : 7;
    number(&m, first, 77, 2);
    number(&m, (uint16_t)(first + 1), protocol == 1 ? 8 : 128, 1);
    number(&m, (uint16_t)(first + 2), 0, 1);
  } else {
    number(&m, 2, f->port ? f->port : 4000, 2);
    number(&m, 3, 80, 2);
  }
  end(&m, part);
  end(&m, tuple);
  number(&m, 3, f->status, 4);
  if (f->left) number(&m, 7, f->left, 4);
  for (uint16_t i = 0; i < 2 && f->has_counters; i++) {
    part = begin(&m, (uint16_t)(9 + i) | 0x8000);
    number(&m, 1, f->packets[i], 8);
    number(&m, 2, f->bytes[i], 8);
    end(&m, part);
  }
  if (f->start) {
    part = begin(&m, 20 | 0x8000);
    number(&m, 1, f->start, 8);
    if (f->stop) number(&m, 2, f->stop, 8);
    end(&m, part);
  }
  if (f->state) {
    part = begin(&m, 4 | 0x8000);
    size_t tcp = begin(&m, 1 | 0x8000);
    number(&m, 1, f->state, 1);
    number(&m, 4, (uint64_t)f->closed[0] << 8, 2);
    number(&m, 5, (uint64_t)f->closed[1] << 8, 2);
    end(&m, tcp);
    end(&m, part);
  }
  uint32_t size = (uint32_t)m.size;
  memcpy(m.bytes, &size, 4);
  return m;
}

void hand_in_message(bench *b, const message *m) {
  hand_to(b, picket_flow_conntrack, m->bytes, m->size);
  b->now += SECOND;
}

void say(bench *b, facts f) {
  message m = make_message(&f);
  hand_in_message(b, &m);
}
