/* The configuration: defaults, ranges, and errors that name file and line. */
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pid_file.h"
#include "testing.h"

static const char *refusal(const char *text) {
  static char copy[CONFIG_FILE_BYTES];
  static struct error error;
  static struct config config;
  snprintf(copy, sizeof copy, "%s", text);
  if (config_parse(&config, "test.toml", copy, strlen(copy), &error) == 0) return "taken";
  return error.text;
}

static void an_empty_file_gives_the_defaults(void **state) {
  struct config config;
  (void)state;
  parse(&config, "");
  assert_int_equal(config.source.kind, SOURCE_CONNTRACK);
  assert_int_equal(config.flow.connections, 4096);
  assert_int_equal(config.flow.window_ns, 2000000000);
  assert_float_equal(config.alert.budget, 0.001f, 0);
  assert_int_equal(config.alert.same, SAME_SOURCE | SAME_REASON);
  assert_int_equal(config.host_count, 0);
}

static void values_arrive_where_they_belong(void **state) {
  struct config config;
  (void)state;
  parse(&config, "[source]\nkind = \"pcap\"\npath = \"/x\"\n[flow]\nopen_seconds = 0.25\n"
                 "bytes = \"payload\"\n[alert]\nsame = [\"destination\", \"service\"]\nbudget = 0.5\n"
                 "[learn]\nconnections = 5000000000\nseconds = 8640000\n[log]\nwhile_running = true\n");
  assert_int_equal(config.source.kind, SOURCE_PCAP);
  assert_string_equal(config.source.path, "/x");
  assert_int_equal(config.flow.open_ns, 250000000);
  assert_int_equal(config.flow.byte_count, 1);
  assert_int_equal(config.alert.same, SAME_DESTINATION | SAME_SERVICE);
  assert_true(config.learn.connections == 5000000000u);
  assert_true(config.learn.time_ns == 8640000000000000u);
  assert_int_equal(config.log.while_running, 1);
}

static void hosts_are_read_one_by_one(void **state) {
  struct config config;
  (void)state;
  parse(&config, "[[host]]\naddress = \"192.0.2.0/24\"\nbudget = 0.01\nport = 22\n"
                 "[[host]]\naddress = \"2001:db8::1\"\nexclude = true\nside = \"source\"\n");
  assert_int_equal(config.host_count, 2);
  assert_int_equal(config.hosts[0].port, 22);
  assert_int_equal(config.hosts[0].prefix.bits, 120);
  assert_int_equal(config.hosts[1].side, HOST_SOURCE);
  assert_int_equal(config.hosts[1].port, 0);
  assert_int_equal(config.hosts[1].prefix.bits, 128);
}

static void what_is_wrong_names_file_and_line(void **state) {
  static const struct {
    const char *text, *says;
  } cases[] = {
      {"x = 1", "test.toml:1: x stands before the first [table]"},
      {"[nosuch]", "test.toml:1: there is no table [nosuch]"},
      {"[flow]\n\nconections = 5", "test.toml:3: [flow] has no key 'conections'"},
      {"[flow]\nconnections = 5", "test.toml:2: flow.connections is 5, expected a number from 16"},
      {"[flow]\nconnections = 5.5", "test.toml:2: flow.connections is a number, expected a whole"},
      {"[flow]\nconnections = 99\nconnections = 98", "test.toml:3: flow.connections is given twice"},
      {"[flow]\n[log]\n[flow]", "test.toml:3: [flow] is given twice"},
      {"[[flow]]", "test.toml:1: expected [table]"},
      {"[host]", "test.toml:1: expected [[host]]"},
      {"[source]\nkind = \"wire\"", "test.toml:2: source.kind: \"wire\" is none of: conntrack"},
      {"[source]\nkind = 1", "expected a \"string\""},
      {"[alert]\nbudget = 1", "expected a number above 0 and below 1"},
      {"[alert]\nbudget = 0", "expected a number above 0 and below 1"},
      {"[alert]\nbudget = -0.5", "expected a number above 0 and below 1"},
      /* As a float, which is what is kept, the first is 0 and the second 1. */
      {"[[host]]\naddress = \"::1\"\nbudget = 1e-60", "test.toml:3: host.budget is 1e-60, expected a number above"},
      {"[alert]\nbudget = 0.99999999999", "expected a number above 0 and below 1"},
      {"[alert]\nsame = [\"sauce\"]", "\"sauce\" is none of: source destination service reason"},
      {"[output]\nsyslog = 1", "expected true or false"},
      {"[source]\ninterface = \"abcdefghijklmnop\"", "more than 15 characters"},
      {"[[host]]\naddress = \"192.0.2.1/24\"\nexclude = true", "expected an address or a network"},
      {"[[host]]\nexclude = true", "expected an address or a network"},
      {"[[host]]\naddress = \"192.0.2.1\"", "either a budget or exclude"},
      {"[[host]]\naddress = \"192.0.2.1\"\nbudget = 0.1\nexclude = true\n[log]", "test.toml:1: [[host]]"},
      {"[source]\nkind = \"replay\"", "test.toml: source.path is missing"},
      {"[source]\nkind = \"interface\"", "test.toml: source.interface is missing"},
      {"[flow]\nstarts = 1500\n", "test.toml:2: flow.starts is 1500, expected a power of two"},
      {"[source]\nlisten = \"2055\"\n", "test.toml:2: source.listen is \"2055\", expected ADDRESS:PORT or"},
      {"[flow]\nbytes = \"payload\"", "which this source does not count"},
      /* Files that would replace or cut each other; a device is no such, and a log may be read and not written. */
      {"[log]\npath = \"a\"\n[output]\npath = \"a\"", "test.toml: log.path and output.path are one file, a"},
      {"[metrics]\npath = \"a\"\n[model]\npath = \"a\"", "metrics.path and model.path are one file"},
      {"[control]\npid_file = \"a\"\n[output]\nhook = \"a\"", "control.pid_file and output.hook are one file"},
      {"[source]\nkind = \"pcap\"\npath = \"a\"\n[log]\npath = \"a\"", "log.path and source.path are one file"},
      {"[metrics]\npath = \"/dev/null\"\n[output]\npath = \"/dev/null\"", "taken"},
      {"[source]\nkind = \"replay\"\npath = \"a\"\n[log]\npath = \"a\"", "taken"},
      {"\xEF\xBB\xBF[flow]\nconections = 5", "test.toml:2: [flow] has no key 'conections'"},
  };
  (void)state;
  for (size_t i = 0; i < COUNT(cases); i++) {
    const char *found = refusal(cases[i].text);
    expect(holds(found, cases[i].says), "'%s': %s", cases[i].text, found);
  }
}

static void without_a_process_file_a_reload_says_so(void **state) {
  struct error error;
  (void)state;
  assert_int_equal(pid_file_holder("", &error), -1);
  expect(holds(error.text, "control.pid_file is \"\""), "%s", error.text);
}

static void a_key_may_be_given_in_each_host(void **state) {
  struct config config;
  char text[8192] = "";
  (void)state;
  for (int i = 0; i < CONFIG_MAX_HOSTS; i++)
    strcat(text, "[[host]]\naddress = \"192.0.2.1\"\nexclude = true\n");
  parse(&config, text);
  assert_int_equal(config.host_count, CONFIG_MAX_HOSTS);
  strcat(text, "[[host]]\n");
  expect(holds(refusal(text), "more than 128 [[host]]"), "%s", refusal(text));
}

static void a_file_that_is_not_there_or_too_long_is_refused(void **state) {
  static char blanks[CONFIG_FILE_BYTES];
  struct config config;
  struct error error;
  (void)state;
  assert_int_equal(config_load(&config, scratch("none"), &error), -1);
  expect(holds(error.text, "No such file"), "%s", error.text);
  memset(blanks, '\n', sizeof blanks);
  spill(scratch("long"), blanks, sizeof blanks);
  assert_int_equal(config_load(&config, scratch("long"), &error), -1);
  expect(holds(error.text, "less than 65536 bytes"), "%s", error.text);
}

/* Signals would wait as well, and a reload for ever. */
static void a_pipe_without_a_writer_is_not_waited_for(void **state) {
  struct config config;
  struct error error;
  (void)state;
  assert_int_equal(mkfifo(scratch("pipe"), 0600), 0);
  alarm(10);
  assert_int_equal(config_load(&config, scratch("pipe"), &error), 0);
  alarm(0);
}

static void the_list_of_keys_fits_the_reader(void **state) {
  (void)state;
  /* A bit of 64 for each key: config.c. */
  assert_true(config_key_count <= 64);
}

const struct CMUnitTest config_tests[] = {
    cmocka_unit_test(an_empty_file_gives_the_defaults),
    cmocka_unit_test(values_arrive_where_they_belong),
    cmocka_unit_test(hosts_are_read_one_by_one),
    cmocka_unit_test(what_is_wrong_names_file_and_line),
    cmocka_unit_test(without_a_process_file_a_reload_says_so),
    cmocka_unit_test(a_key_may_be_given_in_each_host),
    cmocka_unit_test(a_file_that_is_not_there_or_too_long_is_refused),
    cmocka_unit_test(a_pipe_without_a_writer_is_not_waited_for),
    cmocka_unit_test(the_list_of_keys_fits_the_reader),
};
const size_t config_count = COUNT(config_tests);
