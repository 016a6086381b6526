#include "refusals.h"

#include <string.h>

#include "clock.h"
#include "columns.h"
#include "kernel.h"
#include "message.h"

static const uint64_t pause_ns = 3600 * (uint64_t)1000000000;

static const struct {
  const char *reason, *advice;
} causes[] = {
    {"accounting_off",
     "their bytes are not counted; sysctl -w net.netfilter.nf_conntrack_acct=1"},
    {"offloaded", "their packets go past connection tracking; take 'flow add' to a flow table, or flow "
                  "offloading, out of the firewall"},
};

/* What to do, or NULL. Bytes are also unknown of what left the table before the kernel told them. */
static const char *advice_for(const char *reason) {
  if (strcmp(reason, "accounting_off") == 0 && kernel_conntrack_setting("acct") != 0) return NULL;
  for (size_t i = 0; i < sizeof causes / sizeof causes[0]; i++)
    if (strcmp(causes[i].reason, reason) == 0) return causes[i].advice;
  return NULL;
}

void refusals_say(struct refusals *refusals, const struct counts *counts) {
  const uint64_t now = clock_monotonic();
  const char *reason;
  for (size_t i = 0; (reason = column_refusal_name(i)); i++) {
    if (counts->refused[i] == refusals->said[i] || now < refusals->next_ns[i]) continue;
    const char *advice = advice_for(reason);
    if (!advice) continue;
    say("%llu connections have no score: %s", (unsigned long long)counts->refused[i], advice);
    refusals->said[i] = counts->refused[i];
    refusals->next_ns[i] = now + pause_ns;
  }
}
