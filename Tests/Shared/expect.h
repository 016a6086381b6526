/* What tests under cmocka say when something does not hold. cmocka.h comes before this header. */
#ifndef TEST_EXPECT_H
#define TEST_EXPECT_H

/* Fails the running test with a message that says what was being looked at. */
#define expect(condition, ...)                                    \
  do {                                                            \
    if (!(condition)) {                                           \
      print_error("%s:%d: %s: ", __FILE__, __LINE__, #condition); \
      print_error(__VA_ARGS__);                                   \
      print_error("\n");                                          \
      fail();                                                     \
    }                                                             \
  } while (0)

#endif /* TEST_EXPECT_H */
