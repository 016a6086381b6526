/* What the smallest archive (MINIMAL=1) makes of model files: docs/MINIMAL.md says why. */
#ifndef TEST_MINIMAL_H
#define TEST_MINIMAL_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Of the golden models, those with nothing but dense layers of binary32 (TYPES=int8: of bytes) and
 * rectifiers, and a distance: it opens these, and refuses the others. Those at the limits are made anew for
 * each test, and not kept. */
#ifdef MINIMAL_BYTES
static const char *const minimal_models[] = {"anoean-int8", "limit-bytes"};
enum { UNREAD_FILES = -1 };
#else
/* It opens more malformed files than this, because it does not read where they are wrong. */
enum { UNREAD_FILES = 5 };
static const char *const minimal_models[] = {
    "anoean-f32", "anoean-linear", "anoean-one-layer", "anoean-unit", "clamps",
    "limit-fields", "min-max", "nan-leaky", "nan-linear", "nan-relu",
    "one-number", "optional-sections", "planes", "smallest", "vae-latent"};
#endif

/* Whether it opens a golden model. */
static inline int is_scored(const char *name) {
  for (size_t i = 0; i < sizeof minimal_models / sizeof *minimal_models; i++)
    if (strcmp(name, minimal_models[i]) == 0) return 1;
  return 0;
}

/* Whether a check of export/FORMAT.md is of bytes that it never reads: names, and the typical record. */
static inline int is_unread(uint32_t check) {
  return check == 21 || check == 22 || check == 24 || (check >= 27 && check <= 29) ||
         check == 57 || check == 58;
}

#endif /* TEST_MINIMAL_H */
