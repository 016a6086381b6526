/* Where connections come from: five kinds behind one table of functions. */
#ifndef PICKETD_SOURCE_H
#define PICKETD_SOURCE_H

#include "arena.h"
#include "config.h"
#include "engine.h"

enum source_state {
  SOURCE_WAIT, /* nothing more until a descriptor can be read */
  SOURCE_MORE, /* there is more: call again at once */
  SOURCE_END   /* there will never be more */
};

struct source;

struct source_operations {
  const char *name;
  int is_live;       /* its time is that of the clock, and it has no end */
  int has_own_clock; /* connections are timed by that of another machine, which may be wrong */
  size_t (*memory)(const struct config *config); /* of arena that `open` takes */
  int (*open)(struct source *source, const struct config *config, struct arena *arena,
              struct error *error);
  /* Takes some input, at most a few hundred pieces, so that timers and signals get their turn. */
  enum source_state (*read)(struct source *source, struct engine *engine);
  /* Once a second; may be NULL. Returns 0, or -1 with *error if it cannot go on. */
  int (*tend)(struct source *source, struct engine *engine, struct error *error);
  /* Asks for the counters of all open connections, which come with later reads; NULL if they are
   * always known. */
  void (*refresh)(struct source *source);
  void (*close)(struct source *source);
};

struct source {
  const struct source_operations *operations;
  int descriptors[2];   /* to wait for; -1: none */
  unsigned char *buffer;
  size_t buffer_bytes;
  uint64_t inputs;      /* packets, messages, datagrams or records that were read */
  uint64_t lost;        /* that the kernel threw away because they came too fast; of conntrack, times
                           that it did so: it does not say how many */
  uint64_t errors;      /* that could not be read */
  uint64_t shed;        /* questions for counters that were not asked under load */
  struct error failure; /* why some of it could not be read; "" if nothing went wrong */
  void *state;          /* the kind's own */
};

/* The kind's functions, or NULL if it was not built in. */
const struct source_operations *source_find(enum source_kind kind);

extern const struct source_operations source_conntrack, source_netflow, source_interface, source_pcap,
    source_replay;

/* 0, or -1 with *error if some of it could not be read. */
int source_status(const struct source *source, struct error *error);

/* ---- For the kinds ---- */

/* Notes the first reason why some of it cannot be read. What can be is taken all the same. */
void source_fail(struct source *source, const char *name, const char *reason);

/* Enlarges a socket's receive buffer: beyond the system's limit if that is allowed. */
void source_set_buffer(int descriptor, uint32_t bytes);

#endif
