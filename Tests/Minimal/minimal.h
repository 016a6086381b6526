/* The functions of the whole archive, beside those of the smallest one in the same program. */
#ifndef PICKET_MINIMAL_TESTING_H
#define PICKET_MINIMAL_TESTING_H

#include "../Shared/minimal.h"
#include "testing.h"

extern __typeof__(picket_open) full_picket_open;
extern __typeof__(picket_model_info) full_picket_model_info;
extern __typeof__(picket_p_value) full_picket_p_value;
extern __typeof__(picket_score) full_picket_score;
extern __typeof__(picket_scratch_size) full_picket_scratch_size;
extern __typeof__(picket_threshold) full_picket_threshold;

/* Opens bytes by both archives, and looks at what must hold of their answers. Where both open them, both
 * score `rounds` random records; where the smallest one alone does, it scores them alone. Gives its
 * status. */
int32_t compare(const unsigned char *bytes, size_t size, int rounds, uint64_t *random);

/* Whether two numbers of two archives are the same, but for the order of additions. */
int agrees(double got, double wanted);

#endif
