#include "address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

static const uint8_t ipv4_prefix[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

static int bit(const uint8_t *address, unsigned i) { return address[i / 8] >> (7 - i % 8) & 1; }

int prefix_parse(const char *text, struct prefix *prefix) {
  char address[ADDRESS_TEXT];
  const char *slash = strchr(text, '/');
  const size_t length = slash ? (size_t)(slash - text) : strlen(text);
  if (length >= sizeof address) return -1;
  memcpy(address, text, length);
  address[length] = 0;

  unsigned before = 0;
  if (inet_pton(AF_INET, address, prefix->address + 12) == 1) {
    memcpy(prefix->address, ipv4_prefix, sizeof ipv4_prefix);
    before = 96;
  } else if (inet_pton(AF_INET6, address, prefix->address) != 1) {
    return -1;
  }
  unsigned long bits = 128 - before;
  if (slash) {
    char *end;
    if (slash[1] < '0' || slash[1] > '9') return -1;
    bits = strtoul(slash + 1, &end, 10);
    if (*end || bits > 128 - before) return -1;
  }
  prefix->bits = (uint8_t)(bits + before);
  for (unsigned i = prefix->bits; i < 128; i++)
    if (bit(prefix->address, i)) return -1;
  return 0;
}

int prefix_holds(const struct prefix *prefix, const uint8_t *address) {
  const unsigned whole = prefix->bits / 8, rest = prefix->bits % 8;
  if (memcmp(prefix->address, address, whole) != 0) return 0;
  return rest == 0 || (prefix->address[whole] ^ address[whole]) >> (8 - rest) == 0;
}

socklen_t endpoint_parse(const char *text, struct sockaddr_storage *address) {
  char host[64];
  const char *colon = strrchr(text, ':');
  if (!colon || colon[1] < '0' || colon[1] > '9') return 0;
  char *end;
  const unsigned long port = strtoul(colon + 1, &end, 10);
  size_t length = (size_t)(colon - text);
  const int is_ipv6 = length > 2 && text[0] == '[' && colon[-1] == ']';
  if (is_ipv6) {
    text++;
    length -= 2;
  }
  if (*end || port == 0 || port > 65535 || length >= sizeof host) return 0;
  memcpy(host, text, length);
  host[length] = 0;
  memset(address, 0, sizeof *address);
  struct sockaddr_in *ipv4 = (struct sockaddr_in *)address;
  struct sockaddr_in6 *ipv6 = (struct sockaddr_in6 *)address;
  if (is_ipv6 && inet_pton(AF_INET6, host, &ipv6->sin6_addr) == 1) {
    ipv6->sin6_family = AF_INET6;
    ipv6->sin6_port = htons((uint16_t)port);
    return sizeof *ipv6;
  }
  if (!is_ipv6 && inet_pton(AF_INET, host, &ipv4->sin_addr) == 1) {
    ipv4->sin_family = AF_INET;
    ipv4->sin_port = htons((uint16_t)port);
    return sizeof *ipv4;
  }
  return 0;
}

void address_print(const uint8_t *address, char *text) {
  const int is_ipv4 = memcmp(address, ipv4_prefix, sizeof ipv4_prefix) == 0;
  inet_ntop(is_ipv4 ? AF_INET : AF_INET6, is_ipv4 ? address + 12 : address, text, ADDRESS_TEXT);
}
