/* Clocks that are set: the linker puts this clock_gettime in the place of libc's. */
#include <errno.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"
#include "testing.h"

int __real_clock_gettime(clockid_t clock, struct timespec *time);
int __wrap_clock_gettime(clockid_t clock, struct timespec *time);

static int64_t wall_offset_s;
static int is_broken;

int __wrap_clock_gettime(clockid_t clock, struct timespec *time) {
  if (is_broken) {
    errno = EOVERFLOW;
    return -1;
  }
  const int status = __real_clock_gettime(clock, time);
  if (clock == CLOCK_REALTIME) time->tv_sec += wall_offset_s;
  return status;
}

static void setting_the_clock_moves_no_record(void **state) {
  static const int64_t offsets[] = {3600, -3600, 86400 * 365, -86400 * 365, 0};
  uint64_t last = clock_records();
  (void)state;
  for (size_t i = 0; i < COUNT(offsets); i++) {
    wall_offset_s = offsets[i];
    const uint64_t now = clock_records();
    expect(now >= last && now - last < 60000000000u, "offset %lld", (long long)offsets[i]);
    last = now;
    const int64_t step = clock_step() + offsets[i] * 1000000000;
    expect(step < 1000000000 && step > -1000000000, "offset %lld", (long long)offsets[i]);
  }
  assert_true(clock_step() == 0);
}

/* Whatever lay on the stack would be taken for the time. */
static void a_clock_that_cannot_be_read_is_the_end(void **state) {
  int status = 0;
  (void)state;
  const pid_t process = fork();
  assert_true(process >= 0);
  if (process == 0) {
    is_broken = 1;
    clock_monotonic();
    _exit(0);
  }
  assert_int_equal(waitpid(process, &status, 0), process);
  assert_true(WIFEXITED(status));
  assert_int_equal(WEXITSTATUS(status), 1);
}

const struct CMUnitTest clock_tests[] = {
    cmocka_unit_test(setting_the_clock_moves_no_record),
    cmocka_unit_test(a_clock_that_cannot_be_read_is_the_end),
};
const size_t clock_count = COUNT(clock_tests);
