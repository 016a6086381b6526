/* Files that grow: whole pieces, rotation, and what happens when they cannot. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "testing.h"

static struct append_file file;
static char path[1024];

static void open_file(uint64_t most, uint32_t files, uint32_t piece) {
  struct error error;
  snprintf(path, sizeof path, "%s", scratch("pieces"));
  expect(append_open(&file, path, most, files, piece, &error) == 0, "%s", error.text);
}

static void expect_file(const char *name, const char *wanted) {
  char *text = slurp(scratch(name), NULL);
  expect(text && strcmp(text, wanted) == 0, "%s holds '%s'", name, text ? text : "nothing");
  free(text);
}

static void a_torn_record_is_cut_off_at_the_start(void **state) {
  (void)state;
  spill(scratch("pieces"), "AAAABBBBCC", 10);
  open_file(1000, 2, 4);
  assert_int_equal(append_write(&file, "DDDD", 4), 0);
  append_close(&file);
  expect_file("pieces", "AAAABBBBDDDD");
}

static void a_torn_line_is_cut_off_at_the_start(void **state) {
  (void)state;
  spill(scratch("pieces"), "one\ntwo\nthr", 11);
  open_file(1000, 2, 0);
  assert_int_equal(append_write(&file, "four\n", 5), 0);
  append_close(&file);
  expect_file("pieces", "one\ntwo\nfour\n");
}

static void a_file_of_one_long_torn_line_becomes_empty(void **state) {
  static char line[3000];
  (void)state;
  memset(line, 'x', sizeof line);
  spill(scratch("pieces"), line, sizeof line);
  open_file(10000, 2, 0);
  append_close(&file);
  expect_file("pieces", "");
}

static void files_rotate_and_the_oldest_goes(void **state) {
  (void)state;
  open_file(8, 3, 4);
  for (char c = 'A'; c <= 'I'; c++) {
    const char piece[4] = {c, c, c, c};
    assert_int_equal(append_write(&file, piece, 4), 0);
  }
  append_close(&file);
  expect_file("pieces", "IIII");
  expect_file("pieces.1", "GGGGHHHH");
  expect_file("pieces.2", "EEEEFFFF");
  assert_int_not_equal(access(scratch("pieces.3"), F_OK), 0);
  assert_int_equal(file.lost, 0);
}

static void a_single_file_starts_anew(void **state) {
  (void)state;
  open_file(8, 1, 4);
  for (int i = 0; i < 3; i++) assert_int_equal(append_write(&file, "AAAA", 4), 0);
  append_close(&file);
  expect_file("pieces", "AAAA");
  assert_int_not_equal(access(scratch("pieces.1"), F_OK), 0);
}

static void a_file_that_was_moved_away_is_opened_anew(void **state) {
  (void)state;
  open_file(1000, 2, 4);
  append_write(&file, "AAAA", 4);
  assert_int_equal(rename(path, scratch("moved")), 0);
  append_tend(&file);
  append_write(&file, "BBBB", 4);
  append_close(&file);
  expect_file("moved", "AAAA");
  expect_file("pieces", "BBBB");
}

static void a_directory_that_was_removed_costs_what_comes_meanwhile(void **state) {
  char folder[512];
  struct error error;
  (void)state;
  snprintf(folder, sizeof folder, "%s", scratch("folder"));
  snprintf(path, sizeof path, "%s/pieces", folder);
  assert_int_equal(mkdir(folder, 0700), 0);
  assert_int_equal(append_open(&file, path, 1000, 2, 4, &error), 0);
  append_write(&file, "AAAA", 4);
  assert_int_equal(unlink(path), 0);
  assert_int_equal(rmdir(folder), 0);
  append_tend(&file);
  assert_int_equal(append_write(&file, "BBBB", 4), -1);
  assert_int_equal(file.lost, 1);
  append_tend(&file);
  assert_int_equal(mkdir(folder, 0700), 0);
  append_tend(&file);
  assert_int_equal(append_write(&file, "CCCC", 4), 0);
  append_close(&file);
  expect_file("folder/pieces", "CCCC");
  unlink(path);
  rmdir(folder);
}

static void a_full_disk_leaves_whole_pieces(void **state) {
  struct error error;
  (void)state;
  if (access("/dev/full", W_OK)) skip();
  assert_int_equal(append_open(&file, "/dev/full", 1000, 2, 4, &error), 0);
  assert_int_equal(append_write(&file, "AAAA", 4), -1);
  assert_int_equal(append_write(&file, "AAAABBBB", 8), -1);
  assert_int_equal(file.lost, 3);
  append_close(&file);
}

const struct CMUnitTest append_tests[] = {
    cmocka_unit_test(a_torn_record_is_cut_off_at_the_start),
    cmocka_unit_test(a_torn_line_is_cut_off_at_the_start),
    cmocka_unit_test(a_file_of_one_long_torn_line_becomes_empty),
    cmocka_unit_test(files_rotate_and_the_oldest_goes),
    cmocka_unit_test(a_single_file_starts_anew),
    cmocka_unit_test(a_file_that_was_moved_away_is_opened_anew),
    cmocka_unit_test(a_directory_that_was_removed_costs_what_comes_meanwhile),
    cmocka_unit_test(a_full_disk_leaves_whole_pieces),
};
const size_t append_count = COUNT(append_tests);
