/* The configuration: what picketd.toml says, as plain numbers and texts. config_keys.c lists every
 * key, with its range and its default. */
#ifndef PICKETD_CONFIG_H
#define PICKETD_CONFIG_H

#include <stddef.h>
#include <stdint.h>

#include "address.h"
#include "message.h"

enum { CONFIG_PATH = 256, CONFIG_MAX_HOSTS = 128, CONFIG_FILE_BYTES = 65536 };

enum source_kind { SOURCE_CONNTRACK, SOURCE_NETFLOW, SOURCE_INTERFACE, SOURCE_PCAP, SOURCE_REPLAY };

/* What makes two alerts the same one: bits of alert.same. */
enum { SAME_SOURCE = 1, SAME_DESTINATION = 2, SAME_SERVICE = 4, SAME_REASON = 8 };

/* Which end of a connection a [[host]] looks at. */
enum host_side { HOST_EITHER, HOST_SOURCE, HOST_DESTINATION };

/* One [[host]]: the first that fits a connection decides. */
struct host_rule {
  char address[64];
  uint32_t side;
  uint32_t port;    /* of the destination; 0: any */
  uint32_t exclude; /* never an alert */
  float budget;     /* 0: that of [alert] */
  struct prefix prefix;
};

struct config {
  struct {
    uint32_t kind;
    char path[CONFIG_PATH];
    char listen[64];
    char interface[16];
    uint32_t buffer_bytes;
  } source;
  struct {
    uint32_t connections, starts, fragments, templates;
    uint32_t byte_count, window_connections, host_connections;
    uint64_t window_ns, unanswered_ns, open_ns, closed_ns, udp_ns, icmp_ns;
  } flow;
  struct {
    char path[CONFIG_PATH];
    uint64_t file_bytes;
    uint32_t files;
    uint64_t sync_ns;
    uint32_t while_running;
  } log;
  struct {
    uint64_t time_ns, connections;
  } learn;
  struct {
    char path[CONFIG_PATH];
    uint32_t most_bytes;
  } model;
  struct {
    float budget;
    uint32_t same;
    uint64_t cooldown_ns, open_ns;
    uint32_t remembered, each_minute, reasons;
  } alert;
  struct {
    char path[CONFIG_PATH];
    uint64_t file_bytes;
    uint32_t files;
    uint32_t syslog;
    char hook[CONFIG_PATH];
    uint32_t hooks;
    uint64_t hook_ns;
  } output;
  struct {
    char path[CONFIG_PATH];
    uint64_t interval_ns;
  } metrics;
  struct {
    char pid_file[CONFIG_PATH];
  } control;
  struct host_rule hosts[CONFIG_MAX_HOSTS];
  uint32_t host_count;
};

/* Reads a configuration file. Returns 0, or -1 with an error that names file and line. */
int config_load(struct config *config, const char *path, struct error *error);

/* Reads a configuration from text, which is overwritten; text[size] must be NUL. `path` is for the
 * errors. */
int config_parse(struct config *config, const char *path, char *text, size_t size,
                 struct error *error);

/* ---- The list of keys, for the reader and for the tests of the documentation ---- */

enum key_type {
  KEY_TEXT,     /* char[size] */
  KEY_ENDPOINT, /* char[size]: what endpoint_parse reads */
  KEY_CHOICE,   /* uint32_t: the place of the word in `words` */
  KEY_SET,      /* uint32_t: a bit for each word of `words` */
  KEY_NUMBER,   /* uint32_t */
  KEY_POWER,    /* uint32_t: a power of two */
  KEY_LARGE,    /* uint64_t */
  KEY_SECONDS,  /* uint64_t, nanoseconds; a number of seconds in the file */
  KEY_SHARE,    /* float, above 0 and below 1; 0 if not given and there is no default */
  KEY_BOOLEAN   /* uint32_t */
};

struct key {
  const char *table;  /* "host": of a struct host_rule */
  const char *name;
  enum key_type type;
  size_t offset, size;
  double least, most; /* of numbers, in the unit of the file */
  double fallback;    /* the default of numbers, booleans, choices and sets */
  const char *text;   /* the default of texts */
  const char *words;  /* of choices and sets: separated by a blank */
};

extern const struct key config_keys[];
extern const size_t config_key_count;

#endif
