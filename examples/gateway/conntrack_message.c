#include "conntrack_message.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

enum { GET = NFNL_SUBSYS_CTNETLINK << 8 | IPCTNL_MSG_CT_GET };
enum { NEW = NFNL_SUBSYS_CTNETLINK << 8 | IPCTNL_MSG_CT_NEW };
/* An attribute type that the kernel does not use and readers skip. */
enum { LEFT_OUT = 0x3FFF };

/* A message that grows attribute by attribute. */
struct request {
  unsigned char *bytes;
  size_t length;
};

static void begin(struct request *request, unsigned char *bytes, int family, int flags) {
  struct nlmsghdr header = {0};
  struct nfgenmsg family_header = {0};
  header.nlmsg_type = GET;
  header.nlmsg_flags = (uint16_t)(NLM_F_REQUEST | flags);
  family_header.nfgen_family = (uint8_t)family;
  memset(bytes, 0, CONNTRACK_REQUEST);
  memcpy(bytes, &header, sizeof header);
  memcpy(bytes + sizeof header, &family_header, sizeof family_header);
  request->bytes = bytes;
  request->length = sizeof header + sizeof family_header;
}

static size_t end(struct request *request) {
  const uint32_t length = (uint32_t)request->length;
  memcpy(request->bytes, &length, sizeof length);
  return request->length;
}

static void put(struct request *request, int type, const void *value, size_t size) {
  const struct nlattr head = {(uint16_t)(sizeof head + size), (uint16_t)type};
  memcpy(request->bytes + request->length, &head, sizeof head);
  memcpy(request->bytes + request->length + sizeof head, value, size);
  request->length += NLA_ALIGN(sizeof head + size);
}

/* An attribute of attributes: its length is known when it is closed. */
static size_t open_nest(struct request *request, int type) {
  const size_t start = request->length;
  put(request, type | NLA_F_NESTED, "", 0);
  return start;
}

static void close_nest(struct request *request, size_t start) {
  const uint16_t length = (uint16_t)(request->length - start);
  memcpy(request->bytes + start, &length, sizeof length);
}

static void put_addresses(struct request *request, const picket_flow_event *event, int is_ipv4) {
  const size_t nest = open_nest(request, CTA_TUPLE_IP);
  if (is_ipv4) {
    put(request, CTA_IP_V4_SRC, event->source + 12, 4);
    put(request, CTA_IP_V4_DST, event->destination + 12, 4);
  } else {
    put(request, CTA_IP_V6_SRC, event->source, 16);
    put(request, CTA_IP_V6_DST, event->destination, 16);
  }
  close_nest(request, nest);
}

static void put_protocol(struct request *request, const picket_flow_event *event) {
  const size_t nest = open_nest(request, CTA_TUPLE_PROTO);
  const uint16_t source = htons(event->source_port), destination = htons(event->destination_port);
  put(request, CTA_PROTO_NUM, &event->protocol, 1);
  if (event->protocol == IPPROTO_TCP || event->protocol == IPPROTO_UDP) {
    put(request, CTA_PROTO_SRC_PORT, &source, 2);
    put(request, CTA_PROTO_DST_PORT, &destination, 2);
  } else {
    const int is_ipv4 = event->protocol == IPPROTO_ICMP;
    put(request, is_ipv4 ? CTA_PROTO_ICMP_ID : CTA_PROTO_ICMPV6_ID, &source, 2);
    put(request, is_ipv4 ? CTA_PROTO_ICMP_TYPE : CTA_PROTO_ICMPV6_TYPE, &event->icmp_type, 1);
    put(request, is_ipv4 ? CTA_PROTO_ICMP_CODE : CTA_PROTO_ICMPV6_CODE, &event->icmp_code, 1);
  }
  close_nest(request, nest);
}

size_t conntrack_ask_one(const picket_flow_event *event, unsigned char *bytes) {
  static const uint8_t ipv4[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  const int is_ipv4 = memcmp(event->source, ipv4, sizeof ipv4) == 0;
  struct request request;
  begin(&request, bytes, is_ipv4 ? AF_INET : AF_INET6, 0);
  const size_t nest = open_nest(&request, CTA_TUPLE_ORIG);
  put_addresses(&request, event, is_ipv4);
  put_protocol(&request, event);
  close_nest(&request, nest);
  return end(&request);
}

size_t conntrack_ask_all(unsigned char *bytes) {
  struct request request;
  begin(&request, bytes, AF_UNSPEC, NLM_F_DUMP);
  return end(&request);
}

size_t conntrack_end_all(uint32_t second, unsigned char *bytes) {
  const int32_t error = 0;
  const struct nlmsghdr header = {.nlmsg_len = sizeof header + sizeof error,
                                  .nlmsg_type = NLMSG_DONE, .nlmsg_flags = NLM_F_MULTI,
                                  .nlmsg_seq = second};
  memcpy(bytes, &header, sizeof header);
  memcpy(bytes + sizeof header, &error, sizeof error);
  return header.nlmsg_len;
}

int conntrack_is_question(const unsigned char *bytes, size_t size) {
  struct nlmsghdr header;
  if (size < sizeof header + sizeof(struct nfgenmsg) || size > CONNTRACK_REQUEST) return 0;
  memcpy(&header, bytes, sizeof header);
  return header.nlmsg_len == size && header.nlmsg_type == GET;
}

static void add_to_time(unsigned char *place, int64_t step_ns) {
  uint64_t time = 0;
  for (int i = 0; i < 8; i++) time = time << 8 | place[i];
  time += (uint64_t)step_ns;
  for (int i = 7; i >= 0; i--, time >>= 8) place[i] = (unsigned char)time;
}

/* The next attribute at *at of bytes[0 ... size - 1], or 0 at their end. */
static int next_attribute(const unsigned char *bytes, size_t size, size_t *at, struct nlattr *head) {
  if (*at >= size || size - *at < sizeof *head) return 0;
  memcpy(head, bytes + *at, sizeof *head);
  return head->nla_len >= sizeof *head && head->nla_len <= size - *at;
}

static void move_times(unsigned char *bytes, size_t size, int is_new, int64_t step_ns) {
  struct nlattr head;
  for (size_t at = 0; next_attribute(bytes, size, &at, &head); at += NLA_ALIGN(head.nla_len)) {
    const int type = head.nla_type & NLA_TYPE_MASK;
    if (head.nla_len != sizeof head + 8) continue;
    if (type == CTA_TIMESTAMP_STOP || (type == CTA_TIMESTAMP_START && is_new)) {
      add_to_time(bytes + at + sizeof head, step_ns);
    } else if (type == CTA_TIMESTAMP_START) {
      head.nla_type = LEFT_OUT;
      memcpy(bytes + at, &head, sizeof head);
    }
  }
}

static void move_message(unsigned char *bytes, size_t size, int is_new, int64_t step_ns) {
  struct nlattr head;
  for (size_t at = 0; next_attribute(bytes, size, &at, &head); at += NLA_ALIGN(head.nla_len))
    if ((head.nla_type & NLA_TYPE_MASK) == CTA_TIMESTAMP)
      move_times(bytes + at + sizeof head, head.nla_len - sizeof head, is_new, step_ns);
}

static void note_error(const unsigned char *body, size_t size, struct conntrack_answers *answers) {
  int32_t cause = 0;
  if (size >= sizeof cause) memcpy(&cause, body, sizeof cause);
  if (cause == -ENOENT)
    answers->missing++;
  else if (cause != 0)
    answers->errors++;
}

void conntrack_look(unsigned char *bytes, size_t size, const struct conntrack_clock *clock,
                    struct conntrack_answers *answers) {
  struct nlmsghdr header;
  for (size_t at = 0; size - at >= sizeof header; at += NLMSG_ALIGN(header.nlmsg_len)) {
    memcpy(&header, bytes + at, sizeof header);
    if (header.nlmsg_len < sizeof header || header.nlmsg_len > size - at) return;
    unsigned char *body = bytes + at + sizeof header;
    const size_t length = header.nlmsg_len - sizeof header;
    if (header.nlmsg_flags & NLM_F_DUMP_INTR) answers->dump_broken = 1;
    if (header.nlmsg_type == NLMSG_ERROR) note_error(body, length, answers);
    if (header.nlmsg_type == NLMSG_DONE) answers->dump_ended = 1;
    if (clock->was_set && header.nlmsg_type >> 8 == NFNL_SUBSYS_CTNETLINK &&
        length > sizeof(struct nfgenmsg)) {
      const int is_new = header.nlmsg_type == NEW && header.nlmsg_flags & NLM_F_CREATE;
      move_message(body + sizeof(struct nfgenmsg), length - sizeof(struct nfgenmsg), is_new,
                   clock->step_ns);
    }
    if (NLMSG_ALIGN(header.nlmsg_len) > size - at) return;
  }
}
