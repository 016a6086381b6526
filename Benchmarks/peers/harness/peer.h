/*
 * What the harness asks of a contestant: a shared object with these two functions. One process
 * opens several of them, and one of them several times: all state lives behind the pointer.
 */
#ifndef PEER_H
#define PEER_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Makes ready to score.
 *
 *   model   path of a file in the contestant's own format, which stays there.
 *   batch   records of every later call.
 *
 * Returns: what peer_run gets, or null after a line on the standard error that says why.
 */
void *peer_open(const char *model, size_t batch);

/*
 * Scores a batch.
 *
 *   in    batch records, one after the other: network inputs, or for Picket the fields of a record.
 *   out   receives the network's outputs of each record, or for Picket its score.
 *
 * Returns: 0, or anything else on failure.
 */
int peer_run(void *self, const float *in, float *out);

#ifdef __cplusplus
}
#endif

#endif
