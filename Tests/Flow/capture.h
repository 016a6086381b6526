/* Reads capture files, pcap and pcapng, as far as the tests need it. */
#ifndef CAPTURE_H
#define CAPTURE_H

#include <stddef.h>
#include <stdint.h>

typedef struct capture_packet {
  uint64_t time_ns;
  uint32_t link; /* pcap's link type */
  const uint8_t *bytes;
  size_t captured;
  size_t length; /* on the wire */
} capture_packet;

typedef struct capture {
  uint8_t *bytes;
  size_t size, at;
  int is_swapped, is_next_generation, is_nanoseconds;
  uint32_t link[256];            /* of each interface */
  uint64_t ticks_a_second[256];
  size_t interfaces;
} capture;

/* Reads the whole file; gives 0 if it is no capture. */
int capture_open(capture *file, const char *path);
/* The next packet, or 0 behind the last. */
int capture_next(capture *file, capture_packet *packet);
void capture_close(capture *file);

#endif
