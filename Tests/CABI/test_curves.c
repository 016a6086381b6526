/* Logarithms and quantiles: finite and monotone for whatever bits a finite number has. The golden
 * models one-logarithm and one-quantile give them as their scores, the latter times 2 and plus 0.5. */
#include "testing.h"

#include <float.h>
#include <math.h>

static const char *const curves[] = {"one-logarithm", "one-quantile"};

static float curve_at(const golden *g, float x) {
  static unsigned char scratch[PICKET_SCRATCH_MAX];
  picket_result result = {NAN, 0, 0};
  int32_t status = picket_score(&g->model, &x, scratch, sizeof scratch, &result);
  expect(status == PICKET_OK && isfinite(result.score), "%s at %a: %d", g->name, (double)x,
         (int)status);
  return result.score;
}

static float any_finite(uint64_t *random) {
  float x = NAN;
  while (!isfinite(x)) {
    uint32_t bits = (uint32_t)random_bits(random);
    memcpy(&x, &bits, sizeof x);
  }
  return x;
}

static void a_curve_never_falls_and_is_finite(void **state) {
  (void)state;
  for (size_t n = 0; n < COUNT(curves); n++) {
    golden *g = golden_named(curves[n]);
    uint64_t random = 30 + n;
    for (int i = 0; i < 200000; i++) {
      float a = any_finite(&random);
      /* Every third pair are neighbours, every third near to a knot. */
      if (i % 3 == 1) a = (float)((int)random_below(&random, 9) - 4) * 0.5f;
      float b = i % 3 == 2 ? any_finite(&random) : nextafterf(a, FLT_MAX);
      if (b < a) {
        float swap = a;
        a = b;
        b = swap;
      }
      float at_a = curve_at(g, a), at_b = curve_at(g, b);
      expect(at_a <= at_b, "%s: %a at %a, %a at %a", g->name, (double)at_a, (double)a,
             (double)at_b, (double)b);
    }
  }
}

static void a_curve_is_bounded_where_its_table_ends(void **state) {
  (void)state;
  golden *g = golden_named("one-quantile");
  assert_true(curve_at(g, -FLT_MAX) == 0.5f && curve_at(g, -2) == 0.5f);
  assert_true(curve_at(g, FLT_MAX) == 2.5f && curve_at(g, 4.5f) == 2.5f);
}

/* libm's, an implementation of its own. Denormal numbers may be flushed by the machine. */
static void a_logarithm_is_that_of_the_c_library(void **state) {
  (void)state;
  golden *g = golden_named("one-logarithm");
  uint64_t random = 40;
  for (int i = 0; i < 200000; i++) {
    float x = any_finite(&random);
    if (fabsf(x) < FLT_MIN) continue;
    double wanted = copysign(log1p(fabs((double)x)), (double)x);
    expect(fabs((double)curve_at(g, x) - wanted) <= 1.5e-7 * fabs(wanted), "%a: %.9g", (double)x,
           wanted);
  }
}

const struct CMUnitTest curves_tests[] = {
    cmocka_unit_test(a_curve_never_falls_and_is_finite),
    cmocka_unit_test(a_curve_is_bounded_where_its_table_ends),
    cmocka_unit_test(a_logarithm_is_that_of_the_c_library),
};
const size_t curves_count = COUNT(curves_tests);
