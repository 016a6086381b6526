/* A wall clock that is set while a program runs: preloaded, it adds the seconds in the file CLOCK_FILE. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int clock_gettime(clockid_t clock, struct timespec *time) {
  static int (*real)(clockid_t clock, struct timespec *time);
  static const char *path;
  long seconds = 0;
  if (!real) {
    *(void **)&real = dlsym(RTLD_NEXT, "clock_gettime");
    path = getenv("CLOCK_FILE");
  }
  const int status = real(clock, time);
  if (clock != CLOCK_REALTIME || !path) return status;
  FILE *file = fopen(path, "r");
  if (file && fscanf(file, "%ld", &seconds) == 1) time->tv_sec += seconds;
  if (file) fclose(file);
  return status;
}
