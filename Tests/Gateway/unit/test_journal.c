/* Lines for syslog: what a logger gets, and what becomes of them without one. */
#include <stdio.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "journal.h"

#include "testing.h"

int __real_connect(int socket, const struct sockaddr *address, socklen_t size);
int __wrap_connect(int socket, const struct sockaddr *address, socklen_t size);

static struct sockaddr_un place(void) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  snprintf(address.sun_path, sizeof address.sun_path, "%s", scratch("log"));
  return address;
}

/* The machine's logger is the test's. */
int __wrap_connect(int socket, const struct sockaddr *address, socklen_t size) {
  const struct sockaddr_un *wanted = (const struct sockaddr_un *)address;
  if (wanted->sun_family != AF_UNIX || strcmp(wanted->sun_path, "/dev/log") != 0)
    return __real_connect(socket, address, size);
  const struct sockaddr_un own = place();
  return __real_connect(socket, (const struct sockaddr *)&own, sizeof own);
}

/* Starts a logger where the last one was. */
static int logger(void) {
  const struct sockaddr_un address = place();
  const int listening = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  unlink(address.sun_path);
  assert_int_equal(bind(listening, (const struct sockaddr *)&address, sizeof address), 0);
  return listening;
}

/* The next line is of facility daemon, severity warning, and this process. */
static void expect_line(int listening, const char *line) {
  char got[1024], wanted[256];
  const ssize_t length = recv(listening, got, sizeof got - 1, 0);
  assert_true(length > 0);
  got[length] = 0;
  snprintf(wanted, sizeof wanted, "<28>picketd[%ld]: %s", (long)getpid(), line);
  assert_string_equal(got, wanted);
}

static void a_logger_gets_lines(void **state) {
  struct journal journal;
  const int listening = logger();
  (void)state;
  journal_open(&journal);
  journal_write(&journal, "one");
  journal_write(&journal, "another");
  expect_line(listening, "one");
  expect_line(listening, "another");
  assert_int_equal(journal.lost, 0);
  close(journal.socket);
  close(listening);
}

static void lines_without_a_logger_are_counted(void **state) {
  struct journal journal;
  (void)state;
  journal_open(&journal);
  journal_write(&journal, "one");
  journal_write(&journal, "another");
  assert_int_equal(journal.lost, 2);
}

static void a_logger_that_was_started_anew_gets_the_next_line(void **state) {
  struct journal journal;
  int listening = logger();
  (void)state;
  journal_open(&journal);
  close(listening);
  listening = logger();
  journal_write(&journal, "one");
  expect_line(listening, "one");
  assert_int_equal(journal.lost, 0);
  close(journal.socket);
  close(listening);
}

const struct CMUnitTest journal_tests[] = {
    cmocka_unit_test(a_logger_gets_lines),
    cmocka_unit_test(lines_without_a_logger_are_counted),
    cmocka_unit_test(a_logger_that_was_started_anew_gets_the_next_line),
};
const size_t journal_count = COUNT(journal_tests);
