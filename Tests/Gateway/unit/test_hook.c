/* Programs that are run for alerts: what they get, and what becomes of those that hang. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clock.h"
#include "hook.h"

#include "testing.h"

static const uint64_t second_ns = 1000000000u;

static const char *script(const char *body) {
  char text[512];
  const char *path = scratch("hook");
  const int length = snprintf(text, sizeof text, "#!/bin/sh\n%s\n", body);
  spill(path, text, (size_t)length);
  assert_int_equal(chmod(path, 0700), 0);
  return path;
}

/* Tends the hook until nothing runs any more, for ten seconds at most. */
static void await_end(struct hook *hook) {
  const uint64_t until = clock_monotonic() + 10 * second_ns;
  while (hook->running[0].process || hook->running[1].process) {
    hook_tend(hook);
    usleep(1000);
    expect(clock_monotonic() < until, "process %ld still runs", (long)hook->running[0].process);
  }
}

static void a_program_reads_the_alert(void **state) {
  struct hook hook = {.path = script("cat > \"$0.got\""), .most = 2, .limit_ns = 10 * second_ns};
  (void)state;
  hook_run(&hook, "one line\n", 9);
  await_end(&hook);
  char *got = slurp(scratch("hook.got"), NULL);
  assert_string_equal(got, "one line\n");
  free(got);
  assert_int_equal(hook.failed + hook.skipped, 0);
}

static void what_cannot_be_run_is_refused(void **state) {
  struct error error;
  (void)state;
  assert_int_equal(hook_check(script("true"), &error), 0);
  assert_int_equal(chmod(scratch("hook"), 0600), 0);
  assert_int_equal(hook_check(scratch("hook"), &error), -1); /* not even root runs it */
  expect(holds(error.text, "Permission denied; expected a program"), "%s", error.text);
  assert_int_equal(hook_check(scratch("none"), &error), -1);
  expect(holds(error.text, "output.hook ") && holds(error.text, "none: No such file"), "%s", error.text);
  assert_int_equal(hook_check(scratch(""), &error), -1);
  expect(holds(error.text, "Permission denied"), "a folder: %s", error.text);
}

static void a_program_that_hangs_is_ended(void **state) {
  struct hook hook = {.path = script("exec sleep 60"), .most = 2, .limit_ns = second_ns / 20};
  const uint64_t begun = clock_monotonic();
  (void)state;
  hook_run(&hook, "x\n", 2);
  hook_tend(&hook);
  assert_int_not_equal(hook.running[0].process, 0);
  await_end(&hook);
  expect(clock_monotonic() - begun < 10 * second_ns, "%s", "it ran to its end");
  assert_int_equal(hook.failed, 1);
}

static void alerts_beyond_the_most_are_counted(void **state) {
  struct hook hook = {.path = script("exec sleep 60"), .most = 2, .limit_ns = second_ns / 20};
  (void)state;
  for (int i = 0; i < 5; i++) hook_run(&hook, "x\n", 2);
  assert_int_equal(hook.skipped, 3);
  await_end(&hook);
  hook_run(&hook, "x\n", 2);
  assert_int_equal(hook.skipped, 3);
  await_end(&hook);
}

static void a_program_that_fails_or_is_not_there_is_counted(void **state) {
  struct hook hook = {.path = script("exit 3"), .most = 2, .limit_ns = 10 * second_ns};
  (void)state;
  hook_run(&hook, "x\n", 2);
  await_end(&hook);
  assert_int_equal(hook.failed, 1);
  hook.path = scratch("nothing");
  hook_run(&hook, "x\n", 2);
  await_end(&hook);
  assert_int_equal(hook.failed, 2);
}

const struct CMUnitTest hook_tests[] = {
    cmocka_unit_test(a_program_reads_the_alert),
    cmocka_unit_test(what_cannot_be_run_is_refused),
    cmocka_unit_test(a_program_that_hangs_is_ended),
    cmocka_unit_test(alerts_beyond_the_most_are_counted),
    cmocka_unit_test(a_program_that_fails_or_is_not_there_is_counted),
};
const size_t hook_count = COUNT(hook_tests);
