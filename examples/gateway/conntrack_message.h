/* Messages to and from the kernel's connection tracking: linux/netfilter/nfnetlink_conntrack.h. */
#ifndef PICKETD_CONNTRACK_MESSAGE_H
#define PICKETD_CONNTRACK_MESSAGE_H

#include <picket_flow.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes that a request has at most. */
enum { CONNTRACK_REQUEST = 192 };

/* Writes a question for the counters of one connection. Returns its bytes. */
size_t conntrack_ask_one(const picket_flow_event *event, unsigned char *request);

/* Writes a question for every connection. Its number is 0: the end of the answer ends nothing. Returns its
 * bytes. */
size_t conntrack_ask_all(unsigned char *request);

/* Writes the end of an answer to such a question, asked in that second: so the flow knows what the kernel
 * has forgotten. Returns its bytes. */
size_t conntrack_end_all(uint32_t second, unsigned char *message);

/* Whether bytes are such a question, and nothing that changes anything. */
int conntrack_is_question(const unsigned char *bytes, size_t size);

/* What answers say besides connections. */
struct conntrack_answers {
  uint64_t errors;   /* questions that were refused */
  uint64_t missing;  /* ... because the connection is gone */
  int dump_ended;
  int dump_broken;   /* the table changed meanwhile: the dump may lack connections */
};

/* The wall's clock, by which the kernel tells times. */
struct conntrack_clock {
  int64_t step_ns; /* what must be added now to get the records' time */
  int was_set;     /* at any time since the start */
};

/*
 * Looks through messages as one read gave them: notes what is not a connection, and brings the
 * kernel's times to the records' time if the clock was set since the start.
 *
 * A stop is of this moment, and so is a start in the message of a new connection: they are moved. Any
 * other start was written down before, by a clock of which nothing is known once it was set, even if
 * it is right again: it is left out.
 */
void conntrack_look(unsigned char *bytes, size_t size, const struct conntrack_clock *clock,
                    struct conntrack_answers *answers);

#endif
