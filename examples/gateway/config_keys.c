/* Every key of picketd.toml. The shipped picketd.toml and picketd.toml.5 explain each; a test holds
 * the three together. */
#include "config.h"

#define AT(member) offsetof(struct config, member), sizeof(((struct config *)0)->member)
#define OF_HOST(member) offsetof(struct host_rule, member), sizeof(((struct host_rule *)0)->member)
#define DAY 86400.0
#define GIB 1073741824.0

const struct key config_keys[] = {
    {"source", "kind", KEY_CHOICE, AT(source.kind), 0, 0, SOURCE_CONNTRACK, NULL,
     "conntrack netflow interface pcap replay"},
    {"source", "path", KEY_TEXT, AT(source.path), 0, 0, 0, "", NULL},
    {"source", "listen", KEY_ENDPOINT, AT(source.listen), 0, 0, 0, "127.0.0.1:2055", NULL},
    {"source", "interface", KEY_TEXT, AT(source.interface), 0, 0, 0, "", NULL},
    {"source", "buffer_bytes", KEY_NUMBER, AT(source.buffer_bytes), 65536, GIB, 4194304, NULL, NULL},

    {"flow", "connections", KEY_NUMBER, AT(flow.connections), 16, 1048576, 4096, NULL, NULL},
    {"flow", "starts", KEY_POWER, AT(flow.starts), 1024, 65536, 2048, NULL, NULL},
    {"flow", "fragments", KEY_NUMBER, AT(flow.fragments), 1, 4096, 64, NULL, NULL},
    {"flow", "templates", KEY_NUMBER, AT(flow.templates), 1, 256, 64, NULL, NULL},
    {"flow", "bytes", KEY_CHOICE, AT(flow.byte_count), 0, 0, 0, NULL, "ip payload"},
    {"flow", "window_connections", KEY_NUMBER, AT(flow.window_connections), 1, 511, 511, NULL, NULL},
    {"flow", "host_connections", KEY_NUMBER, AT(flow.host_connections), 1, 511, 255, NULL, NULL},
    {"flow", "window_seconds", KEY_SECONDS, AT(flow.window_ns), 0.001, DAY, 2, NULL, NULL},
    {"flow", "unanswered_seconds", KEY_SECONDS, AT(flow.unanswered_ns), 0.001, DAY, 10, NULL, NULL},
    {"flow", "open_seconds", KEY_SECONDS, AT(flow.open_ns), 0.001, DAY, 300, NULL, NULL},
    {"flow", "closed_seconds", KEY_SECONDS, AT(flow.closed_ns), 0.001, DAY, 5, NULL, NULL},
    {"flow", "udp_seconds", KEY_SECONDS, AT(flow.udp_ns), 0.001, DAY, 60, NULL, NULL},
    {"flow", "icmp_seconds", KEY_SECONDS, AT(flow.icmp_ns), 0.001, DAY, 10, NULL, NULL},

    {"log", "path", KEY_TEXT, AT(log.path), 0, 0, 0, "", NULL},
    {"log", "file_bytes", KEY_LARGE, AT(log.file_bytes), 65536, 1024 * GIB, 67108864, NULL, NULL},
    {"log", "files", KEY_NUMBER, AT(log.files), 1, 999, 8, NULL, NULL},
    {"log", "sync_seconds", KEY_SECONDS, AT(log.sync_ns), 0.01, DAY, 1, NULL, NULL},
    {"log", "while_running", KEY_BOOLEAN, AT(log.while_running), 0, 0, 0, NULL, NULL},

    {"learn", "seconds", KEY_SECONDS, AT(learn.time_ns), 0, 366 * DAY, 0, NULL, NULL},
    {"learn", "connections", KEY_LARGE, AT(learn.connections), 0, 1e12, 0, NULL, NULL},

    {"model", "path", KEY_TEXT, AT(model.path), 0, 0, 0, "", NULL},
    {"model", "most_bytes", KEY_NUMBER, AT(model.most_bytes), 1024, 16777216, 1048576, NULL, NULL},

    {"alert", "budget", KEY_SHARE, AT(alert.budget), 0, 1, 0.001, NULL, NULL},
    {"alert", "same", KEY_SET, AT(alert.same), 0, 0, SAME_SOURCE | SAME_REASON, NULL,
     "source destination service reason"},
    {"alert", "cooldown_seconds", KEY_SECONDS, AT(alert.cooldown_ns), 0, 30 * DAY, 300, NULL, NULL},
    {"alert", "open_seconds", KEY_SECONDS, AT(alert.open_ns), 0, DAY, 60, NULL, NULL},
    {"alert", "remembered", KEY_NUMBER, AT(alert.remembered), 16, 65536, 1024, NULL, NULL},
    {"alert", "each_minute", KEY_NUMBER, AT(alert.each_minute), 1, 1e6, 60, NULL, NULL},
    {"alert", "reasons", KEY_NUMBER, AT(alert.reasons), 0, 8, 3, NULL, NULL},

    {"output", "path", KEY_TEXT, AT(output.path), 0, 0, 0, "", NULL},
    {"output", "file_bytes", KEY_LARGE, AT(output.file_bytes), 65536, 1024 * GIB, 16777216, NULL, NULL},
    {"output", "files", KEY_NUMBER, AT(output.files), 1, 999, 4, NULL, NULL},
    {"output", "syslog", KEY_BOOLEAN, AT(output.syslog), 0, 0, 0, NULL, NULL},
    {"output", "hook", KEY_TEXT, AT(output.hook), 0, 0, 0, "", NULL},
    {"output", "hooks", KEY_NUMBER, AT(output.hooks), 1, 16, 4, NULL, NULL},
    {"output", "hook_seconds", KEY_SECONDS, AT(output.hook_ns), 0.1, DAY, 10, NULL, NULL},

    {"metrics", "path", KEY_TEXT, AT(metrics.path), 0, 0, 0, "", NULL},
    {"metrics", "interval_seconds", KEY_SECONDS, AT(metrics.interval_ns), 0.1, DAY, 15, NULL, NULL},

    {"control", "pid_file", KEY_TEXT, AT(control.pid_file), 0, 0, 0, "/run/picketd/picketd.pid", NULL},

    {"host", "address", KEY_TEXT, OF_HOST(address), 0, 0, 0, "", NULL},
    {"host", "side", KEY_CHOICE, OF_HOST(side), 0, 0, HOST_EITHER, NULL, "either source destination"},
    {"host", "port", KEY_NUMBER, OF_HOST(port), 1, 65535, 0, NULL, NULL},
    {"host", "budget", KEY_SHARE, OF_HOST(budget), 0, 1, 0, NULL, NULL},
    {"host", "exclude", KEY_BOOLEAN, OF_HOST(exclude), 0, 0, 0, NULL, NULL},
};

const size_t config_key_count = sizeof config_keys / sizeof config_keys[0];
