/* Messages to and from connection tracking. */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>
#include <linux/netlink.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "testing.h"

static void a_question_names_one_connection(void **state) {
  /* nlmsghdr, nfgenmsg, then CTA_TUPLE_ORIG (1) of CTA_TUPLE_IP (1) and CTA_TUPLE_PROTO (2), written
   * out by hand from linux/netfilter/nfnetlink_conntrack.h for a machine whose low byte is first. */
  static const unsigned char wanted[] = {
      72, 0, 0, 0, 0x01, 0x01, 0x01, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0,
      52, 0, 0x01, 0x80,
      20, 0, 0x01, 0x80, 8, 0, 1, 0, 10, 0, 0, 1, 8, 0, 2, 0, 192, 0, 2, 1,
      28, 0, 0x02, 0x80, 5, 0, 1, 0, 6, 0, 0, 0, 6, 0, 2, 0, 0x9C, 0x40, 0, 0, 6, 0, 3, 0, 0, 80, 0, 0};
  unsigned char request[CONNTRACK_REQUEST];
  const picket_flow_event event = an_end();
  (void)state;
  if (htons(1) == 1) skip();
  const size_t size = conntrack_ask_one(&event, request);
  assert_int_equal(size, sizeof wanted);
  assert_memory_equal(request, wanted, sizeof wanted);
}

static void questions_of_every_protocol_fit(void **state) {
  static const uint8_t protocols[] = {1, 6, 17, 58};
  (void)state;
  for (size_t i = 0; i < COUNT(protocols); i++) {
    unsigned char request[CONNTRACK_REQUEST];
    picket_flow_event event = an_end();
    event.protocol = protocols[i];
    if (protocols[i] == 58) memset(event.source, 0x20, sizeof event.source);
    const size_t size = conntrack_ask_one(&event, request);
    expect(size <= sizeof request && conntrack_is_question(request, size), "%u", protocols[i]);
  }
}

static void questions_alone_are_passed_on(void **state) {
  unsigned char request[CONNTRACK_REQUEST + 1] = {0};
  struct nlmsghdr header;
  (void)state;
  const size_t size = conntrack_ask_all(request);
  assert_true(conntrack_is_question(request, size));
  memcpy(&header, request, sizeof header);
  assert_int_equal(header.nlmsg_seq, 0); /* the flow ends nothing at its answer's end */
  assert_false(conntrack_is_question(request, size - 1));
  assert_false(conntrack_is_question(request, size + 4));
  assert_false(conntrack_is_question(request, sizeof request));
  memcpy(&header, request, sizeof header);
  for (int type = 0; type < 0x10000; type++) {
    header.nlmsg_type = (uint16_t)type;
    memcpy(request, &header, sizeof header);
    expect(conntrack_is_question(request, size) == (type == 0x101), "type %x", type);
  }
}

static void the_end_of_an_answer_says_when_it_was_asked(void **state) {
  unsigned char end[CONNTRACK_REQUEST];
  struct nlmsghdr header;
  (void)state;
  const size_t size = conntrack_end_all(1700000009, end);
  memcpy(&header, end, sizeof header);
  assert_true(size == 20 && header.nlmsg_len == size && header.nlmsg_type == NLMSG_DONE);
  assert_int_equal(header.nlmsg_seq, 1700000009);
  assert_false(conntrack_is_question(end, size));
}

/* ---- Answers ---- */

static unsigned char message[256];
static size_t length;

static void put(int type, const void *value, size_t size) {
  const struct nlattr head = {(uint16_t)(sizeof head + size), (uint16_t)type};
  memcpy(message + length, &head, sizeof head);
  if (size) memcpy(message + length + sizeof head, value, size);
  length += NLA_ALIGN(sizeof head + size);
}

/* A message about a connection that began at 1,000 and stopped at 2,000. */
static void make(int type, int flags) {
  static const unsigned char start[8] = {0, 0, 0, 0, 0, 0, 3, 0xE8}, stop[8] = {0, 0, 0, 0, 0, 0, 7, 0xD0};
  const struct nlattr nest = {28, CTA_TIMESTAMP | NLA_F_NESTED};
  struct nlmsghdr header = {0};
  memset(message, 0, sizeof message);
  length = sizeof header + sizeof(struct nfgenmsg);
  put(CTA_MARK, "abcd", 4);
  memcpy(message + length, &nest, sizeof nest);
  length += sizeof nest;
  put(CTA_TIMESTAMP_START, start, 8);
  put(CTA_TIMESTAMP_STOP, stop, 8);
  header.nlmsg_len = (uint32_t)length;
  header.nlmsg_type = (uint16_t)(NFNL_SUBSYS_CTNETLINK << 8 | type);
  header.nlmsg_flags = (uint16_t)flags;
  memcpy(message, &header, sizeof header);
}

enum { START_HEAD = 16 + 4 + 8 + 4, STOP_HEAD = START_HEAD + 12 };

static unsigned number_at(size_t head) { return (unsigned)message[head + 10] << 8 | message[head + 11]; }

static void times_are_moved_only_if_the_clock_was_set(void **state) {
  struct conntrack_answers answers = {0};
  unsigned char before[sizeof message];
  (void)state;
  make(IPCTNL_MSG_CT_DELETE, 0);
  memcpy(before, message, sizeof message);
  conntrack_look(message, length, &(struct conntrack_clock){0, 0}, &answers);
  assert_memory_equal(message, before, sizeof message);
  conntrack_look(message, length, &(struct conntrack_clock){-500, 1}, &answers);
  assert_int_equal(number_at(STOP_HEAD), 1500);
  /* Written down before the clock was set, so nobody knows by which clock. */
  assert_int_equal(message[START_HEAD + 2] | message[START_HEAD + 3] << 8, 0x3FFF);
  make(IPCTNL_MSG_CT_NEW, NLM_F_CREATE);
  conntrack_look(message, length, &(struct conntrack_clock){500, 1}, &answers);
  assert_int_equal(number_at(START_HEAD), 1500);
  assert_int_equal(message[START_HEAD + 2], CTA_TIMESTAMP_START);
  /* Set wrong, and right again: the start may be of the time between. */
  make(IPCTNL_MSG_CT_DELETE, 0);
  conntrack_look(message, length, &(struct conntrack_clock){0, 1}, &answers);
  assert_int_equal(number_at(STOP_HEAD), 2000);
  assert_int_equal(message[START_HEAD + 2] | message[START_HEAD + 3] << 8, 0x3FFF);
}

static void errors_and_ends_are_noted(void **state) {
  struct conntrack_answers answers = {0};
  struct {
    struct nlmsghdr header;
    int32_t cause;
  } error = {{sizeof error, NLMSG_ERROR, 0, 0, 0}, -ENOENT};
  (void)state;
  conntrack_look((unsigned char *)&error, sizeof error, &(struct conntrack_clock){0, 0}, &answers);
  error.cause = -EPERM;
  conntrack_look((unsigned char *)&error, sizeof error, &(struct conntrack_clock){0, 0}, &answers);
  error.header.nlmsg_type = NLMSG_DONE;
  error.header.nlmsg_flags = NLM_F_DUMP_INTR;
  conntrack_look((unsigned char *)&error, sizeof error, &(struct conntrack_clock){0, 0}, &answers);
  assert_int_equal(answers.missing, 1);
  assert_int_equal(answers.errors, 1);
  assert_true(answers.dump_ended);
  assert_true(answers.dump_broken);
}

/* Every length of every header and attribute, and every end: AddressSanitizer looks on. */
static void whatever_lengths_say_nothing_is_read_beyond_the_end(void **state) {
  struct conntrack_answers answers = {0};
  (void)state;
  for (size_t size = 0; size <= 60; size++) {
    for (size_t place = 0; place + 1 < size; place += 2) {
      for (unsigned value = 0; value < 80; value++) {
        make(IPCTNL_MSG_CT_NEW, 0);
        unsigned char *copy = malloc(size);
        memcpy(copy, message, size);
        copy[place] = (unsigned char)value;
        copy[place + 1] = value % 7 == 0 ? 0xFF : 0;
        conntrack_look(copy, size, &(struct conntrack_clock){1, 1}, &answers);
        free(copy);
      }
    }
  }
}

const struct CMUnitTest conntrack_tests[] = {
    cmocka_unit_test(a_question_names_one_connection),
    cmocka_unit_test(questions_of_every_protocol_fit),
    cmocka_unit_test(questions_alone_are_passed_on),
    cmocka_unit_test(the_end_of_an_answer_says_when_it_was_asked),
    cmocka_unit_test(times_are_moved_only_if_the_clock_was_set),
    cmocka_unit_test(errors_and_ends_are_noted),
    cmocka_unit_test(whatever_lengths_say_nothing_is_read_beyond_the_end),
};
const size_t conntrack_count = COUNT(conntrack_tests);
