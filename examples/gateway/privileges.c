#include "privileges.h"

#include <errno.h>
#include <linux/capability.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

int privileges_drop(int kept_capability, struct error *error) {
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct sets[2];
  memset(sets, 0, sizeof sets);
  if (kept_capability >= 0) {
    sets[kept_capability / 32].effective = 1u << kept_capability % 32;
    sets[kept_capability / 32].permitted = sets[kept_capability / 32].effective;
  }
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ||
      (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) && errno != EINVAL) ||
      syscall(SYS_capset, &header, sets))
    return fail(error, "capabilities cannot be given up: %s", strerror(errno));
  return 0;
}
