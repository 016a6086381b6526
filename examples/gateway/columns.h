/* The columns of picket_flow, for people and for models. */
#ifndef PICKETD_COLUMNS_H
#define PICKETD_COLUMNS_H

#include <picket_flow.h>
#include <stddef.h>

/* The most categories that a column may have. */
enum { COLUMN_CATEGORIES = 128 };

/* What a column holds, in words: "connections to the same host in the time window". */
const char *column_words(size_t column);

/* The column of a name, or PICKET_FLOW_COLUMNS if there is none. */
size_t column_find(const char *name);

/* Why a record gets no score, or NULL if it gets one. The same for scoring and for training. */
const char *column_refusal(const picket_flow_event *event);

/* The reasons that column_refusal can give, one after the other; NULL after the last. */
const char *column_refusal_name(size_t index);

/* Writes a value as people read it: a category's name, or a number. */
void column_print(size_t column, float value, char *text, size_t size);

/* "tcp", "udp", "icmp". */
const char *column_protocol(const picket_flow_event *event);

#endif
