/* A source that is a pipe: what has not come yet is not waited for. */
#include <stdio.h>
#include <unistd.h>

#include "reader.h"

#include "testing.h"

static void a_reader_of_a_pipe_does_not_wait(void **state) {
  unsigned char buffer[16];
  struct reader reader;
  int ends[2], input = dup(0);
  (void)state;
  assert_int_equal(pipe(ends), 0);
  assert_int_equal(dup2(ends[0], 0), 0);
  assert_int_equal(reader_open(&reader, "-", buffer, sizeof buffer), 0);
  assert_int_equal(dup2(input, 0), 0);
  assert_true(reader_waits(&reader, 4));
  assert_int_equal(write(ends[1], "abc", 3), 3);
  assert_true(reader_waits(&reader, 4));
  assert_int_equal(write(ends[1], "defgh", 5), 5);
  assert_false(reader_waits(&reader, 4));
  assert_memory_equal(reader_peek(&reader, 4), "abcd", 4);
  assert_memory_equal(reader_take(&reader, 6), "abcdef", 6);
  assert_true(reader_waits(&reader, 3));
  close(ends[1]);
  /* Two are left, and no more will come. */
  assert_false(reader_waits(&reader, 3));
  assert_int_equal(reader_has(&reader, 3), 2);
  assert_null(reader_take(&reader, 3));
  reader_close(&reader);
  close(ends[0]);
  close(input);
}

const struct CMUnitTest pipe_tests[] = {
    cmocka_unit_test(a_reader_of_a_pipe_does_not_wait),
};
const size_t pipe_count = COUNT(pipe_tests);
