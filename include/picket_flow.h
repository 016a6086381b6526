/*
 * picket_flow.h - turns packets and connection events into records that Picket can score.
 *
 * What it is: a connection table and the sliding windows over it. It reads packets, connection
 * tracking messages of the Linux kernel, NetFlow or IPFIX datagrams, or its own log, and gives for
 * each connection that ends the 26 columns of the KDD Cup 1999 data that a gateway can know: all
 * but those that look at contents, `wrong_fragment` and `urgent`. docs/FLOW.md defines them.
 * What it is not: it does not capture, open sockets, read files, verify checksums or reassemble
 * streams, and it never looks at contents.
 *
 * The promises are those of picket.h: the caller's memory, of a size known before the start, and no
 * allocation, lock, system call, global state or trap, whatever bytes it is given.
 *
 * ---- The loop ------------------------------------------------------------------------------
 *
 *   picket_flow_configuration configuration;
 *   picket_flow_defaults(&configuration);
 *   picket_flow *flow = aligned_alloc(8, picket_flow_size(&configuration));
 *   picket_flow_init(flow, picket_flow_size(&configuration), &configuration);
 *   while (... a packet ...) {
 *     picket_flow_packet(flow, time_ns, PICKET_FLOW_ETHERNET, bytes, captured, length);
 *     picket_flow_event event;
 *     float record[PICKET_FLOW_COLUMNS];
 *     while (picket_flow_next(flow, &event, record))
 *       if (event.kind == PICKET_FLOW_END) ... score the record ...
 *   }
 *
 * ---- Said once, true of every function -----------------------------------------------------
 *
 * - An input function (picket_flow_packet and the others that take a time) takes one input and does
 *   not work on it yet: picket_flow_next does, one event a call, until it returns 0. An input that
 *   comes before that is refused with PICKET_FLOW_E_PENDING. So no call is long, no event is lost,
 *   and what comes out depends on the inputs alone, not on when the host asks.
 * - A function that can fail returns PICKET_FLOW_OK (0) or one negative PICKET_FLOW_E_ number. On
 *   failure nothing that the caller passed has been written.
 * - No pointer may be null unless its comment says so; a null one gives PICKET_FLOW_E_ARGUMENT.
 * - Threads: a flow belongs to one thread at a time. Several flows share nothing.
 * - Lifetime: no memory of the caller's is kept but the flow's own and, from an input function
 *   until picket_flow_next has returned 0, the datagram that the input's comment names.
 * - Stack: at most 2,048 bytes on x86-64.
 */
#ifndef PICKET_FLOW_H
#define PICKET_FLOW_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Status: picket_flow_status_text has a sentence for each; numbers are never reused. ---- */
enum {
  PICKET_FLOW_OK = 0,
  PICKET_FLOW_E_ARGUMENT = -1,      /* a null pointer, or a size or index out of range */
  PICKET_FLOW_E_CONFIGURATION = -2, /* a number of the configuration is out of its range */
  PICKET_FLOW_E_MEMORY = -3,        /* smaller than picket_flow_size says, or not on 8 bytes */
  PICKET_FLOW_E_FLOW = -4,          /* the memory was not filled by picket_flow_init */
  PICKET_FLOW_E_PENDING = -5,       /* call picket_flow_next until it returns 0 first */
  PICKET_FLOW_E_EVENT = -6,         /* an event that cannot be: its comment says what it must be */
  PICKET_FLOW_E_MALFORMED = -7,     /* not a record of the log */
  PICKET_FLOW_E_CHECKSUM = -8,      /* a record of the log that was changed or cut */
  PICKET_FLOW_E_SPACE = -9          /* the text does not fit into the space given */
};

/* ---- Limits ---- */
#define PICKET_FLOW_COLUMNS 26              /* floats of a record */
#define PICKET_FLOW_MAX_CONNECTIONS 1048576 /* configuration.connections */
#define PICKET_FLOW_MAX_STARTS 65536        /* configuration.starts */
#define PICKET_FLOW_MAX_WINDOW 511          /* connections that a window looks at */
#define PICKET_FLOW_MAX_FRAGMENTS 4096      /* configuration.fragments */
#define PICKET_FLOW_MAX_TEMPLATES 256       /* configuration.templates */
#define PICKET_FLOW_MAX_SPECIFICATION 4096  /* bytes of the specification's text, with its NUL */
#define PICKET_FLOW_LOG_BYTES 128           /* bytes of a record of the log */

/* ---- Types ---- */

/* Connections, windows and counters, in memory of the caller's. */
typedef struct picket_flow picket_flow;

/* What src_bytes and dst_bytes count: configuration.byte_count. A model is only good for what it was
 * trained on, so this is part of the specification's hash. */
enum {
  PICKET_FLOW_PAYLOAD = 1, /* bytes behind the TCP, UDP or ICMP header, as the KDD data do: packets */
  PICKET_FLOW_IP = 2       /* bytes from the IP header on: all that conntrack and NetFlow know */
};

/* Sizes, windows and time-outs; picket_flow_defaults fills it. Times are nanoseconds. */
typedef struct picket_flow_configuration {
  uint64_t seed;          /* of the table's hash: give it random bits, so that nobody can fill one
                             chain on purpose; it changes no result, but which told ends of
                             connection tracking are forgotten when the table overflows */
  uint64_t window_ns;     /* age up to which a connection counts in the time window: 2 s */
  uint64_t unanswered_ns; /* a TCP connection that one side alone has sent in ends after: 10 s */
  uint64_t open_ns;       /* ... that both sides have sent in: 300 s */
  uint64_t closed_ns;     /* ... that was closed or reset: 5 s, for packets that come late */
  uint64_t udp_ns;        /* a UDP conversation ends after: 60 s */
  uint64_t icmp_ns;       /* an ICMP exchange ends after: 10 s */
  /* How long this kernel keeps connection tracking entries: net.netfilter.nf_conntrack_..., for
   * picket_flow_conntrack alone. An entry that died of silence ended that much earlier. One of an
   * established connection that cannot have lived so long had the kernel's 300 s for data that nobody
   * acknowledges. */
  uint64_t kernel_udp_ns;         /* ..._udp_timeout: 30 s */
  uint64_t kernel_udp_stream_ns;  /* ..._udp_timeout_stream: 120 s */
  uint64_t kernel_icmp_ns;        /* ..._icmp_timeout: 30 s */
  uint64_t kernel_syn_sent_ns;    /* ..._tcp_timeout_syn_sent: 120 s */
  uint64_t kernel_established_ns; /* ..._tcp_timeout_established: 432,000 s */
  uint32_t byte_count;         /* PICKET_FLOW_PAYLOAD, or PICKET_FLOW_IP */
  uint32_t window_connections; /* newest connections that the time window looks at: 511 */
  uint32_t host_connections;   /* ... that the dst_host_ columns look at: 255 */
  uint32_t connections; /* connections open at a time: 4,096. Beyond it one is ended early: of those
                           that one side alone has sent in, or else of all, the longest silent */
  uint32_t starts;      /* connections whose start is remembered: 2,048. A longer memory lets long
                           connections see how the others of their windows ended */
  uint32_t fragments;   /* datagrams whose later fragments can be told apart: 64 */
  uint32_t templates;   /* NetFlow 9 and IPFIX templates: 64. Beyond it the oldest goes */
} picket_flow_configuration;

/* What an event tells: picket_flow_event.kind. */
enum {
  PICKET_FLOW_BEGIN = 1, /* a connection began */
  PICKET_FLOW_END = 2,   /* it ended: there is a record of it */
  PICKET_FLOW_QUERY = 3, /* connection tracking alone: it was closed, but its counters are not known.
                            They come with the kernel's DESTROY, minutes later, or at once if the host
                            asks for the entry (IPCTNL_MSG_CT_GET) and hands the answer in */
  PICKET_FLOW_OPEN = 4   /* picket_flow_look alone: it goes on */
};

/* How a connection ended or stands, by the names of the KDD column `flag`, and two more that Bro,
 * which made that column, knows: picket_flow_event.flag. `flag` is SF for UDP and ICMP, as there. Of one
 * that was under way when it was first seen no SYN is asked for, as by Bro: a reset is RSTOS0 or RSTRH then. */
enum {
  PICKET_FLOW_OTH = 0,    /* neither SYN nor an end was seen, or what happened has no other name */
  PICKET_FLOW_REJ = 1,    /* a SYN was answered with RST */
  PICKET_FLOW_RSTO = 2,   /* established; the originator reset it */
  PICKET_FLOW_RSTOS0 = 3, /* a SYN, then the originator's RST, and no SYN-ACK from the responder */
  PICKET_FLOW_RSTR = 4,   /* established; the responder reset it */
  PICKET_FLOW_S0 = 5,     /* a SYN without an answer */
  PICKET_FLOW_S1 = 6,     /* established, not closed */
  PICKET_FLOW_S2 = 7,     /* established; the originator alone has closed its side */
  PICKET_FLOW_S3 = 8,     /* established; the responder alone has closed its side */
  PICKET_FLOW_SF = 9,     /* established and closed by both */
  PICKET_FLOW_SH = 10,    /* a SYN, then the originator's FIN, and no SYN-ACK from the responder */
  PICKET_FLOW_RSTRH = 11, /* no SYN; the responder sent SYN-ACK and then RST */
  PICKET_FLOW_SHR = 12    /* no SYN; the responder sent SYN-ACK and then FIN */
};

/* Why a connection ended for the table: picket_flow_event.reason. */
enum {
  PICKET_FLOW_TIMED_OUT = 1, /* silent for as long as the configuration says */
  PICKET_FLOW_REPLACED = 2,  /* a new connection began between the same ends */
  PICKET_FLOW_EVICTED = 3,   /* the table was full */
  PICKET_FLOW_FINISHED = 4,  /* picket_flow_finish */
  PICKET_FLOW_TOLD = 5       /* the source said so */
};

/* What is not known of a connection: bits of picket_flow_event.notes. */
enum {
  PICKET_FLOW_NO_PAYLOAD = 1, /* payload is 0 because the source does not count it */
  PICKET_FLOW_NO_BYTES = 2,   /* bytes and payload are 0: not counted at the source, or not told */
  PICKET_FLOW_NO_END = 4,     /* end_ns is when its state last changed, or was forgotten, not its end */
  PICKET_FLOW_NO_START = 8,   /* the table had no entry at the end: the start is the source's */
  PICKET_FLOW_OFFLOADED = 16  /* packets went past the source: bytes, packets and end are too low */
};

/* Why a record must neither be scored nor learned from: picket_flow_unfit. */
enum {
  PICKET_FLOW_FIT = 0,
  PICKET_FLOW_UNFIT_OFFLOADED = 1, /* packets went past the source */
  PICKET_FLOW_UNFIT_BYTES = 2,     /* the source does not count bytes */
  PICKET_FLOW_UNFIT_END = 3,       /* nobody knows when it ended */
  PICKET_FLOW_UNFIT_START = 4,     /* nobody saw it begin: its windows are not known */
  PICKET_FLOW_UNFIT_CUT_OFF = 5    /* nothing had closed it when the flow was finished */
};

/* One connection, as far as it is known. [0] is what the originator sent, [1] the responder. */
typedef struct picket_flow_event {
  uint64_t id;          /* counts connections from 1 in the order in which they began, and stays at
                           2^64 - 2; 0 of what nobody saw begin (PICKET_FLOW_NO_START): it stands in
                           no windows */
  uint64_t start_ns;    /* of the first packet */
  uint64_t end_ns;      /* of the second FIN or the RST, or else of the last packet */
  uint64_t bytes[2];    /* from the IP header on */
  uint64_t payload[2];  /* behind the TCP, UDP or ICMP header; retransmissions count again */
  uint64_t packets[2];
  uint8_t source[16];   /* the originator's address; of IPv4 as ::ffff:a.b.c.d */
  uint8_t destination[16];
  uint16_t source_port; /* for ICMP the identifier of an echo, or 0 */
  uint16_t destination_port; /* for ICMP 0 */
  uint8_t kind;         /* PICKET_FLOW_BEGIN ... PICKET_FLOW_OPEN */
  uint8_t protocol;     /* IP's number: 1, 6, 17 or 58 */
  uint8_t flag;         /* PICKET_FLOW_OTH ... PICKET_FLOW_SHR */
  uint8_t reason;       /* PICKET_FLOW_TIMED_OUT ... at the end, or else 0 */
  uint8_t tcp_flags[2]; /* every TCP flag that was seen, each way */
  uint8_t icmp_type;    /* of the first packet */
  uint8_t icmp_code;
  uint8_t notes;        /* PICKET_FLOW_NO_PAYLOAD ... */
  uint8_t reserved[3];  /* 0 */
} picket_flow_event;

/* What stands before the IP header of a packet, by the numbers of pcap's link types. */
enum {
  PICKET_FLOW_LOOPBACK = 0,  /* four bytes of address family, in either byte order */
  PICKET_FLOW_ETHERNET = 1,  /* with up to four VLAN tags, and PPPoE */
  PICKET_FLOW_RAW = 101,     /* nothing */
  PICKET_FLOW_COOKED = 113,  /* Linux "any" device, version 1 */
  PICKET_FLOW_IPV4 = 228,    /* nothing */
  PICKET_FLOW_IPV6 = 229,    /* nothing */
  PICKET_FLOW_COOKED_2 = 276 /* Linux "any" device, version 2 */
};

/* What was seen, and what was not understood, since picket_flow_init. */
typedef struct picket_flow_counters {
  uint64_t open;                /* entries of the table that are in use now */
  uint64_t connections;         /* that began */
  uint64_t evicted;             /* that were ended because the table was full */
  uint64_t packets;             /* handed in: the sum of `counted` and the six below it */
  uint64_t counted;             /* that a connection counted */
  uint64_t not_ip;              /* ARP and the like */
  uint64_t other_protocol;      /* IP, but neither TCP nor UDP nor ICMP */
  uint64_t truncated;           /* captured too short to find the ports */
  uint64_t malformed;           /* a header's lengths contradict each other */
  uint64_t fragments_unmatched; /* a later fragment whose first one was not seen before */
  uint64_t too_deep;            /* more VLAN tags or IPv6 extension headers than are followed */
  uint64_t messages;            /* of connection tracking: handed in */
  uint64_t messages_ignored;    /* of another kind, or of another protocol than the three */
  uint64_t messages_malformed;
  uint64_t datagrams;           /* of NetFlow and IPFIX: handed in */
  uint64_t flows;               /* in them, of the three protocols */
  uint64_t flows_ignored;       /* of other protocols, or without addresses */
  uint64_t datagrams_malformed; /* of another version, or cut short */
  uint64_t templates_unknown;   /* sets of flows whose template has not come yet */
  uint64_t templates_refused;   /* templates with more fields than are kept */
} picket_flow_counters;

/* ==== Start =================================================================================== */

/*
 * The defaults: KDD's windows, Bro's time-outs, payload bytes, 4,096 connections.
 *
 * Writes:   *configuration.
 * Returns:  PICKET_FLOW_OK, PICKET_FLOW_E_ARGUMENT.
 */
int32_t picket_flow_defaults(picket_flow_configuration *configuration);

/*
 * Bytes of memory that a flow of this configuration needs: exact.
 *
 * Reads:    configuration.
 * Returns:  the bytes, or 0 if configuration is null or a number of it is out of its range: every
 *           time 1 ... 2^62 ns; byte_count one of the two; windows 1 ... PICKET_FLOW_MAX_WINDOW;
 *           connections 16 ... MAX_CONNECTIONS; starts a power of two, 1,024 ... MAX_STARTS;
 *           fragments 1 ... MAX_FRAGMENTS; templates 1 ... MAX_TEMPLATES.
 */
size_t picket_flow_size(const picket_flow_configuration *configuration);

/*
 * Makes memory a flow without connections.
 *
 *   flow    memory on an 8-byte boundary, whatever it held before. It must not be moved afterwards.
 *   size    its bytes: at least picket_flow_size(configuration).
 *
 * Reads:    configuration, which is copied.  Writes: flow.
 * Lifetime: the memory is the caller's again whenever it likes; there is nothing to close.
 * Cost:     one pass over the memory.
 * Returns:  PICKET_FLOW_OK, PICKET_FLOW_E_ARGUMENT, PICKET_FLOW_E_CONFIGURATION,
 *           PICKET_FLOW_E_MEMORY.
 */
int32_t picket_flow_init(picket_flow *flow, size_t size,
                         const picket_flow_configuration *configuration);

/* ==== Inputs ================================================================================== */

/* Times are nanoseconds of one clock, best since 1970. A time before that of an earlier input is
 * taken as that one. Every input function returns PICKET_FLOW_OK, PICKET_FLOW_E_ARGUMENT,
 * PICKET_FLOW_E_FLOW or PICKET_FLOW_E_PENDING, and what its comment names besides. */

/*
 * A packet.
 *
 *   link      PICKET_FLOW_ETHERNET ...: another number is PICKET_FLOW_E_ARGUMENT.
 *   bytes     the packet as captured; may be null only if captured is 0.
 *   captured  bytes that there are.
 *   length    bytes that the packet had on the wire: at least captured, or else that is taken.
 *
 * A packet that is cut short or malformed is counted, by cause, and is no error.
 *
 * Reads:    bytes, within this call alone.
 * Cost:     bounded by the headers: a few hundred steps.
 */
int32_t picket_flow_packet(picket_flow *flow, uint64_t time_ns, uint32_t link, const void *bytes,
                           size_t captured, size_t length);

/*
 * Messages of the Linux kernel's connection tracking, as one read from its netlink socket gave
 * them: events, or answers to a dump or a query.
 *
 *   bytes   netlink messages, on any boundary.
 *
 * A connection begins with its NEW event and ends with DESTROY; or, if the host follows up a
 * PICKET_FLOW_QUERY, with the answer that brings its counters. time_ns must be of CLOCK_REALTIME, as
 * the kernel's own times are. docs/FLOW.md says what the kernel tells and what it does not.
 *
 * After events were lost, read those that are left, and then ask for a dump of all connections, with the
 * second of time_ns when it is asked as its nlmsg_seq. What has not been heard of since then ends with the
 * dump (NLMSG_DONE): the kernel has forgotten it. So hand NLMSG_DONE in when all events that came before
 * it have been: the kernel lets go of entries while it dumps, and their DESTROY has their counters. Not so
 * if the dump was interrupted: repeat it. Every other dump must have the nlmsg_seq 0.
 *
 * Reads:    bytes, until picket_flow_next has returned 0: they must stay.
 * Cost:     linear in size.
 */
int32_t picket_flow_conntrack(picket_flow *flow, uint64_t time_ns, const void *bytes, size_t size);

/*
 * A datagram of NetFlow 5, NetFlow 9 or IPFIX.
 *
 *   exporter  tells exporters apart, whose templates must not be mixed: a hash of the sender's
 *             address and port, say.
 *
 * The two directions of a connection, which are exported apart, become one event.
 *
 * Reads:    bytes, until picket_flow_next has returned 0: they must stay.
 * Cost:     linear in size.
 */
int32_t picket_flow_netflow(picket_flow *flow, uint64_t time_ns, uint64_t exporter,
                            const void *bytes, size_t size);

/*
 * An event of the caller's own making.
 *
 * BEGIN opens a connection, END closes the one between the same ends, or is a whole connection if
 * none is open. An id of 0 is given a number. Time is the event's: end_ns of an END, else start_ns.
 * Such connections do not time out.
 *
 * Reads:    *event, within this call alone.
 * Returns:  also PICKET_FLOW_E_EVENT (kind, protocol, flag or reason is none of those above; end_ns
 *           lies before start_ns; notes has PICKET_FLOW_NO_START, but id is not 0; id is 2^64 - 1).
 */
int32_t picket_flow_add(picket_flow *flow, const picket_flow_event *event);

/*
 * An event from the log: PICKET_FLOW_LOG_BYTES bytes that picket_flow_log wrote, on any machine.
 * Replaying the log of a flow gives the records of that flow, bit for bit, if the configuration is
 * the same and the log begins where the flow did. Of a log that several flows wrote, one after the other,
 * each begins with a BEGIN of number 1 (bytes 8 to 15, the least significant first; byte 116 is the kind):
 * call picket_flow_init before it.
 *
 * Reads:    bytes, within this call alone.
 * Returns:  also PICKET_FLOW_E_MALFORMED, PICKET_FLOW_E_CHECKSUM, PICKET_FLOW_E_EVENT.
 */
int32_t picket_flow_replay(picket_flow *flow, const void *bytes);

/* Time has passed without an input: connections that have been silent too long end. It changes no
 * record, only when it comes. */
int32_t picket_flow_advance(picket_flow *flow, uint64_t time_ns);

/* No more input will come: every connection ends, with reason PICKET_FLOW_FINISHED, in the order in
 * which they would have timed out. */
int32_t picket_flow_finish(picket_flow *flow);

/* ==== Output ================================================================================== */

/*
 * The next event.
 *
 *   event   receives it.
 *   record  may be null. At PICKET_FLOW_END, and from picket_flow_look, receives PICKET_FLOW_COLUMNS floats, in the order of
 *           picket_flow_column_name; a symbolic column holds the index of its category. A number
 *           that is not known is NaN, which picket_score refuses: bytes where notes has
 *           PICKET_FLOW_NO_BYTES or PICKET_FLOW_OFFLOADED, or where payload is asked for and notes
 *           has PICKET_FLOW_NO_PAYLOAD. At PICKET_FLOW_BEGIN it is left as it is.
 *
 * Writes:   *event and record, if it returns 1.
 * Cost:     linear in what is left of a datagram; an END costs two windows of at most
 *           PICKET_FLOW_MAX_WINDOW connections. Finding a connection takes a few steps, and one for
 *           each connection of the table at the very worst.
 * Returns:  1 if there was an event, 0 if there is none until the next input (also if a pointer is
 *           null or flow is not a flow).
 */
int32_t picket_flow_next(picket_flow *flow, picket_flow_event *event, float *record);

/*
 * Whether the record of an END or OPEN is worth a score: one rule for the gateway and the trainer.
 *
 * Of TCP the end is that of its last change of state where notes has PICKET_FLOW_NO_END, which is near
 * enough; of what has no states, is PICKET_FLOW_OTH, or was not seen to begin, it is unknown.
 *
 * Reads:    *event.
 * Threads:  safe.
 * Returns:  PICKET_FLOW_FIT; PICKET_FLOW_UNFIT_CUT_OFF, or else the first that is true of
 *           PICKET_FLOW_UNFIT_OFFLOADED ...; PICKET_FLOW_E_ARGUMENT.
 */
int32_t picket_flow_unfit(const picket_flow_event *event);

/*
 * A connection that is still open, and its record as if it ended now: for connections that last. Its
 * END will come all the same; nothing of it is changed.
 *
 *   cursor           where to look on: 0 at first; moved on by each call. What begins or ends between
 *                    two calls may be missed.
 *   begun_before_ns  connections that began then or later are passed over.
 *   event            receives it: PICKET_FLOW_OPEN; end_ns is when it was last heard of, and bytes what
 *                    the source has told so far. An established connection is told as SF, not S1, since
 *                    that is how it will be if it ends well.
 *   record           as for picket_flow_next.
 *
 * Writes:   *cursor; *event and record, if it returns 1.
 * Cost:     that of an END, and a step for each entry of the table that is passed over.
 * Returns:  1 if there was one, 0 if the table has been gone through, or work for picket_flow_next is
 *           left (also if a pointer is null or flow is not a flow).
 */
int32_t picket_flow_look(picket_flow *flow, uint32_t *cursor, uint64_t begun_before_ns,
                         picket_flow_event *event, float *record);

/*
 * Writes a BEGIN or END as PICKET_FLOW_LOG_BYTES bytes of log: the same on every machine. A log is
 * these records one behind the other, without a head: whoever appends to one first cuts it to a
 * multiple of PICKET_FLOW_LOG_BYTES, and whoever reads one passes over a damaged record.
 *
 * Reads:    *event.  Writes: bytes.
 * Threads:  safe.
 * Returns:  PICKET_FLOW_OK, PICKET_FLOW_E_ARGUMENT, PICKET_FLOW_E_EVENT.
 */
int32_t picket_flow_log(const picket_flow_event *event, void *bytes);

/* What was seen since picket_flow_init.
 * Writes: *counters.  Returns: PICKET_FLOW_OK, PICKET_FLOW_E_ARGUMENT, PICKET_FLOW_E_FLOW. */
int32_t picket_flow_read_counters(const picket_flow *flow, picket_flow_counters *counters);

/* ==== What the columns mean =================================================================== */

/* The name of a column, 0 ... PICKET_FLOW_COLUMNS - 1, or null. Static text. */
const char *picket_flow_column_name(size_t column);

/* How many categories a column has: 0 if it is numeric or there is none of this number. */
size_t picket_flow_category_count(size_t column);

/*
 * The name of a category, or null. Static text.
 *
 * A model numbers its categories its own way. So at the start make a table for each symbolic
 * column, of what picket_category_index gives for each of these names, or PICKET_UNKNOWN; and put
 * the table's entry in the place of the index before a record is scored.
 */
const char *picket_flow_category_name(size_t column, size_t category);

/*
 * What the columns mean under this configuration, as text, and its hash: two flows whose hashes are
 * equal give records that one model may score. Keep it with the model.
 *
 *   text    receives NUL-terminated lines; may be null if size is 0.
 *   size    its bytes; PICKET_FLOW_MAX_SPECIFICATION always is enough.
 *   hash    may be null. Receives the FNV-1a hash of the text, 64 bits.
 *
 * Threads:  safe.
 * Returns:  PICKET_FLOW_OK, PICKET_FLOW_E_ARGUMENT, PICKET_FLOW_E_CONFIGURATION,
 *           PICKET_FLOW_E_SPACE (nothing but *hash has been written; not if size is 0).
 */
int32_t picket_flow_specification(const picket_flow_configuration *configuration, char *text,
                                  size_t size, uint64_t *hash);

/* A sentence in English for a status. Never null, never freed; any number may be given. */
const char *picket_flow_status_text(int32_t status);

#ifdef __cplusplus
}
#endif

#endif /* PICKET_FLOW_H */
