/*
 * What it costs to start: microseconds from the start of a process to its first score, and the
 * most memory that the process ever held by then.
 *
 *   first LINE     a contestant, as contestant.h tells
 *
 * Starts itself nine times and prints, tabs between: median microseconds; median kilobytes.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "contestant.h"

enum { STARTS = 9 };

static double microseconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return 1e6 * (double)t.tv_sec + 1e-3 * (double)t.tv_nsec;
}

static int ascending(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Not getrusage: its peak begins with that of the program before execve. */
static long peak_kilobytes(void) {
  char line[256];
  long kilobytes = 0;
  FILE *status = fopen("/proc/self/status", "r");
  while (status && fgets(line, sizeof line, status))
    if (strncmp(line, "VmHWM:", 6) == 0) kilobytes = strtol(line + 6, NULL, 10);
  if (status) fclose(status);
  return kilobytes;
}

static int score_once(const char *line, double start) {
  contestant c;
  contestant_open(&c, line);
  contestant_pass(&c, 0, c.batch);
  printf("%.1f %ld\n", microseconds() - start, peak_kilobytes());
  return 0;
}

int main(int argc, char **argv) {
  if (argc == 3) return score_once(argv[1], strtod(argv[2], NULL));
  if (argc != 2) return fprintf(stderr, "usage: first LINE\n"), 2;
  double time[STARTS], memory[STARTS];
  for (int i = 0; i < STARTS; i++) {
    int ends[2], status;
    char start[64], answer[64] = "";
    if (pipe(ends)) return perror("pipe"), 1;
    snprintf(start, sizeof start, "%.1f", microseconds());
    const pid_t child = vfork();
    if (child == 0) {
      dup2(ends[1], 1);
      execl("/proc/self/exe", argv[0], argv[1], start, (char *)NULL);
      _exit(127);
    }
    close(ends[1]);
    const ssize_t got = read(ends[0], answer, sizeof answer - 1);
    close(ends[0]);
    waitpid(child, &status, 0);
    if (status != 0 || got <= 0 || sscanf(answer, "%lf %lf", &time[i], &memory[i]) != 2) return 1;
  }
  qsort(time, STARTS, sizeof *time, ascending);
  qsort(memory, STARTS, sizeof *memory, ascending);
  printf("%.0f\t%.0f\n", time[STARTS / 2], memory[STARTS / 2]);
  return 0;
}
