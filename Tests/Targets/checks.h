/* The checks of the target tests; each gives the number of things it looked at. */
#ifndef PICKET_TARGET_CHECKS_H
#define PICKET_TARGET_CHECKS_H

#include <stdint.h>
#include <stdio.h>

/* What the archive was built with: everything, TYPES=float CONV=0, or MINIMAL=1, MINIMAL_BYTES being defined for
 * its TYPES=int8. The last has neither names nor text, explanations or monitors. */
enum built { WHOLE, FLOAT_DENSE, MINIMAL };
#ifndef BUILT
#define BUILT WHOLE
#endif

/* Every golden model of this byte order scores its records, parses them from text, and answers its
 * calibration questions as the files beside it say; or is refused by an archive without what it needs. */
unsigned long check_golden(const char *folder);

/* Every malformed file is refused with its status and the number of its check. */
unsigned long check_malformed(const char *folder);

/* Every golden model explains its records, those that measure distances with a typical record added:
 * with the status and the bits of the score, and contributions that `figures` is told, for run.py to
 * compare with those of other machines. */
unsigned long check_explanations(const char *folder, FILE *figures);

/* A drift monitor of every golden model whose table has the points counts seeded scores; `figures`
 * is told the counts, which must be the same on all machines, and what picket_drift_report says. */
unsigned long check_drift(const char *folder, FILE *figures);

/* `count` seeded mutations of small golden models are opened, and scored if they can be. */
typedef struct mutations {
  unsigned long opened;  /* of them, were models still */
  unsigned long checks;  /* different reader checks that refused the others */
  uint64_t digest;       /* of all statuses and checks: machines of one byte order must agree */
} mutations;
mutations check_mutations(const char *folder, unsigned long count, uint64_t seed);

/* Bytes of stack that opening, scoring, and what else the archive has for explaining and watching for drift,
 * was seen to use, which must be possible. */
unsigned long measure_stack(const char *folder);

/* What picket_scratch_size says for a golden model. */
unsigned long scratch_of(const char *folder, const char *name);

#endif
