/* Files that grow: whole pieces, rotation, and what happens when they cannot. */
#include <fcntl.h>
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

/* It is rotated by what it has, and a torn piece is cut off where it is. */
static void a_file_that_was_emptied_begins_at_nothing(void **state) {
  (void)state;
  open_file(8, 2, 4);
  append_write(&file, "AAAA", 4);
  assert_int_equal(truncate(path, 0), 0);
  append_tend(&file);
  append_write(&file, "BBBB", 4);
  append_write(&file, "CCCC", 4);
  append_close(&file);
  expect_file("pieces", "BBBBCCCC");
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

/* Its reader would get nothing more, and a regular file would grow in its place. */
static void a_pipe_is_not_rotated(void **state) {
  struct stat status;
  char read_back[64];
  (void)state;
  assert_int_equal(mkfifo(scratch("pieces"), 0600), 0);
  const int reader = open(scratch("pieces"), O_RDONLY | O_NONBLOCK);
  open_file(8, 2, 0);
  for (int i = 0; i < 5; i++) assert_int_equal(append_write(&file, "one\n", 4), 0);
  assert_int_equal(read(reader, read_back, sizeof read_back), 20);
  append_close(&file);
  close(reader);
  assert_int_equal(stat(scratch("pieces"), &status), 0);
  assert_true(S_ISFIFO(status.st_mode));
}

/* As where the folder is root's and the file alone is the service's. */
static void a_file_that_cannot_be_rotated_grows_on_and_says_so_once_in_a_while(void **state) {
  size_t size = 0, said = 0;
  (void)state;
  assert_int_equal(mkdir(scratch("pieces.1"), 0700), 0);
  open_file(100, 2, 4);
  const int before = divert("said");
  for (int i = 0; i < 250; i++) append_write(&file, "AAAA", 4);
  dup2(before, 2);
  close(before);
  append_close(&file);
  rmdir(scratch("pieces.1"));
  free(slurp(scratch("pieces"), &size));
  assert_int_equal(size, 1000);
  assert_int_equal(file.lost, 0);
  char *text = slurp(scratch("said"), NULL);
  expect(holds(text, "rotation: Is a directory; it grows on"), "%s", text);
  for (const char *at = text; (at = strchr(at, '\n')); at++) said++;
  expect(said <= 10, "%zu lines: %s", said, text);
  free(text);
}

/* A word wrong in a configuration must not cost a model, or a book-keeper's file. */
static void a_file_of_another_kind_is_left_alone(void **state) {
  struct error error;
  (void)state;
  assert_int_equal(append_suits(scratch("pieces"), "{", &error), 0);
  spill(scratch("pieces"), "", 0);
  assert_int_equal(append_suits(scratch("pieces"), "{", &error), 0);
  spill(scratch("pieces"), "{\"type\"", 7);
  assert_int_equal(append_suits(scratch("pieces"), "{", &error), 0);
  assert_int_equal(append_suits(scratch("pieces"), "PFL1", &error), -1);
  expect(holds(error.text, "there is another file"), "%s", error.text);
  /* Torn within its first bytes, or of zeros, as a loss of power leaves it. */
  spill(scratch("pieces"), "PF", 2);
  assert_int_equal(append_suits(scratch("pieces"), "PFL1", &error), 0);
  spill(scratch("pieces"), "\0\0\0\0", 4);
  assert_int_equal(append_suits(scratch("pieces"), "PFL1", &error), 0);
  assert_int_equal(append_suits("/dev/null", "PFL1", &error), 0);
}

static void records_have_one_writer(void **state) {
  struct append_file other;
  struct error error;
  (void)state;
  open_file(1000, 2, 4);
  assert_int_equal(append_open(&other, path, 1000, 2, 4, &error), -1);
  expect(holds(error.text, "another picketd writes it"), "%s", error.text);
  append_close(&file);
  expect(append_open(&other, path, 1000, 2, 4, &error) == 0, "%s", error.text);
  append_close(&other);
}

const struct CMUnitTest append_tests[] = {
    cmocka_unit_test(a_file_that_was_emptied_begins_at_nothing),
    cmocka_unit_test(a_pipe_is_not_rotated),
    cmocka_unit_test(a_file_that_cannot_be_rotated_grows_on_and_says_so_once_in_a_while),
    cmocka_unit_test(a_file_of_another_kind_is_left_alone),
    cmocka_unit_test(records_have_one_writer),
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
