#include "loop.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "clock.h"

static const uint64_t second_ns = 1000000000u;

int loop_open(struct loop *loop, struct error *error) {
  sigset_t signals;
  memset(loop, 0, sizeof *loop);
  signal(SIGPIPE, SIG_IGN);
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGHUP);
  if (sigprocmask(SIG_BLOCK, &signals, NULL)) return fail(error, "signals: %s", strerror(errno));
  loop->signals = signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC);
  if (loop->signals < 0) return fail(error, "signals: %s", strerror(errno));
  return 0;
}

void loop_every(struct loop *loop, uint64_t period_ns, void (*run)(void *context)) {
  if (!period_ns || loop->timer_count == LOOP_TIMERS) return;
  loop->timers[loop->timer_count++] =
      (struct loop_timer){clock_monotonic() + period_ns, period_ns, run};
}

/* Whether a signal asks for the end. */
static int take_signals(struct loop *loop) {
  struct signalfd_siginfo information;
  while (read(loop->signals, &information, sizeof information) == (ssize_t)sizeof information) {
    if (information.ssi_signo != SIGHUP) return 1;
    if (loop->reload) loop->reload(loop->context);
  }
  return 0;
}

/* Runs what is due. Returns the time until the next timer. A timer that is late is not made up for. */
static uint64_t run_timers(struct loop *loop, uint64_t now) {
  uint64_t wait = second_ns;
  for (size_t i = 0; i < loop->timer_count; i++) {
    struct loop_timer *timer = &loop->timers[i];
    if (now >= timer->due_ns) {
      timer->run(loop->context);
      timer->due_ns = now + timer->period_ns;
    }
    if (timer->due_ns - now < wait) wait = timer->due_ns - now;
  }
  return wait;
}

/* A clock that was set, not one that is brought to the right time bit by bit. */
static void say_step(struct loop *loop) {
  const int64_t step = clock_step(), change = loop->said_step_ns - step;
  if (change > -(int64_t)second_ns && change < (int64_t)second_ns) return;
  say("the clock was set by %+.1f s: the times of records go on as they were",
      (double)change / (double)second_ns);
  loop->said_step_ns = step;
}

/* Once a second: the source looks after itself, and the flow learns that time has passed. */
static int tend(struct loop *loop, uint64_t now, uint64_t *due_ns, struct error *error) {
  struct source *source = loop->source;
  if (now < *due_ns) return 0;
  *due_ns = now + second_ns;
  say_step(loop);
  if (source->operations->is_live) engine_advance(loop->engine, clock_records());
  return source->operations->tend ? source->operations->tend(source, loop->engine, error) : 0;
}

static void wait_for_input(struct loop *loop, enum source_state state, uint64_t wait_ns) {
  struct pollfd descriptors[3];
  nfds_t count = 0;
  descriptors[count++] = (struct pollfd){loop->signals, POLLIN, 0};
  for (int i = 0; i < 2; i++)
    if (loop->source->descriptors[i] >= 0)
      descriptors[count++] = (struct pollfd){loop->source->descriptors[i], POLLIN, 0};
  /* One millisecond more than the timer needs, or it would be waited for in vain. */
  poll(descriptors, count, state == SOURCE_MORE ? 0 : (int)(wait_ns / 1000000u) + 1);
}

int loop_run(struct loop *loop, int *ended, struct error *error) {
  struct source *source = loop->source;
  uint64_t tend_ns = 0;
  for (;;) {
    const enum source_state state = source->operations->read(source, loop->engine);
    *ended = state == SOURCE_END;
    if (state == SOURCE_END) return 0;
    const uint64_t now = clock_monotonic();
    if (tend(loop, now, &tend_ns, error)) return -1;
    const uint64_t wait = run_timers(loop, now);
    if (loop->is_done && loop->is_done(loop->context)) return 0;
    wait_for_input(loop, state, wait);
    if (take_signals(loop)) return 0;
  }
}
