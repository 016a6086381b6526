#include "testing.h"
const struct CMUnitTest conntrack_tests[1];
const size_t conntrack_count = 0;
