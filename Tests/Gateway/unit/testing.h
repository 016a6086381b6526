/* What the tests of picketd share. picketd's headers come first: cmocka has a macro `fail`. */
#ifndef GATEWAY_TESTING_H
#define GATEWAY_TESTING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "alert.h"
#include "append.h"
#include "config.h"
#include "conntrack_message.h"
#include "cooldown.h"
#include "engine.h"
#include "log.h"
#include "metrics.h"
#include "scorer.h"
#include "source.h"
#include "toml.h"

#include <cmocka.h>

#include "../../Shared/expect.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Where models are (make_model.py), and where a test may write: emptied before each test. */
extern const char *model_folder, *scratch_folder;

/* scratch_folder/NAME, in one of four buffers that take turns. */
const char *scratch(const char *name);
int empty_scratch(void **state);

/* A whole file, ended by NUL; *size may be NULL. NULL if there is none. The caller frees it. */
char *slurp(const char *path, size_t *size);
void spill(const char *path, const void *bytes, size_t size);

/* What is said on the standard error goes into a file from here on, until dup2 brings back what is returned. */
int divert(const char *name);

/* Whether text holds a part. */
int holds(const char *text, const char *part);

/* A connection that ended: 10.0.0.1 to 192.0.2.1, TCP port 80, SF, of 100 and 200 bytes. */
picket_flow_event an_end(void);

/* A configuration of text. The test fails if it is refused. */
void parse(struct config *config, const char *text);

#endif
