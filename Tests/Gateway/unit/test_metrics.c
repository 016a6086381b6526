/* The file of counters. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "replace.h"
#include "testing.h"

static struct engine engine;
static struct source source;
static struct counts counts;
static struct model model;
static struct cooldown cooldown;
static struct append_file log_file, alerts;
static struct hook hook;
static struct journal journal;

static struct metrics all(void) {
  static struct arena arena;
  static struct config config;
  picket_flow_configuration flow;
  struct error error;
  parse(&config, "");
  engine_configure(&config, &flow);
  assert_int_equal(arena_open(&arena, engine_cost(&flow), &error), 0);
  assert_int_equal(engine_open(&engine, &flow, &arena, &error), 0);
  return (struct metrics){&counts, &engine, &source, &model, NULL, &cooldown, &log_file, &alerts,
                          &hook, &journal};
}

static void every_counter_has_help_and_type(void **state) {
  const struct metrics metrics = all();
  struct error error;
  (void)state;
  assert_int_equal(metrics_write(&metrics, scratch("prom"), &error), 0);
  char *text = slurp(scratch("prom"), NULL), *rest = text, name[128] = "", *line;
  size_t samples = 0;
  while ((line = strsep(&rest, "\n")) && *line) {
    char sample[128];
    if (sscanf(line, "# TYPE %127s", name) == 1 || strncmp(line, "# HELP ", 7) == 0) continue;
    assert_int_equal(sscanf(line, "%127[a-z_]", sample), 1);
    expect(strncmp(sample, name, strlen(name)) == 0, "'%s' stands under '%s'", line, name);
    samples++;
  }
  expect(samples > 40, "%zu samples", samples);
  free(text);
}

static void the_histogram_is_cumulative(void **state) {
  const struct metrics metrics = all();
  struct error error;
  (void)state;
  memset(&counts, 0, sizeof counts);
  counts_add(&counts, 0.0001);
  counts_add(&counts, 0.0002);
  counts_add(&counts, 0.5);
  counts_add(&counts, 1);
  assert_int_equal(metrics_write(&metrics, scratch("prom"), &error), 0);
  char *text = slurp(scratch("prom"), NULL);
  expect(holds(text, "_bucket{le=\"0.0001\"} 1\n"), "%s", text);
  expect(holds(text, "_bucket{le=\"0.001\"} 2\n"), "%s", text);
  expect(holds(text, "_bucket{le=\"0.25\"} 2\n"), "%s", text);
  expect(holds(text, "_bucket{le=\"0.5\"} 3\n"), "%s", text);
  expect(holds(text, "_bucket{le=\"+Inf\"} 4\n"), "%s", text);
  expect(holds(text, "_sum 1.5003\npicketd_score_p_value_count 4\n"), "%s", text);
  free(text);
}

static void the_old_file_stays_if_the_new_one_cannot_be_written(void **state) {
  const struct metrics metrics = all();
  struct error error;
  char path[600];
  (void)state;
  snprintf(path, sizeof path, "%s/none/prom", scratch_folder);
  assert_int_equal(metrics_write(&metrics, path, &error), -1);
  expect(holds(error.text, "No such file"), "%s", error.text);
  spill(scratch("prom"), "old", 3);
  /* A link to where nothing can be written: the text goes there before it takes the old one's place. */
  assert_int_equal(symlink("/dev/full", scratch("prom.new")), 0);
  assert_int_equal(metrics_write(&metrics, scratch("prom"), &error), -1);
  expect(holds(error.text, "No space left"), "%s", error.text);
  char *text = slurp(scratch("prom"), NULL);
  assert_string_equal(text, "old");
  free(text);
  assert_int_not_equal(access(scratch("prom.new"), F_OK), 0);
}

/* A node exporter is another user; a service has a umask that keeps its log from others. */
static void everybody_may_read_it_whatever_the_umask(void **state) {
  const struct metrics metrics = all();
  struct error error;
  struct stat status;
  (void)state;
  const mode_t before = umask(0027);
  const int written = metrics_write(&metrics, scratch("prom"), &error);
  const int replaced = replace_file(scratch("own"), "own", 3, REPLACE_FOR_OWN);
  umask(before);
  assert_int_equal(written | replaced, 0);
  assert_int_equal(stat(scratch("prom"), &status), 0);
  assert_int_equal(status.st_mode & 0777, 0644);
  assert_int_equal(stat(scratch("own"), &status), 0);
  assert_int_equal(status.st_mode & 0777, 0640);
}

/* Every tenth of a second, perhaps, for as long as a disk is full. */
static void what_is_wrong_is_said_once(void **state) {
  const struct metrics metrics = all();
  char path[600];
  (void)state;
  snprintf(path, sizeof path, "%s/none/prom", scratch_folder);
  const int before = divert("said");
  for (int i = 0; i < 3; i++) metrics_keep(&metrics, path);
  metrics_keep(&metrics, scratch("prom"));
  metrics_keep(&metrics, path);
  dup2(before, 2);
  close(before);
  char *text = slurp(scratch("said"), NULL);
  const char *first = strchr(text, '\n');
  expect(first && strncmp(text, first + 1, (size_t)(first + 1 - text)) == 0 &&
         strlen(text) == 2 * (size_t)(first + 1 - text), "%s", text);
  free(text);
}

/* As root it took the place of /dev/null. */
static void a_pipe_or_a_device_is_written_into(void **state) {
  const struct metrics metrics = all();
  struct error error;
  struct stat status;
  char text[64];
  (void)state;
  assert_int_equal(mkfifo(scratch("prom"), 0600), 0);
  const int reader = open(scratch("prom"), O_RDONLY | O_NONBLOCK);
  assert_int_equal(metrics_write(&metrics, scratch("prom"), &error), 0);
  assert_int_equal(read(reader, text, sizeof text), sizeof text);
  expect(strncmp(text, "# HELP ", 7) == 0, "%.64s", text);
  close(reader);
  assert_int_equal(metrics_write(&metrics, scratch("prom"), &error), -1);
  assert_int_equal(stat(scratch("prom"), &status), 0);
  assert_true(S_ISFIFO(status.st_mode));
  assert_int_equal(status.st_mode & 0777, 0600);
}

static void a_link_stays_one(void **state) {
  const struct metrics metrics = all();
  struct error error;
  struct stat status;
  (void)state;
  spill(scratch("target"), "old", 3);
  assert_int_equal(symlink("target", scratch("prom")), 0);
  assert_int_equal(metrics_write(&metrics, scratch("prom"), &error), 0);
  assert_int_equal(lstat(scratch("prom"), &status), 0);
  assert_true(S_ISLNK(status.st_mode));
  char *text = slurp(scratch("target"), NULL);
  expect(holds(text, "# HELP "), "%s", text);
  free(text);
}

const struct CMUnitTest metrics_tests[] = {
    cmocka_unit_test(what_is_wrong_is_said_once),
    cmocka_unit_test(a_pipe_or_a_device_is_written_into),
    cmocka_unit_test(a_link_stays_one),
    cmocka_unit_test(every_counter_has_help_and_type),
    cmocka_unit_test(the_histogram_is_cumulative),
    cmocka_unit_test(everybody_may_read_it_whatever_the_umask),
    cmocka_unit_test(the_old_file_stays_if_the_new_one_cannot_be_written),
};
const size_t metrics_count = COUNT(metrics_tests);
