#include "conntrack_asker.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "conntrack_message.h"
#include "privileges.h"

/* The forked process: everything it does. */
static void serve(int requests, int netlink) {
  unsigned char bytes[CONNTRACK_REQUEST];
  for (;;) {
    const ssize_t size = recv(requests, bytes, sizeof bytes, MSG_TRUNC);
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) _exit(0);
    if (conntrack_is_question(bytes, (size_t)size))
      while (send(netlink, bytes, (size_t)size, 0) < 0 && errno == EINTR) continue;
  }
}

int conntrack_asker_start(int netlink, struct error *error) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends))
    return fail(error, "a socket pair: %s", strerror(errno));
  const pid_t process = fork();
  if (process < 0) return fail(error, "a process to ask the kernel: %s", strerror(errno));
  if (process == 0) {
    signal(SIGHUP, SIG_IGN);
    signal(SIGINT, SIG_IGN);
    close(ends[0]);
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    if (privileges_drop(CAP_NET_ADMIN, error) == 0) serve(ends[1], netlink);
    _exit(1);
  }
  close(ends[1]);
  fcntl(ends[0], F_SETFL, O_NONBLOCK);
  return ends[0];
}

int conntrack_asker_send(int descriptor, const unsigned char *request, size_t size) {
  if (send(descriptor, request, size, MSG_NOSIGNAL) >= 0) return 0;
  return errno == EAGAIN || errno == ENOBUFS ? 1 : -1;
}
