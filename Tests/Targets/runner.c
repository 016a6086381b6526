/* Tests the archive of one target on that target.
 *
 *   runner GOLDEN MALFORMED MUTATIONS SEED FIGURES
 *
 * GOLDEN and MALFORMED are folders as export/ has them, in this machine's byte order. Prints what it
 * looked at as `name value` lines, and writes to the file FIGURES what must be the same, or nearly, on
 * every machine; exits with 1 if something was wrong. */
#include "checks.h"
#include "support.h"

#include "../Shared/minimal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A kind of section from 2^31 on is a legal optional one: on a 32-bit machine it must not turn
 * negative. */
static void check_largest_kind(const char *folder) {
  bytes file = read_file(folder, "optional-sections.picket", 0, 0, 0);
  uint32_t sections, largest = 0xFFFFFFFFu;
  memcpy(&sections, file.data + 32, 4);
  memcpy(file.data + 64 + 16 * (sections - 1), &largest, 4);
  sign_model(file.data, file.size);
  picket_model model;
  uint32_t check = 0;
  int32_t status = picket_open(&model, file.data, file.size, &check);
  int32_t wanted = BUILT != MINIMAL || is_scored("optional-sections") ? PICKET_OK : PICKET_E_NOT_BUILT_IN;
  expect(sections > 9 && status == wanted, "section kind 2^32 - 1: status %d, check %u",
         (int)status, (unsigned)check);
  guard_free(file);
}

static void check_constants(void) {
  expect(picket_version() == PICKET_VERSION && picket_abi_version() == PICKET_ABI_VERSION &&
             picket_format_version() == PICKET_FORMAT_VERSION,
         "versions");
}

static void check_texts(void) {
  for (int32_t code = 0; code >= PICKET_E_NOT_BUILT_IN; code--)
    expect(strlen(picket_status_text(code)) >= 7 &&
               (code == 0 || strcmp(picket_status_text(code), picket_status_text(code + 1)) != 0),
           "the text of status %d", (int)code);
  expect(strcmp(picket_status_text(PICKET_E_NOT_BUILT_IN - 1), "unknown status") == 0 &&
             strcmp(picket_status_text(INT32_MIN), "unknown status") == 0,
         "the text of an unknown status");
}

/* What an archive that leaves something out has not, or refuses. */
static void check_the_rest(const char *golden, unsigned long wanted, uint64_t seed, const char *path) {
  FILE *figures = fopen(path, "w");
  if (!figures) {
    fail_at(__FILE__, __LINE__, "cannot write %s", path);
    return;
  }
  printf("explained %lu\n", check_explanations(golden, figures));
  printf("monitored %lu\n", check_drift(golden, figures));
  expect(fclose(figures) == 0, "%s is not written", path);
  mutations seen = check_mutations(golden, wanted, seed);
  printf("mutations %lu\nopened %lu\nchecks %lu\ndigest %016" PRIx64 "\n", wanted, seen.opened,
         seen.checks, seen.digest);
  /* Mutations that all fail at the checksum, or none of which opens, would show nothing. */
  if (wanted >= 10000)
    expect(seen.opened * 50 >= wanted && seen.checks >= 40, "%lu mutations opened, %lu checks failed",
           seen.opened, seen.checks);
}

int main(int count, char **arguments) {
  if (count != 6)
    return fprintf(stderr, "usage: runner GOLDEN MALFORMED MUTATIONS SEED FIGURES\n"), 2;
  const char *golden = arguments[1], *malformed = arguments[2];
  unsigned long wanted = strtoul(arguments[3], NULL, 10);

  check_constants();
  if (BUILT != MINIMAL) check_texts();
  check_largest_kind(golden);
  printf("records %lu\n", check_golden(golden));
  printf("malformed %lu\n", check_malformed(malformed));
  if (BUILT == WHOLE) check_the_rest(golden, wanted, strtoull(arguments[4], NULL, 10), arguments[5]);
  printf("stack %lu\n", measure_stack(golden));
  printf("scratch %lu\n", scratch_of(golden, BUILT == MINIMAL ? minimal_models[0] : "anoean-f32"));
  if (failures > 0) fprintf(stderr, "%lu failures\n", failures);
  return failures > 0;
}
