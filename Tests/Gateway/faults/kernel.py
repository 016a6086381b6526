"""Connection tracking that is too fast, does not count bytes, or does not see packets or connections (root)."""
import os
import signal
import subprocess
import sys

import children
import namespaces
from bench import HERE
from namespaces import CLIENT, ROUTER, SERVER, inside

ATTACKS = os.path.join(HERE, "../router/attacks.py")
CLIENTS = os.path.join(HERE, "../router/clients.py")
# Connections that a window looks at: what begins before so many have begun gets no score.
WINDOW = 255


class Router:
    """The servers, and picketd on the router, behind the words of a command that runs it."""

    def __init__(self, bench, prefix=()):
        self.bench, self.prefix = bench, prefix

    def __enter__(self):
        server = children.start(inside(SERVER, sys.executable, os.path.join(HERE, "../router/servers.py")),
                                stdout=-1)
        assert server.stdout.readline() == b"serving\n"
        self.process = self.bench.start("run", inside(ROUTER, *self.prefix))
        self.bench.await_said("scoring with")
        self.bench.await_metric("inputs_total", lambda inputs: inputs > 0)  # the end of the first dump
        return self

    def __exit__(self, *error):
        children.stop_all()

    @staticmethod
    def ask_names(count):
        """So many connections, which the kernel keeps as long as UDP's time-outs say: half a minute at least."""
        children.run(inside(CLIENT, sys.executable, CLIENTS, "names", str(count)))

    def fill_windows(self):
        """Connections enough for the windows, so that the next one is scored.

        A few more, since one that takes an earlier one's port goes on where that ended. None of them ends, and is
        scored, before the test does."""
        for name in ("udp_timeout", "udp_timeout_stream"):
            self.setting(name, 3600)
        self.ask_names(WINDOW + 50)
        self.bench.await_metric("connections_begun_total", lambda begun: begun >= WINDOW)

    @staticmethod
    def attack(name):
        children.run(inside(CLIENT, sys.executable, ATTACKS, name))

    @staticmethod
    def setting(name, value=None):
        """Reads or writes a setting of the router's connection tracking."""
        word = f"net.netfilter.nf_conntrack_{name}" + ("" if value is None else f"={value}")
        command = ["sysctl", "-n", word] if value is None else ["sysctl", "-qw", word]
        return children.run(inside(ROUTER, *command), capture_output=True, text=True).stdout.strip()


def overrun(bench):
    """Faster than picketd reads: it is counted, and the table is read anew."""
    bench.configure("conntrack", buffer=65536)
    with Router(bench) as router:
        router.process.send_signal(signal.SIGSTOP)
        router.ask_names(1500)
        known = int(router.setting("count"))
        assert known > 1000, f"the kernel tracks {known} connections of 1,500"
        router.process.send_signal(signal.SIGCONT)
        bench.await_metric("lost_events_total", lambda lost: lost > 0)
        bench.await_said("its table is read anew")
        tracked = bench.await_metric("connections_tracked", lambda tracked: tracked >= 0.9 * known)
        begun = bench.metric("connections_begun_total")
        assert begun < 0.5 * known, f"{begun:.0f} connections were seen to begin: no overrun"
        assert children.end(router.process) == 0
    print(f"faults: overrun: counted; {begun:.0f} of {known:,} connections were seen to begin, and "
          f"{tracked:,.0f} are known from the dump", flush=True)


def forgotten(bench):
    """What the kernel forgot while nobody read its events is forgotten here too, by the next dump."""
    bench.configure("conntrack", buffer=65536)
    for name in ("udp_timeout", "udp_timeout_stream"):
        Router.setting(name, 5)
    with Router(bench) as router:
        router.ask_names(300)
        before = bench.await_metric("connections_tracked", lambda tracked: tracked > 200)
        router.process.send_signal(signal.SIGSTOP)
        router.ask_names(1500)  # what fills the socket, so that no DESTROY has room
        # The kernel sweeps its table once a minute at least.
        children.until(lambda: int(router.setting("count")) < 30, 150, lambda: "the kernel forgets")
        router.process.send_signal(signal.SIGCONT)
        bench.await_said("its table is read anew")
        tracked = bench.await_metric("connections_tracked", lambda tracked: tracked < 30)
        assert children.end(router.process) == 0
    print(f"faults: ends that were lost: of {before:,.0f} connections {tracked:.0f} are known behind the dump",
          flush=True)


def accounting_off(bench):
    """Without bytes there is no score, and picketd says why."""
    bench.configure("conntrack")
    with Router(bench) as router:
        router.fill_windows()
        router.setting("acct", 0)
        router.attack("job")
        # It has no counters to ask for, so it ends when the kernel sweeps it out: once a minute at least.
        refused = bench.await_metric('not_scored_total{reason="accounting_off"}', lambda refused: refused > 0, 150)
        assert bench.metric("score_p_value_count") == 0, "a connection without bytes was scored"
        bench.await_said("nf_conntrack_acct=1")
        router.setting("acct", 1)
        router.attack("job")
        bench.await_metric("score_p_value_count", lambda scored: scored > 0)
        assert children.end(router.process) == 0
    print(f"faults: accounting off: {refused:.0f} connections without a score, by that reason; on again: scored",
          flush=True)


def offloaded(bench):
    """Packets that go past connection tracking: no score, and picketd says why."""
    bench.configure("conntrack")
    rules = ("add flowtable inet t fast { hook ingress priority 0; devices = { r0, r1 }; };"
             "add rule inet t f ip protocol tcp flow add @fast")
    with Router(bench) as router:
        try:
            children.run(inside(ROUTER, "nft", rules), capture_output=True)
        except subprocess.CalledProcessError as error:
            return print("faults: flow offload: skipped: this kernel has no flow tables: "
                         f"{error.stderr.decode().splitlines()[0]}")
        router.fill_windows()
        router.attack("steal")
        refused = bench.await_metric('not_scored_total{reason="offloaded"}', lambda refused: refused > 0, 30)
        assert bench.metric("score_p_value_count") == 0, "an offloaded connection was scored"
        bench.await_said("flow table")
        assert children.end(router.process) == 0
    print(f"faults: flow offload: {refused:.0f} connection without a score, by that reason", flush=True)


def dropped(bench):
    """What the firewall drops or rejects is not seen; what it lets through is."""
    bench.configure("conntrack")
    rules = ("insert rule inet t f tcp dport 2001 drop; insert rule inet t f tcp dport 2002 reject;"
             "add chain inet t i { type filter hook input priority 0; }; add rule inet t i tcp dport 2003 drop")
    children.run(inside(ROUTER, "nft", rules))
    with Router(bench) as router:
        # The last one is let through, and refused by the server: what is told of it is told behind the others.
        for place in ("10.77.2.2/2001", "10.77.2.2/2002", "10.77.1.1/2003", "10.77.2.2/2004"):
            subprocess.run(inside(CLIENT, "timeout", "1", "bash", "-c", f"echo > /dev/tcp/{place}"),
                           stderr=subprocess.DEVNULL)
        bench.await_metric("connections_begun_total", lambda begun: begun > 0)
        begun = bench.metric("connections_begun_total")
        assert begun == 1, f"{begun:.0f} connections were seen, expected the one that the firewall lets through"
        assert children.end(router.process) == 0
    print("faults: dropped: of four connections the three that the firewall drops or rejects are not seen", flush=True)


def all_of(bench):
    reason = namespaces.why_not()
    try:
        if reason:
            return print(f"faults: overrun, lost ends, accounting off, flow offload, dropped: skipped: {reason}")
        for fault in (overrun, forgotten, accounting_off, offloaded, dropped):
            fault(bench)
            namespaces.make()
    finally:
        namespaces.remove()
