/*
 * Conversions between numbers that Swift makes of arrays, or of calls into a compiler's library, on
 * machines of 32 bits. Private: nothing of it is left in the archive as a function.
 */
#ifndef PICKET_FLOW_NUMBERS_H
#define PICKET_FLOW_NUMBERS_H

#include <stdint.h>

/* The float nearest to a whole number. */
static inline __attribute__((always_inline)) float picket_flow_float(uint32_t number) {
  return (float)number;
}

/* The same number in 64 bits. */
static inline __attribute__((always_inline)) uint64_t picket_flow_wide(uint32_t number) {
  return number;
}

/* The lower half of a number. */
static inline __attribute__((always_inline)) uint32_t picket_flow_low(uint64_t number) {
  return (uint32_t)number;
}

/* The CRC-32 of four bits, by the polynomial of ISO 3309: 64 bytes of table, where whole bytes would
 * need 1,024. */
static inline __attribute__((always_inline)) uint32_t picket_flow_crc(uint32_t bits) {
  static const uint32_t table[16] = {
      0x00000000, 0x1DB71064, 0x3B6E20C8, 0x26D930AC, 0x76DC4190, 0x6B6B51F4, 0x4DB26158, 0x5005713C,
      0xEDB88320, 0xF00F9344, 0xD6D6A3E8, 0xCB61B38C, 0x9B64C2B0, 0x86D3D2D4, 0xA00AE278, 0xBDBDF21C};
  return table[bits & 15];
}

#endif
