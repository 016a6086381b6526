/*
 * Alerts that are the same as one of a moment ago are counted, not told. What makes two the same is
 * configured: originator, destination, service, first reason. The table has a fixed size: when eight
 * neighbours are taken, the one whose pause ends first is forgotten.
 */
#ifndef PICKETD_COOLDOWN_H
#define PICKETD_COOLDOWN_H

#include <picket_flow.h>
#include <stddef.h>
#include <stdint.h>

struct cooldown_entry {
  uint64_t key;      /* 0: free */
  uint64_t until_ns; /* from here on it is told again */
  uint32_t repeats;  /* since it was told */
};

struct cooldown {
  struct cooldown_entry *entries;
  size_t mask;        /* their number, a power of two, less 1 */
  uint64_t seed;      /* random: nobody can aim at a place of the table */
  uint64_t pause_ns;
  uint32_t same;      /* SAME_... of config.h */
  uint32_t each_minute;
  uint64_t minute_ns; /* when the present minute began */
  uint32_t told;      /* in it */
  uint64_t repeated, beyond_rate; /* alerts that were not told, by cause */
};

/* Bytes of table for at least `remembered` alerts. */
size_t cooldown_memory(uint32_t remembered);

/* Fills the table, of cooldown_memory(remembered) bytes. */
void cooldown_init(struct cooldown *cooldown, void *memory, uint32_t remembered);

/* Whether an alert is to be told now. *repeats receives how many of its kind were not since the last
 * one. `reason` is the column of the first reason. */
int cooldown_admit(struct cooldown *cooldown, const picket_flow_event *event, size_t reason,
                   uint64_t now_ns, uint32_t *repeats);

#endif
