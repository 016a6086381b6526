/* Logs and pcap files: everything that is whole is read, once, in order. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "testing.h"

static struct config config;
static struct engine engine;
static struct source source;
static picket_flow_event seen[64];
static size_t seen_count;

static void take(void *listener, const picket_flow_event *event, const float *record) {
  (void)listener, (void)record;
  if (seen_count < COUNT(seen)) seen[seen_count++] = *event;
}

static int set_up(const char *kind, const char *path, struct error *error) {
  static struct arena arena;
  picket_flow_configuration flow;
  char text[1024];
  snprintf(text, sizeof text, "[source]\nkind = \"%s\"\npath = \"%s\"\n", kind, path);
  parse(&config, text);
  engine_configure(&config, &flow);
  memset(&source, 0, sizeof source);
  source.operations = source_find(config.source.kind);
  source.descriptors[0] = source.descriptors[1] = -1;
  seen_count = 0;
  assert_int_equal(
      arena_open(&arena, engine_cost(&flow) + source.operations->memory(&config), error), 0);
  if (source.operations->open(&source, &config, &arena, error)) return -1;
  assert_int_equal(engine_open(&engine, &flow, &arena, error), 0);
  engine.listen = take;
  return 0;
}

static void read_all(void) {
  while (source.operations->read(&source, &engine) != SOURCE_END) continue;
  source.operations->close(&source);
}

/* The BEGIN or the END of connection `id`. */
static picket_flow_event event_of(uint64_t id, int kind) {
  picket_flow_event event = an_end();
  event.id = id;
  event.kind = (uint8_t)kind;
  event.source_port = (uint16_t)(1000 + id);
  if (kind == PICKET_FLOW_BEGIN) {
    event.reason = 0;
    event.end_ns = event.start_ns;
  }
  return event;
}

static void write_log(const char *path, uint64_t first, uint64_t last) {
  struct append_file file;
  struct error error;
  assert_int_equal(append_open(&file, path, 1 << 20, 2, PICKET_FLOW_LOG_BYTES, &error), 0);
  for (uint64_t id = first; id <= last; id++) {
    for (int kind = PICKET_FLOW_BEGIN; kind <= PICKET_FLOW_END; kind++) {
      const picket_flow_event event = event_of(id, kind);
      log_event(&file, &event);
    }
  }
  append_close(&file);
}

/* The path of the log that is written to, kept while `scratch` names others. */
static const char *newest_log(void) {
  static char path[512];
  snprintf(path, sizeof path, "%s", scratch("site.log"));
  return path;
}

static void rotated_logs_are_read_oldest_first(void **state) {
  struct error error;
  const char *path = newest_log();
  (void)state;
  write_log(scratch("site.log.2"), 1, 3);
  write_log(scratch("site.log.1"), 4, 6);
  write_log(path, 7, 8);
  expect(set_up("replay", path, &error) == 0, "%s", error.text);
  read_all();
  assert_int_equal(seen_count, 16);
  for (size_t i = 0; i < seen_count; i++) assert_int_equal(seen[i].id, i / 2 + 1);
  assert_int_equal(source.errors, 0);
}

/* A folder can be opened, and no read of it goes well. */
static void what_cannot_be_read_is_a_failure_at_the_end(void **state) {
  struct error error;
  const char *path = newest_log();
  (void)state;
  write_log(scratch("site.log.2"), 1, 2);
  assert_int_equal(mkdir(scratch("site.log.1"), 0700), 0);
  write_log(path, 3, 4);
  const int status = set_up("replay", path, &error);
  if (status == 0) read_all();
  rmdir(scratch("site.log.1"));
  expect(status == 0, "%s", error.text);
  assert_int_equal(seen_count, 8);
  assert_int_equal(source.errors, 1);
  assert_int_equal(source_status(&source, &error), -1);
  expect(holds(error.text, "site.log.1: Is a directory"), "%s", error.text);
}

static void a_log_that_is_not_there_is_refused(void **state) {
  struct error error;
  (void)state;
  write_log(scratch("site.log.1"), 1, 2);
  assert_int_equal(set_up("replay", scratch("site.log"), &error), -1);
  expect(holds(error.text, "site.log: No such file"), "%s", error.text);
}

static void torn_and_changed_records_are_counted_and_passed_over(void **state) {
  struct error error;
  const char *path = newest_log();
  size_t size;
  (void)state;
  write_log(path, 1, 3);
  char *bytes = slurp(path, &size);
  bytes[PICKET_FLOW_LOG_BYTES * 2 + 50] ^= 1;
  bytes[PICKET_FLOW_LOG_BYTES * 3] ^= 1;
  spill(path, bytes, size + 1);
  free(bytes);
  expect(set_up("replay", path, &error) == 0, "%s", error.text);
  read_all();
  assert_int_equal(seen_count, 4);
  assert_int_equal(seen[2].id, 3);
  assert_int_equal(source.errors, 3);
  assert_int_equal(source_status(&source, &error), 0);
}

static void a_run_that_began_anew_begins_a_new_session(void **state) {
  struct error error;
  const char *path = newest_log();
  (void)state;
  write_log(path, 1, 2);
  write_log(path, 1, 2);
  expect(set_up("replay", path, &error) == 0, "%s", error.text);
  read_all();
  assert_int_equal(seen_count, 8);
  assert_int_equal(engine.sessions, 2);
}

/* ---- pcap ---- */

static unsigned char file[4096];
static size_t length;
static int swaps;

static void put(uint32_t number, size_t size) {
  for (size_t i = 0; i < size; i++)
    file[length++] = (unsigned char)(number >> 8 * (swaps ? size - 1 - i : i));
}

static void put_packet(uint32_t seconds, uint32_t part, uint32_t captured) {
  /* IPv4, UDP, from 10.0.0.1 port 1000 to 192.0.2.1 port 53, four bytes. */
  static const unsigned char packet[] = {0x45, 0, 0, 32, 0, 0, 0, 0, 64, 17, 0, 0, 10, 0, 0, 1,
                                         192, 0, 2, 1, 3, 0xE8, 0, 53, 0, 12, 0, 0, 'a', 'b', 'c', 'd'};
  put(seconds, 4);
  put(part, 4);
  put(captured, 4);
  put(sizeof packet, 4);
  memcpy(file + length, packet, sizeof packet);
  length += captured < sizeof packet ? captured : sizeof packet;
}

static void put_header(uint32_t magic, uint32_t link) {
  length = 0;
  put(magic, 4);
  put(2, 2);
  put(4, 2);
  put(0, 4);
  put(0, 4);
  put(65535, 4);
  put(link, 4);
}

static void pcap_is_read_in_both_orders_and_units(void **state) {
  static const struct {
    uint32_t magic, unit;
  } kinds[] = {{0xA1B2C3D4, 1000}, {0xA1B23C4D, 1}};
  struct error error;
  (void)state;
  for (size_t i = 0; i < 4; i++) {
    swaps = i & 1;
    put_header(kinds[i / 2].magic, PICKET_FLOW_RAW);
    put_packet(1700000000, 7, 32);
    put_packet(1700000001, 8, 32);
    spill(scratch("capture"), file, length);
    expect(set_up("pcap", scratch("capture"), &error) == 0, "%s", error.text);
    read_all();
    engine_finish(&engine);
    assert_int_equal(source.inputs, 2);
    assert_int_equal(source.errors, 0);
    assert_int_equal(seen_count, 2);
    assert_true(seen[1].start_ns == 1700000000000000000u + 7 * (uint64_t)kinds[i / 2].unit);
    assert_int_equal(seen[1].packets[0], 2);
    assert_int_equal(seen[1].destination_port, 53);
  }
}

static void a_broken_capture_is_read_up_to_its_break(void **state) {
  static const struct {
    uint32_t captured;
    int is_torn; /* at the end of the file, as of a tcpdump that was killed */
  } broken[] = {{40, 1}, {262145, 0}, {0xFFFFFFFF, 0}};
  struct error error;
  (void)state;
  swaps = 0;
  for (size_t i = 0; i < COUNT(broken); i++) {
    put_header(0xA1B2C3D4, PICKET_FLOW_RAW);
    put_packet(1700000000, 0, 32);
    put_packet(1700000000, 0, broken[i].captured);
    spill(scratch("capture"), file, length);
    expect(set_up("pcap", scratch("capture"), &error) == 0, "%s", error.text);
    read_all();
    assert_int_equal(source.inputs, 1);
    assert_int_equal(source.errors, 1);
    assert_int_equal(source_status(&source, &error), broken[i].is_torn ? 0 : -1);
    if (!broken[i].is_torn) expect(holds(error.text, "packet 2 cannot have"), "%s", error.text);
  }
}

static void what_is_no_pcap_file_is_refused(void **state) {
  static const char newer[] = "\x0A\x0D\x0D\x0A and so on and so on and so on";
  static const char text[] = "some text that is longer than a header";
  struct error error;
  (void)state;
  spill(scratch("capture"), newer, sizeof newer);
  assert_int_equal(set_up("pcap", scratch("capture"), &error), -1);
  expect(holds(error.text, "editcap -F pcap"), "%s", error.text);
  spill(scratch("capture"), text, sizeof text);
  assert_int_equal(set_up("pcap", scratch("capture"), &error), -1);
  expect(holds(error.text, "not a pcap file"), "%s", error.text);
  spill(scratch("capture"), "short", 5);
  assert_int_equal(set_up("pcap", scratch("capture"), &error), -1);
  expect(holds(error.text, "shorter than the header"), "%s", error.text);
  put_header(0xA1B2C3D4, 105);
  put_packet(1700000000, 0, 32);
  spill(scratch("capture"), file, length);
  assert_int_equal(set_up("pcap", scratch("capture"), &error), -1);
  expect(holds(error.text, "link type is 105"), "%s", error.text);
  assert_int_equal(set_up("pcap", scratch_folder, &error), -1);
  expect(holds(error.text, "Is a directory"), "%s", error.text);
}

static void a_log_of_another_specification_is_not_continued(void **state) {
  static struct config learning;
  picket_flow_configuration flow;
  struct append_file log;
  struct error error;
  char text[1024];
  (void)state;
  snprintf(text, sizeof text, "[log]\npath = \"%s\"\n", scratch("site.log"));
  parse(&learning, text);
  engine_configure(&learning, &flow);
  expect(log_open(&log, &learning, &flow, &error) == 0, "%s", error.text);
  const picket_flow_event event = an_end();
  log_event(&log, &event);
  append_close(&log);
  expect(log_open(&log, &learning, &flow, &error) == 0, "%s", error.text);
  append_close(&log);
  flow.window_ns++;
  assert_int_equal(log_open(&log, &learning, &flow, &error), -1);
  expect(holds(error.text, "written with another [flow]"), "%s", error.text);
  append_close(&log);
}

static void a_log_is_not_begun_in_another_file(void **state) {
  static struct config learning;
  picket_flow_configuration flow;
  struct append_file log;
  struct error error;
  char text[1024];
  size_t size;
  (void)state;
  snprintf(text, sizeof text, "[log]\npath = \"%s\"\n", scratch("model.picket"));
  parse(&learning, text);
  engine_configure(&learning, &flow);
  spill(scratch("model.picket"), "PICKET: a model, of no whole records", 36);
  assert_int_equal(log_open(&log, &learning, &flow, &error), -1);
  expect(holds(error.text, "there is another file"), "%s", error.text);
  free(slurp(scratch("model.picket"), &size));
  assert_int_equal(size, 36);
}

/* It would read what it writes, for ever, and rotation would push out what was learned. */
static void a_replay_does_not_write_into_the_log_that_it_reads(void **state) {
  static struct config both;
  picket_flow_configuration flow;
  struct append_file log;
  struct error error;
  char text[2048];
  (void)state;
  const char *const path = scratch("site.log"), *const link = scratch("link.log");
  const char *const sources[] = {path, link, scratch("other.log")};
  write_log(path, 1, 2);
  assert_int_equal(symlink("site.log", link), 0);
  for (size_t i = 0; i < COUNT(sources); i++) {
    snprintf(text, sizeof text, "[source]\nkind = \"replay\"\npath = \"%s\"\n[log]\npath = \"%s\"\n",
             sources[i], path);
    parse(&both, text);
    engine_configure(&both, &flow);
    const int status = log_open(&log, &both, &flow, &error);
    expect(status == (i < 2 ? -1 : 0), "%s: %s", sources[i], error.text);
    if (status) expect(holds(error.text, "is what source.path reads"), "%s", error.text);
    append_close(&log);
  }
}

const struct CMUnitTest sources_tests[] = {
    cmocka_unit_test(rotated_logs_are_read_oldest_first),
    cmocka_unit_test(what_cannot_be_read_is_a_failure_at_the_end),
    cmocka_unit_test(a_log_that_is_not_there_is_refused),
    cmocka_unit_test(torn_and_changed_records_are_counted_and_passed_over),
    cmocka_unit_test(a_run_that_began_anew_begins_a_new_session),
    cmocka_unit_test(pcap_is_read_in_both_orders_and_units),
    cmocka_unit_test(a_broken_capture_is_read_up_to_its_break),
    cmocka_unit_test(what_is_no_pcap_file_is_refused),
    cmocka_unit_test(a_log_of_another_specification_is_not_continued),
    cmocka_unit_test(a_log_is_not_begun_in_another_file),
    cmocka_unit_test(a_replay_does_not_write_into_the_log_that_it_reads),
};
const size_t sources_count = COUNT(sources_tests);
