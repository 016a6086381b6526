/* Words for people: errors that a function hands to its caller, and lines on standard error. */
#ifndef PICKETD_MESSAGE_H
#define PICKETD_MESSAGE_H

#if defined(__GNUC__)
#define PRINTF_LIKE(text, first) __attribute__((format(printf, text, first)))
#else
#define PRINTF_LIKE(text, first)
#endif

/* What went wrong, in one sentence: what was found, what was expected, what to do. */
struct error {
  char text[512];
};

/* Writes the sentence. Always returns -1, so that a function can end with `return fail(...)`. */
int fail(struct error *error, const char *format, ...) PRINTF_LIKE(2, 3);

/* One line on standard error: the journal, logd or a terminal. */
void say(const char *format, ...) PRINTF_LIKE(1, 2);

#endif
