/* What the smallest archive (MINIMAL=1) makes of model files: docs/MINIMAL.md says why. */
#ifndef TEST_MINIMAL_H
#define TEST_MINIMAL_H

#include <stdint.h>

/* Of the golden models, those with nothing but dense layers of binary32 and rectifiers, and a distance:
 * it opens these, and refuses the others. */
static const char *const minimal_models[] = {
    "anoean-f32", "anoean-linear", "anoean-one-layer", "anoean-unit", "clamps",
    "limit-fields", "limit-names", "min-max", "nan-leaky", "nan-linear", "nan-relu",
    "one-number", "optional-sections", "planes", "smallest", "vae-latent"};

/* Whether a check of export/FORMAT.md is of bytes that it never reads: names, and the typical record. */
static inline int is_unread(uint32_t check) {
  return check == 21 || check == 22 || check == 24 || (check >= 27 && check <= 29) ||
         check == 57 || check == 58;
}

#endif /* TEST_MINIMAL_H */
