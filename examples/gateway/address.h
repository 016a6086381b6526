/* Addresses as picket_flow.h has them: 16 bytes, of IPv4 as ::ffff:a.b.c.d. */
#ifndef PICKETD_ADDRESS_H
#define PICKETD_ADDRESS_H

#include <stdint.h>
#include <sys/socket.h>

enum { ADDRESS_BYTES = 16, ADDRESS_TEXT = 46 };

/* The addresses that share the first `bits` bits. */
struct prefix {
  uint8_t address[ADDRESS_BYTES];
  uint8_t bits; /* 0 ... 128: of IPv4, its own plus 96 */
};

/* Reads "192.0.2.1", "192.0.2.0/24", "2001:db8::/32". Returns 0, or -1 if it is none of these or
 * has bits behind the prefix. */
int prefix_parse(const char *text, struct prefix *prefix);

/* Whether an address is one of the prefix's. */
int prefix_holds(const struct prefix *prefix, const uint8_t *address);

/* Reads "192.0.2.1:2055" or "[2001:db8::1]:2055". Returns the address's size, or 0. */
socklen_t endpoint_parse(const char *text, struct sockaddr_storage *address);

/* Writes an address, of IPv4 with points, as ADDRESS_TEXT bytes at most. */
void address_print(const uint8_t *address, char *text);

#endif
