/* The one loop: waits for the source, for signals and for timers. */
#ifndef PICKETD_LOOP_H
#define PICKETD_LOOP_H

#include "engine.h"
#include "source.h"

enum { LOOP_TIMERS = 8 };

struct loop_timer {
  uint64_t due_ns, period_ns;
  void (*run)(void *context);
};

struct loop {
  struct source *source;
  struct engine *engine;
  void *context;                  /* of the functions below */
  void (*reload)(void *context);  /* at SIGHUP; may be NULL */
  int (*is_done)(void *context);  /* after each input; may be NULL */
  int signals;                    /* descriptor */
  struct loop_timer timers[LOOP_TIMERS];
  size_t timer_count;
  int64_t said_step_ns;           /* how far the clock had been set when that was last said */
};

/* Takes signals over: SIGTERM and SIGINT end the loop, SIGHUP reloads. Before any process is forked
 * that should not get them. */
int loop_open(struct loop *loop, struct error *error);

/* Runs a function every period_ns; 0: never. */
void loop_every(struct loop *loop, uint64_t period_ns, void (*run)(void *context));

/* Runs until a signal, the end of the source, or is_done. *ended receives whether the source ended.
 * Returns 0, or -1 with *error. */
int loop_run(struct loop *loop, int *ended, struct error *error);

#endif
