#include "message.h"

#include <stdarg.h>
#include <stdio.h>

/* Text of a file or of the network may be quoted in a message: it stays one line of plain text. */
static void write_line(char *line, size_t size, const char *format, va_list arguments) {
  vsnprintf(line, size, format, arguments);
  for (char *c = line; *c; c++)
    if ((unsigned char)*c < 0x20 || *c == 0x7F) *c = '?';
}

int fail(struct error *error, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  write_line(error->text, sizeof error->text, format, arguments);
  va_end(arguments);
  return -1;
}

void say(const char *format, ...) {
  char line[1024];
  va_list arguments;
  va_start(arguments, format);
  write_line(line, sizeof line, format, arguments);
  va_end(arguments);
  fprintf(stderr, "picketd: %s\n", line);
}
