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

/* Writes a question for every connection. Returns its bytes. */
size_t conntrack_ask_all(unsigned char *request);

/* Whether bytes are such a question, and nothing that changes anything. */
int conntrack_is_question(const unsigned char *bytes, size_t size);

/* What answers say besides connections. */
struct conntrack_answers {
  uint64_t errors;   /* questions that were refused */
  uint64_t missing;  /* ... because the connection is gone */
  int dump_ended;
  int dump_broken;   /* the table changed meanwhile: the dump may lack connections */
};

/*
 * Looks through messages as one read gave them: notes what is not a connection, and brings the
 * kernel's times to the records' time if the clock was set since the start. `step_ns` is what must
 * be added to the time of the wall now.
 *
 * A stop is of this moment, and so is a start in the message of a new connection: they are moved. Any
 * other start was written down before, by a clock of which nothing is known: it is left out.
 */
void conntrack_look(unsigned char *bytes, size_t size, int64_t step_ns,
                    struct conntrack_answers *answers);

#endif
