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

#endif
