/*
 * Names of columns and categories. Private: tables without a pointer in them, which would have to be
 * relocated, and functions of which nothing is left in the archive.
 */
#ifndef PICKET_FLOW_NAMES_H
#define PICKET_FLOW_NAMES_H

#include <stdint.h>

/* The columns of the KDD Cup 1999 data that connections without contents have, in their order. */
static const char picket_flow_columns[26][28] = {
    "duration", "protocol_type", "service", "flag", "src_bytes", "dst_bytes", "land", "count",
    "srv_count", "serror_rate", "srv_serror_rate", "rerror_rate", "srv_rerror_rate",
    "same_srv_rate", "diff_srv_rate", "srv_diff_host_rate", "dst_host_count", "dst_host_srv_count",
    "dst_host_same_srv_rate", "dst_host_diff_srv_rate", "dst_host_same_src_port_rate",
    "dst_host_srv_diff_host_rate", "dst_host_serror_rate", "dst_host_srv_serror_rate",
    "dst_host_rerror_rate", "dst_host_srv_rerror_rate",
};

static const char picket_flow_protocols[3][5] = {"icmp", "tcp", "udp"};

/* In the order of PICKET_FLOW_OTH ... PICKET_FLOW_SHR. */
static const char picket_flow_flags[13][7] = {
    "OTH", "REJ", "RSTO", "RSTOS0", "RSTR", "S0", "S1", "S2", "S3", "SF", "SH", "RSTRH", "SHR",
};

/* The 70 services of the KDD data, in the order of their bytes, with the port and the protocol that
 * they stand for; 0 for those that a port does not tell: ICMP's, `private` (any other port below
 * 1,024), `other` (the rest), and two that no list of ports knows. The ports are those of RFC 1700
 * and of the names themselves. */
static const struct {
  char name[12];
  uint16_t port;
  uint8_t protocol;
} picket_flow_services[70] = {
    {"IRC", 6667, 6}, {"X11", 6000, 6}, {"Z39_50", 210, 6}, {"aol", 5190, 6}, {"auth", 113, 6},
    {"bgp", 179, 6}, {"courier", 530, 6}, {"csnet_ns", 105, 6}, {"ctf", 84, 6}, {"daytime", 13, 6},
    {"discard", 9, 6}, {"domain", 53, 6}, {"domain_u", 53, 17}, {"echo", 7, 6}, {"eco_i", 0, 0},
    {"ecr_i", 0, 0}, {"efs", 520, 6}, {"exec", 512, 6}, {"finger", 79, 6}, {"ftp", 21, 6},
    {"ftp_data", 20, 6}, {"gopher", 70, 6}, {"harvest", 0, 0}, {"hostnames", 101, 6},
    {"http", 80, 6}, {"http_2784", 2784, 6}, {"http_443", 443, 6}, {"http_8001", 8001, 6},
    {"imap4", 143, 6}, {"iso_tsap", 102, 6}, {"klogin", 543, 6}, {"kshell", 544, 6},
    {"ldap", 389, 6}, {"link", 87, 6}, {"login", 513, 6}, {"mtp", 57, 6}, {"name", 42, 6},
    {"netbios_dgm", 138, 6}, {"netbios_ns", 137, 6}, {"netbios_ssn", 139, 6}, {"netstat", 15, 6},
    {"nnsp", 433, 6}, {"nntp", 119, 6}, {"ntp_u", 123, 17}, {"other", 0, 0}, {"pm_dump", 0, 0},
    {"pop_2", 109, 6}, {"pop_3", 110, 6}, {"printer", 515, 6}, {"private", 0, 0}, {"red_i", 0, 0},
    {"remote_job", 71, 6}, {"rje", 77, 6}, {"shell", 514, 6}, {"smtp", 25, 6}, {"sql_net", 150, 6},
    {"ssh", 22, 6}, {"sunrpc", 111, 6}, {"supdup", 95, 6}, {"systat", 11, 6}, {"telnet", 23, 6},
    {"tftp_u", 69, 17}, {"tim_i", 0, 0}, {"time", 37, 6}, {"urh_i", 0, 0}, {"urp_i", 0, 0},
    {"uucp", 540, 6}, {"uucp_path", 117, 6}, {"vmnet", 175, 6}, {"whois", 43, 6},
};

#define PICKET_FLOW_INLINE static inline __attribute__((always_inline))

PICKET_FLOW_INLINE const char *picket_flow_column(uint32_t i) { return picket_flow_columns[i]; }
PICKET_FLOW_INLINE const char *picket_flow_protocol(uint32_t i) { return picket_flow_protocols[i]; }
PICKET_FLOW_INLINE const char *picket_flow_flag(uint32_t i) { return picket_flow_flags[i]; }
PICKET_FLOW_INLINE const char *picket_flow_service(uint32_t i) {
  return picket_flow_services[i].name;
}

/* The service of a port, or 70 if none is its own. */
PICKET_FLOW_INLINE uint32_t picket_flow_service_at(uint32_t port, uint32_t protocol) {
  uint32_t i = 0;
  while (i < 70 &&
         (picket_flow_services[i].port != port || picket_flow_services[i].protocol != protocol)) {
    i++;
  }
  return i;
}

/* Services that no port names, by their place in the table. */
enum {
  PICKET_FLOW_SERVICE_ECO_I = 14,
  PICKET_FLOW_SERVICE_ECR_I = 15,
  PICKET_FLOW_SERVICE_OTHER = 44,
  PICKET_FLOW_SERVICE_PRIVATE = 49,
  PICKET_FLOW_SERVICE_RED_I = 50,
  PICKET_FLOW_SERVICE_TIM_I = 62,
  PICKET_FLOW_SERVICE_URH_I = 64,
  PICKET_FLOW_SERVICE_URP_I = 65
};

#endif
