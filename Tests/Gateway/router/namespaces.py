"""A router made of three network namespaces on one machine: clients, the router, servers.

    pkt-client 10.77.1.2 ... .21  --  pkt-router 10.77.1.1, 10.77.2.1  --  pkt-server 10.77.2.2 ... .4

Nothing leaves the machine: no namespace has another way out. Two tests that run at a time need names of
their own: PICKET_ROUTER=other.
"""
import os
import shutil
import subprocess

CLIENT, ROUTER, SERVER = (f"{os.environ.get('PICKET_ROUTER', 'pkt')}-{part}" for part in
                          ("client", "router", "server"))
SERVERS = ["10.77.2.2", "10.77.2.3", "10.77.2.4"]
CLIENTS = [f"10.77.1.{i}" for i in range(2, 22)]

# What picketd needs of connection tracking: examples/gateway/sysctl.conf.
HERE = os.path.dirname(os.path.abspath(__file__))
SYSCTL = os.path.join(HERE, "../../../examples/gateway/sysctl.conf")


def why_not():
    """Why the router cannot be made here, or None."""
    if os.geteuid() != 0:
        return "not root"
    for command in ("ip", "nft"):
        if not shutil.which(command):
            return f"no command '{command}' (Debian: iproute2, nftables)"
    if subprocess.run(["ip", "netns", "add", ROUTER], capture_output=True).returncode != 0:
        return "network namespaces cannot be made"
    try:
        make()
    except subprocess.CalledProcessError as error:
        return f"{' '.join(error.cmd)}: {error.stderr.decode().strip()}"
    return None


def run(*words):
    subprocess.run(words, check=True, capture_output=True)


def inside(namespace, *words):
    """The command line that runs words in a namespace."""
    return ["ip", "netns", "exec", namespace, *words]


def link(namespace, name, peer, peer_name, addresses, peer_address):
    run("ip", "link", "add", name, "netns", namespace, "type", "veth", "peer", "name", peer_name,
        "netns", peer)
    for address in addresses:
        run("ip", "-n", namespace, "addr", "add", address + "/24", "dev", name)
    run("ip", "-n", peer, "addr", "add", peer_address + "/24", "dev", peer_name)
    run("ip", "-n", namespace, "link", "set", name, "up")
    run("ip", "-n", peer, "link", "set", peer_name, "up")
    run("ip", "-n", namespace, "route", "add", "default", "via", peer_address)


def make():
    """Makes the three namespaces anew."""
    remove()
    for name in (CLIENT, ROUTER, SERVER):
        run("ip", "netns", "add", name)
        run("ip", "-n", name, "link", "set", "lo", "up")
    link(CLIENT, "c0", ROUTER, "r0", CLIENTS, "10.77.1.1")
    link(SERVER, "s0", ROUTER, "r1", SERVERS, "10.77.2.1")
    run(*inside(ROUTER, "sysctl", "-qw", "net.ipv4.ip_forward=1"))
    # Connection tracking is active once a rule asks for it.
    run(*inside(ROUTER, "nft", "add table inet t; add chain inet t f "
                "{ type filter hook forward priority 0; }; add rule inet t f ct state new accept"))
    run(*inside(ROUTER, "sysctl", "-q", "-p", SYSCTL))
    # What was closed before picketd started is told when the kernel forgets it, and stands in the
    # windows then. The test has no two minutes to wait for that.
    run(*inside(ROUTER, "sysctl", "-qw", "net.netfilter.nf_conntrack_tcp_timeout_time_wait=5"))


def remove():
    for name in (CLIENT, ROUTER, SERVER):
        subprocess.run(["ip", "netns", "del", name], capture_output=True)
