/* The log of connections: every event of the flow, as picket_flow_log writes it. It is what the
 * trainer reads. Beside it, PATH.specification says what its records mean: the text of
 * picket_flow_specification. */
#ifndef PICKETD_LOG_H
#define PICKETD_LOG_H

#include <picket_flow.h>

#include "append.h"
#include "config.h"

/* Opens the log, to go on where an earlier run ended. It is refused if that run had another
 * specification: one log has one meaning. */
int log_open(struct append_file *file, const struct config *config,
             const picket_flow_configuration *flow, struct error *error);

/* Puts on the disk what was written; and if the files were moved or removed, begins new ones. */
void log_tend(struct append_file *file, const struct config *config,
              const picket_flow_configuration *flow);

/* Appends one event. What cannot be written is counted by the file. */
void log_event(struct append_file *file, const picket_flow_event *event);

#endif
