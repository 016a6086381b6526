/* What becomes of TCP connections, by their histories; of UDP and ICMP; and when they end. */
#include "testing.h"

/* The flag of a connection of this history. */
static uint8_t flag_of(const char *history) {
  bench *b = new_bench();
  converse(b, history, 4000);
  finish(b);
  assert_int_equal(count_told(b, PICKET_FLOW_END), 1);
  uint8_t flag = told(b, PICKET_FLOW_END, 0)->flag;
  assert_int_equal(record_of(b, 0)[FLAG], flag);
  free_bench(b);
  return flag;
}

static void every_flag_has_its_history(void **state) {
  (void)state;
  static const struct {
    const char *history;
    uint8_t flag;
  } known[] = {
      {"S", PICKET_FLOW_S0},        {"SSS", PICKET_FLOW_S0},      {"Sr", PICKET_FLOW_REJ},
      {"SR", PICKET_FLOW_RSTOS0},   {"SF", PICKET_FLOW_SH},       {"ShA", PICKET_FLOW_S1},
      {"ShADd", PICKET_FLOW_S1},    {"ShADF", PICKET_FLOW_S2},    {"ShADFa", PICKET_FLOW_S2},
      {"ShADf", PICKET_FLOW_S3},    {"ShADdFf", PICKET_FLOW_SF},  {"ShADdfF", PICKET_FLOW_SF},
      {"ShAFfA", PICKET_FLOW_SF},   {"ShADR", PICKET_FLOW_RSTO},  {"ShADr", PICKET_FLOW_RSTR},
      {"hr", PICKET_FLOW_RSTRH},    {"hf", PICKET_FLOW_SHR},      {"Dd", PICKET_FLOW_OTH},
      {"ShADFR", PICKET_FLOW_RSTO}, {"ShADFfR", PICKET_FLOW_SF},  {"ShAfFr", PICKET_FLOW_SF},
      {"ShADFr", PICKET_FLOW_RSTR}, {"d", PICKET_FLOW_OTH},       {"hADFf", PICKET_FLOW_SF},
      /* A RST behind the responder's own FIN, and then the originator's FIN: both have closed. */
      {"ShADfrF", PICKET_FLOW_SF},
      /* An acknowledgement before the answer to the SYN is none. */
      {"Sa", PICKET_FLOW_S0},       {"Sar", PICKET_FLOW_REJ},
      /* What was under way when it was first seen. */
      {"DdR", PICKET_FLOW_RSTOS0},  {"Ddr", PICKET_FLOW_RSTRH},   {"DdF", PICKET_FLOW_SH},
      {"Ddf", PICKET_FLOW_SHR},     {"DdFf", PICKET_FLOW_SF},
  };
  for (size_t i = 0; i < COUNT(known); i++)
    if (flag_of(known[i].history) != known[i].flag)
      fail_msg("%s is %s, not %s", known[i].history,
               picket_flow_category_name(FLAG, flag_of(known[i].history)),
               picket_flow_category_name(FLAG, known[i].flag));
}

static void both_ways_are_counted(void **state) {
  (void)state;
  bench *b = new_bench();
  converse(b, "ShADddFf", 4000);
  finish(b);
  const picket_flow_event *e = told(b, PICKET_FLOW_END, 0);
  assert_int_equal(e->packets[0], 4);
  assert_int_equal(e->packets[1], 4);
  assert_int_equal(e->payload[0], 100);
  assert_int_equal(e->payload[1], 200);
  assert_int_equal(e->bytes[0], 4 * 40 + 100);
  assert_int_equal(e->bytes[1], 4 * 40 + 200);
  assert_int_equal(e->tcp_flags[0], SYN | ACK | PSH | FIN);
  assert_int_equal(e->tcp_flags[1], SYN | ACK | PSH | FIN);
  assert_int_equal(e->start_ns, START);
  assert_int_equal(e->end_ns, START + 7 * SECOND);
  assert_int_equal(e->source[15], 1);
  assert_int_equal(e->destination_port, 80);
  assert_int_equal(record_of(b, 0)[DURATION], 7);
  assert_int_equal(record_of(b, 0)[SRC_BYTES], 100);
  assert_int_equal(record_of(b, 0)[DST_BYTES], 200);
  free_bench(b);
}

static void a_late_packet_counts_but_does_not_prolong(void **state) {
  (void)state;
  bench *b = new_bench();
  converse(b, "ShADdFfA", 4000);
  finish(b);
  assert_int_equal(told(b, PICKET_FLOW_END, 0)->packets[0], 5);
  assert_int_equal(told(b, PICKET_FLOW_END, 0)->end_ns, START + 6 * SECOND);
  free_bench(b);
}

static void a_SYN_ACK_alone_is_an_answer(void **state) {
  (void)state;
  bench *b = new_bench();
  converse(b, "hD", 4000);
  const picket_flow_event *e = told(b, PICKET_FLOW_BEGIN, 0);
  assert_int_equal(e->source[15], 1);
  assert_int_equal(e->source_port, 4000);
  assert_int_equal(e->packets[0], 0);
  assert_int_equal(e->packets[1], 1);
  free_bench(b);
}

static void a_host_may_talk_to_itself(void **state) {
  (void)state;
  bench *b = new_bench();
  send_packet(b, &(segment){.from = 1, .to = 1, .from_port = 4000, .to_port = 80, .flags = SYN});
  send_packet(b, &(segment){.from = 1, .to = 1, .from_port = 80, .to_port = 4000, .flags = SYN | ACK});
  assert_int_equal(b->told, 1);
  finish(b);
  assert_int_equal(told(b, PICKET_FLOW_END, 0)->packets[0], 1);
  assert_int_equal(told(b, PICKET_FLOW_END, 0)->packets[1], 1);
  assert_int_equal(told(b, PICKET_FLOW_END, 0)->flag, PICKET_FLOW_S1);
  free_bench(b);
}

static void datagrams_are_conversations_with_the_flag_SF(void **state) {
  (void)state;
  bench *b = new_bench();
  send_packet(b, &(segment){.protocol = 17, .from = 1, .to = 2, .from_port = 999, .to_port = 53,
                            .payload = 30});
  b->now += SECOND / 2;
  send_packet(b, &(segment){.protocol = 17, .from = 2, .to = 1, .from_port = 53, .to_port = 999,
                            .payload = 200});
  assert_int_equal(b->told, 1);
  finish(b);
  const picket_flow_event *e = told(b, PICKET_FLOW_END, 0);
  assert_int_equal(e->flag, PICKET_FLOW_SF);
  assert_int_equal(e->payload[0], 30);
  assert_int_equal(e->payload[1], 200);
  assert_int_equal(e->bytes[1], 228);
  assert_int_equal(e->end_ns - e->start_ns, SECOND / 2);
  free_bench(b);
}

static void an_echo_and_its_reply_are_one_exchange(void **state) {
  (void)state;
  static const uint8_t protocol[] = {1, 58}, request[] = {8, 128}, reply[] = {0, 129};
  for (size_t i = 0; i < 2; i++) {
    bench *b = new_bench();
    uint8_t version = i == 0 ? 4 : 6;
    segment s = {.version = version, .protocol = protocol[i], .from = 1, .to = 2,
                 .from_port = (uint16_t)(request[i] << 8), .to_port = 77, .payload = 48};
    send_packet(b, &s);
    s.from = 2, s.to = 1, s.from_port = (uint16_t)(reply[i] << 8);
    send_packet(b, &s);
    s.to_port = 78; /* another identifier: another exchange */
    send_packet(b, &s);
    assert_int_equal(count_told(b, PICKET_FLOW_BEGIN), 2);
    finish(b);
    const picket_flow_event *e = told(b, PICKET_FLOW_END, 0);
    if (e->packets[1] == 0) e = told(b, PICKET_FLOW_END, 1);
    assert_int_equal(e->packets[0], 1);
    assert_int_equal(e->packets[1], 1);
    assert_int_equal(e->payload[0], 48);
    assert_int_equal(e->icmp_type, request[i]);
    assert_int_equal(e->source_port, 77);
    free_bench(b);
  }
}

/* As a gateway that looks at its own addresses sees it: the address does not tell who answers. */
static void a_host_may_ping_itself(void **state) {
  (void)state;
  static const uint8_t protocol[] = {1, 58}, request[] = {8, 128}, reply[] = {0, 129};
  for (size_t i = 0; i < 2; i++) {
    bench *b = new_bench();
    segment s = {.version = i == 0 ? 4 : 6, .protocol = protocol[i], .from = 1, .to = 1,
                 .from_port = (uint16_t)(request[i] << 8), .to_port = 77, .payload = 48};
    for (int n = 0; n < 2; n++) {
      s.from_port = (uint16_t)(request[i] << 8);
      send_packet(b, &s);
      s.from_port = (uint16_t)(reply[i] << 8);
      send_packet(b, &s);
    }
    finish(b);
    assert_int_equal(count_told(b, PICKET_FLOW_END), 1);
    assert_int_equal(told(b, PICKET_FLOW_END, 0)->packets[0], 2);
    assert_int_equal(told(b, PICKET_FLOW_END, 0)->packets[1], 2);
    free_bench(b);
  }
}

const struct CMUnitTest states_tests[] = {
    cmocka_unit_test(a_host_may_ping_itself),
    cmocka_unit_test(every_flag_has_its_history),
    cmocka_unit_test(both_ways_are_counted),
    cmocka_unit_test(a_late_packet_counts_but_does_not_prolong),
    cmocka_unit_test(a_SYN_ACK_alone_is_an_answer),
    cmocka_unit_test(a_host_may_talk_to_itself),
    cmocka_unit_test(datagrams_are_conversations_with_the_flag_SF),
    cmocka_unit_test(an_echo_and_its_reply_are_one_exchange),
};
const size_t states_count = COUNT(states_tests);
