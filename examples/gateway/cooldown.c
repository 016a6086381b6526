#include "cooldown.h"

#include <string.h>
#include <sys/random.h>

#include "config.h"

enum { NEIGHBOURS = 8 };

static const uint64_t minute_ns = 60000000000u;

static size_t size_for(uint32_t remembered) {
  size_t size = NEIGHBOURS;
  while (size < remembered) size *= 2;
  return size;
}

size_t cooldown_memory(uint32_t remembered) {
  return size_for(remembered) * sizeof(struct cooldown_entry);
}

void cooldown_init(struct cooldown *cooldown, void *memory, uint32_t remembered) {
  memset(cooldown, 0, sizeof *cooldown);
  memset(memory, 0, cooldown_memory(remembered));
  cooldown->entries = memory;
  cooldown->mask = size_for(remembered) - 1;
  (void)!getrandom(&cooldown->seed, sizeof cooldown->seed, GRND_NONBLOCK);
}

/* FNV-1a from a secret start, and the finalizer of MurmurHash3, so that every bit counts. */
static uint64_t mix(uint64_t hash, const void *bytes, size_t size) {
  for (size_t i = 0; i < size; i++)
    hash = (hash ^ ((const unsigned char *)bytes)[i]) * 0x100000001B3u;
  return hash;
}

static uint64_t finish(uint64_t hash) {
  hash = (hash ^ hash >> 33) * 0xFF51AFD7ED558CCDu;
  hash = (hash ^ hash >> 33) * 0xC4CEB9FE1A85EC53u;
  hash ^= hash >> 33;
  return hash ? hash : 1;
}

static uint64_t key_of(const struct cooldown *cooldown, const picket_flow_event *event,
                       size_t reason) {
  uint64_t hash = 0xCBF29CE484222325u ^ cooldown->seed;
  const uint16_t service[2] = {event->protocol, event->destination_port};
  if (cooldown->same & SAME_SOURCE) hash = mix(hash, event->source, sizeof event->source);
  if (cooldown->same & SAME_DESTINATION)
    hash = mix(hash, event->destination, sizeof event->destination);
  if (cooldown->same & SAME_SERVICE) hash = mix(hash, service, sizeof service);
  if (cooldown->same & SAME_REASON) hash = mix(hash, &reason, sizeof reason);
  return finish(hash);
}

/* The entry of a key, or the one that it takes. */
static struct cooldown_entry *find(struct cooldown *cooldown, uint64_t key) {
  struct cooldown_entry *victim = NULL;
  for (size_t i = 0; i < NEIGHBOURS; i++) {
    struct cooldown_entry *entry = &cooldown->entries[(key + i) & cooldown->mask];
    if (entry->key == key) return entry;
    if (!victim || entry->until_ns < victim->until_ns) victim = entry;
  }
  return victim;
}

static int is_within_rate(struct cooldown *cooldown, uint64_t now_ns) {
  if (now_ns - cooldown->minute_ns >= minute_ns) {
    cooldown->minute_ns = now_ns;
    cooldown->told = 0;
  }
  return cooldown->told < cooldown->each_minute;
}

int cooldown_admit(struct cooldown *cooldown, const picket_flow_event *event, size_t reason,
                   uint64_t now_ns, uint32_t *repeats) {
  const uint64_t key = key_of(cooldown, event, reason);
  struct cooldown_entry *entry = find(cooldown, key);
  const int is_known = entry->key == key;
  /* A pause is never longer than it is now: it was shortened by a reload, or records went back in time. */
  if (is_known && entry->until_ns > now_ns + cooldown->pause_ns) entry->until_ns = now_ns + cooldown->pause_ns;
  if (is_known && now_ns < entry->until_ns) {
    entry->repeats++;
    cooldown->repeated++;
    return 0;
  }
  if (!is_within_rate(cooldown, now_ns)) {
    cooldown->beyond_rate++;
    return 0;
  }
  cooldown->told++;
  *repeats = is_known ? entry->repeats : 0;
  *entry = (struct cooldown_entry){key, now_ns + cooldown->pause_ns, 0};
  return 1;
}
