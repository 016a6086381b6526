#include "testing.h"
const struct CMUnitTest netflow_tests[1];
const size_t netflow_count = 0;
