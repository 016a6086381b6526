#include "kernel.h"

#include <stdio.h>

long kernel_conntrack_setting(const char *name) {
  char path[128];
  long number = -1;
  snprintf(path, sizeof path, "/proc/sys/net/netfilter/nf_conntrack_%s", name);
  FILE *file = fopen(path, "r");
  if (!file) return -1;
  if (fscanf(file, "%ld", &number) != 1) number = -1;
  fclose(file);
  return number;
}
