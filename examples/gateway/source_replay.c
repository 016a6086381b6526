/* A log that `picketd learn` wrote: PATH and, before it, what rotation made PATH.1, PATH.2, ... */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "reader.h"
#include "source.h"

/* As many files as log.files allows. */
enum { BUFFER_BYTES = 65536, AT_ONCE = 256, MOST_FILES = 999 };

struct replay {
  struct reader reader;
  const char *path;
  int descriptors[MOST_FILES]; /* by the number of the name, 0 for PATH itself */
  unsigned file;               /* that is read */
};

static size_t replay_memory(const struct config *config) {
  (void)config;
  return arena_cost(BUFFER_BYTES) + arena_cost(sizeof(struct replay));
}

static void name_of(const struct replay *replay, unsigned file, char *name, size_t size) {
  snprintf(name, size, file ? "%s.%u" : "%s", replay->path, file);
}

/* All at once, while there is the right to: the log of a service belongs to another user. */
static int open_files(struct replay *replay, struct error *error) {
  const unsigned most = strcmp(replay->path, "-") == 0 ? 1 : MOST_FILES;
  unsigned count = 0;
  for (; count < most; count++) {
    char name[CONFIG_PATH + 8];
    name_of(replay, count, name, sizeof name);
    replay->descriptors[count] = reader_descriptor(name);
    if (replay->descriptors[count] >= 0) continue;
    if (count > 0 && errno == ENOENT) break;
    return fail(error, "%s: %s", name, strerror(errno));
  }
  replay->file = count - 1;
  return 0;
}

static void start_file(struct source *source) {
  struct replay *replay = source->state;
  reader_start(&replay->reader, replay->descriptors[replay->file], source->buffer, source->buffer_bytes);
  source->descriptors[0] = replay->reader.descriptor;
}

static int replay_open(struct source *source, const struct config *config, struct arena *arena,
                       struct error *error) {
  struct replay *replay = source->state = arena_take(arena, sizeof *replay);
  source->buffer = arena_take(arena, BUFFER_BYTES);
  source->buffer_bytes = BUFFER_BYTES;
  replay->path = config->source.path;
  if (open_files(replay, error)) return -1;
  start_file(source);
  return 0;
}

/* Whether a record is the first that a run of picketd wrote: the BEGIN of its connection number 1.
 * The places are those that docs/FLOW.md gives. */
static int begins_session(const unsigned char *record) {
  static const unsigned char one[8] = {1};
  return memcmp(record + 8, one, sizeof one) == 0 && record[116] == PICKET_FLOW_BEGIN;
}

static uint64_t time_of(const unsigned char *record) {
  const unsigned char *place = record + (record[116] == PICKET_FLOW_END ? 24 : 16);
  uint64_t time = 0;
  for (int i = 7; i >= 0; i--) time = time << 8 | place[i];
  return time;
}

static void take_record(struct source *source, struct engine *engine, const unsigned char *record) {
  source->inputs++;
  if (begins_session(record)) engine_restart(engine);
  if (picket_flow_replay(engine->flow, record) == PICKET_FLOW_OK) {
    engine->now_ns = time_of(record);
    engine_drain(engine);
  } else {
    source->errors++;
  }
}

static enum source_state replay_read(struct source *source, struct engine *engine) {
  struct replay *replay = source->state;
  for (int i = 0; i < AT_ONCE; i++) {
    if (reader_waits(&replay->reader, PICKET_FLOW_LOG_BYTES)) return SOURCE_WAIT;
    const unsigned char *record = reader_take(&replay->reader, PICKET_FLOW_LOG_BYTES);
    if (record) {
      take_record(source, engine, record);
      continue;
    }
    /* What is left is the torn record of a run that was killed. */
    if (reader_has(&replay->reader, 1)) source->errors++;
    if (replay->reader.failed) {
      char name[CONFIG_PATH + 8];
      name_of(replay, replay->file, name, sizeof name);
      source_fail(source, name, strerror(replay->reader.failed));
    }
    if (replay->file == 0) return SOURCE_END;
    reader_close(&replay->reader);
    replay->file--;
    start_file(source);
    return SOURCE_MORE;
  }
  return SOURCE_MORE;
}

static void replay_close(struct source *source) {
  struct replay *replay = source->state;
  reader_close(&replay->reader);
  while (replay->file > 0) close(replay->descriptors[--replay->file]);
}

const struct source_operations source_replay = {
    .name = "replay", .memory = replay_memory,
    .open = replay_open, .read = replay_read, .close = replay_close};
