/* The watch over library calls must be able to fail, and the library must get by without a kernel. */
#include "testing.h"

#include <errno.h>
#include <fcntl.h>
#include <fenv.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile size_t some_size = 16; /* so that no compiler removes the calls below */
static void *volatile some_memory;

static void allocate(void) { some_memory = malloc(some_size); }
static void allocate_zeroed(void) { some_memory = calloc(some_size, 2); }
static void reallocate(void) { some_memory = realloc(some_memory, some_size); }
static void release(void) { free(some_memory); }
static void align_posix(void) {
  void *memory;
  if (posix_memalign(&memory, 64, some_size) == 0) some_memory = memory;
}
static void change_errno(void) { errno += 1; }
static void change_rounding(void) { fesetround(FE_TOWARDZERO); }
static void nothing(void) {}

/* The signal that ends a child which does this within a watched call; 0 if it lives. */
static int signal_of(void (*deed)(void)) {
  pid_t child = fork();
  if (child == 0) {
    struct rlimit no_core = {0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    signal(SIGABRT, SIG_DFL); /* cmocka catches it */
    close(2);
    open("/dev/null", O_WRONLY);
    some_memory = malloc(some_size);
    watch_begin();
    deed();
    watch_end("a test");
    _exit(0);
  }
  int status = 0;
  assert_int_equal(waitpid(child, &status, 0), child);
  return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void an_allocation_inside_a_watched_call_aborts(void **state) {
  (void)state;
  assert_int_equal(signal_of(allocate), SIGABRT);
  assert_int_equal(signal_of(allocate_zeroed), SIGABRT);
  assert_int_equal(signal_of(reallocate), SIGABRT);
  assert_int_equal(signal_of(align_posix), SIGABRT);
  assert_int_equal(signal_of(release), SIGABRT);
  assert_int_equal(signal_of(nothing), 0);
}

static void a_changed_errno_or_rounding_mode_is_noticed(void **state) {
  (void)state;
  assert_int_equal(signal_of(change_errno), SIGABRT);
  assert_int_equal(signal_of(change_rounding), SIGABRT);
}

static void every_call_of_the_library_is_watched(void **state) {
  (void)state;
  unsigned long before = watched_calls;
  picket_version();
  picket_status_text(0);
  picket_open(NULL, NULL, 0, NULL);
  picket_score(NULL, NULL, NULL, 0, NULL);
  assert_int_equal(watched_calls - before, 4);
}

static void read_beyond(void) {
  const golden *g = golden_named(is_big_endian() ? "vae-kl-big-endian" : "vae-kl");
  float record[8];
#if defined WITH_ADDRESS_SANITIZER
  char *line = malloc(some_size);
#else
  guarded memory = guard_new(some_size);
  char *line = (char *)memory.end - some_size;
#endif
  memset(line, 'x', some_size);
  picket_record_parse(&g->model, line, some_size + 1, ',', record, NULL);
}

/* Lies about a length: the guard page, or AddressSanitizer inside the archive, must see it. */
static void a_read_too_far_is_seen(void **state) {
  (void)state;
  int status = 0;
  pid_t child = fork();
  if (child == 0) {
    signal(SIGSEGV, SIG_DFL);
    signal(SIGABRT, SIG_DFL);
    close(2);
    open("/dev/null", O_WRONLY);
    read_beyond();
    _exit(0);
  }
  assert_int_equal(waitpid(child, &status, 0), child);
  expect(!WIFEXITED(status) || WEXITSTATUS(status) != 0, "nobody noticed");
}

#if !defined WITH_ADDRESS_SANITIZER
/* Leaves the child only read, write, exit and sigreturn: any other system call kills it. */
static int status_without_kernel(int with_library) {
  const golden *g = golden_named(is_big_endian() ? "vae-kl-big-endian" : "vae-kl");
  pid_t child = fork();
  if (child == 0) {
    picket_model model;
    uint64_t random = 1;
    if (prctl(PR_SET_SECCOMP, 1 /* strict */) != 0) _exit(2);
    if (with_library) {
      int32_t status = picket_open(&model, g->bytes, g->size, NULL);
      if (status == PICKET_OK) exercise(&model, &random);
      syscall(SYS_exit, status == PICKET_OK ? 0 : 1);
    }
    syscall(SYS_getppid);
    syscall(SYS_exit, 0);
  }
  int status = 0;
  assert_int_equal(waitpid(child, &status, 0), child);
  return WIFSIGNALED(status) ? 1000 + WTERMSIG(status) : WEXITSTATUS(status);
}

static void the_library_makes_no_system_call(void **state) {
  (void)state;
  int control = status_without_kernel(0);
  if (control == 2) skip(); /* no seccomp here */
  assert_int_equal(control, 1000 + SIGKILL);
  assert_int_equal(status_without_kernel(1), 0);
}
#endif

const struct CMUnitTest watch_tests[] = {
    cmocka_unit_test(an_allocation_inside_a_watched_call_aborts),
    cmocka_unit_test(a_changed_errno_or_rounding_mode_is_noticed),
    cmocka_unit_test(every_call_of_the_library_is_watched),
    cmocka_unit_test(a_read_too_far_is_seen),
#if !defined WITH_ADDRESS_SANITIZER
    cmocka_unit_test(the_library_makes_no_system_call),
#endif
};
const size_t watch_count = COUNT(watch_tests);
