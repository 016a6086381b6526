#include "log.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "reader.h"
#include "replace.h"

/* Reads a text of less than `size` bytes; an absent file is an empty text. */
static int read_text(const char *path, char *text, size_t size) {
  text[0] = 0;
  const int descriptor = reader_at_once(path);
  if (descriptor < 0) return errno == ENOENT ? 0 : -1;
  const ssize_t length = read(descriptor, text, size - 1);
  close(descriptor);
  if (length < 0) return -1;
  text[length] = 0;
  return 0;
}

static void name_specification(const struct config *config, char *path, size_t size) {
  snprintf(path, size, "%s.specification", config->log.path);
}

static int keep_specification(const struct config *config, const picket_flow_configuration *flow,
                              int is_empty, struct error *error) {
  static char now[PICKET_FLOW_MAX_SPECIFICATION], before[PICKET_FLOW_MAX_SPECIFICATION];
  char path[CONFIG_PATH + 16];
  name_specification(config, path, sizeof path);
  const int32_t status = picket_flow_specification(flow, now, sizeof now, NULL);
  if (status != PICKET_FLOW_OK) return fail(error, "[flow]: %s", picket_flow_status_text(status));
  if (read_text(path, before, sizeof before)) return fail(error, "%s: %s", path, strerror(errno));
  if (strcmp(now, before) == 0) return 0;
  if (before[0] && !is_empty)
    return fail(error, "%s: the log was written with another [flow]: move the log and this file away, "
                "or set [flow] back", path);
  if (replace_file(path, now, strlen(now), REPLACE_FOR_OWN)) return fail(error, "%s: %s", path, strerror(errno));
  return 0;
}

/* Whether the log is the file that a replay reads: it would never end, and push out what was learned. */
static int feeds_itself(const struct append_file *file, const struct config *config) {
  struct stat source, log;
  const char *path = config->source.path;
  return config->source.kind == SOURCE_REPLAY && fstat(file->descriptor, &log) == 0 &&
         (strcmp(path, "-") == 0 ? fstat(0, &source) : stat(path, &source)) == 0 &&
         source.st_ino == log.st_ino && source.st_dev == log.st_dev;
}

int log_open(struct append_file *file, const struct config *config,
             const picket_flow_configuration *flow, struct error *error) {
  if (!config->log.path[0]) return fail(error, "log.path is missing: where the log is written");
  /* What picket_flow_log writes begins with these four. */
  if (append_suits(config->log.path, "PFL1", error)) return -1;
  if (append_open(file, config->log.path, config->log.file_bytes, config->log.files,
                  PICKET_FLOW_LOG_BYTES, error))
    return -1;
  if (feeds_itself(file, config))
    return fail(error, "log.path %s is what source.path reads: give it another path", config->log.path);
  return keep_specification(config, flow, file->size == 0, error);
}

void log_tend(struct append_file *file, const struct config *config,
              const picket_flow_configuration *flow) {
  char path[CONFIG_PATH + 16];
  struct error error;
  append_tend(file);
  name_specification(config, path, sizeof path);
  /* A disk that does not take it does not take records either, and that is said. */
  if (file->descriptor >= 0 && access(path, F_OK)) keep_specification(config, flow, 1, &error);
}

void log_event(struct append_file *file, const picket_flow_event *event) {
  unsigned char record[PICKET_FLOW_LOG_BYTES];
  if (picket_flow_log(event, record) == PICKET_FLOW_OK) append_write(file, record, sizeof record);
}
