/* Any sequence of calls on drift monitors. The input is read as calls: one byte says which, and on
 * which of three monitors; what it needs follows. A monitor may also be overwritten with bytes of the
 * input, as one that came damaged from another process: then nothing but memory is at stake. */
#include "fuzz.h"

#include <math.h>

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc, (void)argv;
  open_goldens();
  return 0;
}

enum { MONITORS = 3 };
enum { UNSET, SET, WILD };

static size_t take(void *to, size_t bytes, const uint8_t **data, size_t *size) {
  size_t given = bytes < *size ? bytes : *size;
  memset(to, 0, bytes);
  memcpy(to, *data, given);
  *data += given, *size -= given;
  return given;
}

static void check_report(const picket_drift *drift, int state, double counted) {
  picket_drift_figures figures, untouched;
  memset(&untouched, 0xA5, sizeof untouched);
  figures = untouched;
  int32_t status = picket_drift_report(drift, &figures);
  if (status != PICKET_OK) {
    PROMISE(status == PICKET_E_ARGUMENT && state != SET, "status %d", (int)status);
    PROMISE(memcmp(&figures, &untouched, sizeof figures) == 0, "written");
  } else if (state == SET) {
    if (counted < UINT32_MAX) /* from there on counts stay as they are, bin by bin */
      PROMISE(fabs((double)figures.records - counted) <= 1e-6 * counted, "%g, not %g",
              (double)figures.records, counted);
    PROMISE(figures.population_stability >= 0 && isfinite(figures.population_stability), "%g",
            (double)figures.population_stability);
    PROMISE(figures.chi_square >= 0 && isfinite(figures.chi_square), "%g",
            (double)figures.chi_square);
    PROMISE(figures.p_value >= 0 && figures.p_value <= 1, "%g", (double)figures.p_value);
    PROMISE(figures.degrees_of_freedom >= 2 && figures.degrees_of_freedom <= 10 &&
                figures.degrees_of_freedom % 2 == 0, "%u", figures.degrees_of_freedom);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  picket_drift drift[MONITORS], before;
  int state[MONITORS] = {UNSET, UNSET, UNSET};
  double counted[MONITORS] = {0};
  memset(drift, 0, sizeof drift);
  for (int calls = 0; size > 0 && calls < 200; calls++) {
    uint8_t call, which;
    take(&call, 1, &data, &size);
    size_t at = call / 8 % MONITORS;
    picket_drift *d = &drift[at];
    int32_t status = PICKET_OK;
    before = *d;
    switch (call % 8) {
      case 0:
      case 1: { /* a monitor is set up */
        take(&which, 1, &data, &size);
        status = picket_drift_init(d, &golden[which % golden_count].model);
        PROMISE(status == PICKET_OK || status == PICKET_E_UNSUPPORTED, "status %d", (int)status);
        if (status == PICKET_OK) state[at] = SET, counted[at] = 0;
        break;
      }
      case 2:
      case 3: { /* one score */
        float score;
        take(&score, sizeof score, &data, &size);
        status = picket_drift_add(d, score);
        PROMISE(status == PICKET_OK ? state[at] != UNSET && isfinite(score)
                                    : status == PICKET_E_ARGUMENT ? state[at] != SET
                                    : status == PICKET_E_NOT_FINITE && !isfinite(score),
                "status %d", (int)status);
        counted[at] += status == PICKET_OK;
        break;
      }
      case 4: { /* scores of results, all or none */
        picket_result results[8];
        int finite = 1;
        take(&which, 1, &data, &size);
        for (size_t i = 0; i < which % 9u; i++) {
          take(&results[i].score, sizeof results[i].score, &data, &size);
          finite &= isfinite(results[i].score) != 0;
        }
        status = picket_drift_add_results(d, results, which % 9u);
        PROMISE(status == PICKET_OK ? state[at] != UNSET && finite
                                    : status == PICKET_E_ARGUMENT ? state[at] != SET
                                    : status == PICKET_E_NOT_FINITE && !finite,
                "status %d", (int)status);
        counted[at] += status == PICKET_OK ? which % 9u : 0;
        break;
      }
      case 5: { /* another one is added */
        take(&which, 1, &data, &size);
        size_t other = which % MONITORS;
        status = picket_drift_merge(d, &drift[other]);
        PROMISE(status == PICKET_OK || status == PICKET_E_ARGUMENT, "status %d", (int)status);
        if (status != PICKET_OK) break;
        counted[at] += counted[other];
        if (state[other] == WILD) state[at] = WILD;
        break;
      }
      case 6:
        status = picket_drift_reset(d);
        PROMISE(status == PICKET_OK || (status == PICKET_E_ARGUMENT && state[at] != SET),
                "status %d", (int)status);
        if (status == PICKET_OK) counted[at] = 0;
        break;
      default: /* some of its words, or all, become what the input says */
        take(&which, 1, &data, &size);
        if (which % 4 == 0) {
          take((uint8_t *)d + which % sizeof *d / 8 * 8, 8, &data, &size);
          state[at] = WILD;
        } else {
          check_report(d, state[at], counted[at]);
        }
        continue;
    }
    if (status != PICKET_OK)
      PROMISE(memcmp(&before, d, sizeof before) == 0, "status %d, and written", (int)status);
  }
  for (size_t at = 0; at < MONITORS; at++) check_report(&drift[at], state[at], counted[at]);
  return 0;
}
