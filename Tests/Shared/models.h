/* What every test of model files needs, under cmocka or alone on another machine: lines of text,
 * random numbers, the byte order, and the checksum of a model. Plain C99. */
#ifndef TEST_MODELS_H
#define TEST_MODELS_H

#include <stddef.h>
#include <stdint.h>

/* The lines of a text one by one: cuts at LF, returns null after the last. */
char *next_line(char **text);
/* Cuts a line at commas; gives the number of cells, at most `most`. */
size_t split(char *line, char **cells, size_t most);

/* SplitMix64: the same numbers on every machine and in every run. */
uint64_t random_bits(uint64_t *state);
uint32_t random_below(uint64_t *state, uint32_t count);

int is_big_endian(void);
/* The number of a status by its name in the format's text: "LAYOUT" is PICKET_E_LAYOUT. Ends the
 * program with a message if there is none. */
int32_t status_named(const char *name);
/* Puts a fresh checksum into a model's bytes. */
void sign_model(unsigned char *bytes, size_t size);

/* The size of a model of `size` bytes with a section *typical* of so many fields behind its own. */
size_t size_with_typical(size_t size, size_t fields);
/* Puts that section there, and a fresh checksum. `bytes` has room for it. Gives 0, and changes nothing, if the
 * model is of the other byte order or has optional sections already. */
int add_typical(unsigned char *bytes, size_t size, const float *typical, size_t fields);

#endif /* TEST_MODELS_H */
