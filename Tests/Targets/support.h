/* What the target tests share: files, text, memory whose ends trap, random numbers. Plain C99 and
 * POSIX, linked statically with the archive of one target; sees include/picket.h and nothing else. */
#ifndef PICKET_TARGET_SUPPORT_H
#define PICKET_TARGET_SUPPORT_H

#include <stddef.h>
#include <stdint.h>

#include <picket.h>

#include "../Shared/models.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Counts a failure and says where and why; the first twenty are printed. */
void fail_at(const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
#define expect(condition, ...) \
  ((condition) ? (void)0 : fail_at(__FILE__, __LINE__, __VA_ARGS__))
extern unsigned long failures;

/* A whole file in memory that ends where the readable memory ends; stops the program if there is
 * none. `run` bytes of `value` are inserted at offset `at`. */
typedef struct bytes {
  unsigned char *data;
  size_t size;
  unsigned char *page; /* what guard_free takes */
} bytes;
bytes read_file(const char *folder, const char *name, size_t at, size_t run, int value);

/* The model of a file of this byte order with a section *typical* behind its own, of each field's
 * minimum and first category. No data if it cannot be opened or has optional sections already. */
bytes with_typical(bytes file);

/* Text with a NUL behind it. */
char *read_text(const char *folder, const char *name);

/* Memory of a size that ends at a page without access, after a multiple of 64 bytes of slack. */
bytes guard_new(size_t size);
void guard_free(bytes memory);

/* Whether two numbers agree within a relative tolerance. */
int agree(double got, double want, double tolerance);

#endif
