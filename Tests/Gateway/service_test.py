"""picketd as a service: what it tells systemd, and whether it can live with what its units allow it.

    service_test.py PICKETD CAPTURE MAKE_LOG MODELS ARCHIVES FOLDER

CAPTURE is picketd with live capture; ARCHIVES holds libpicket.a and libpicket_flow.a, in a folder with the machine's name.

No systemd runs here: its part is played by a socket, setpriv and strace. What needs root or a command that is
not there says that it is skipped.
"""
import contextlib
import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "faults"), os.path.join(HERE, "router"), os.path.join(HERE, "openwrt")]
import children  # noqa: E402
import namespaces  # noqa: E402
import package_test  # noqa: E402
from bench import Bench, RECORD  # noqa: E402
from kernel import Router  # noqa: E402

UNITS = os.path.join(HERE, "../../examples/gateway")
NET_ADMIN = 12
# The most that `systemd-analyze security` may say: of 10, where 10 is a service without any limits.
MOST_EXPOSURE = 2.5


def notifications(bench):
    """READY once it scores, RELOADING and READY at a reload, also at one that fails; WATCHDOG; STOPPING."""
    bench.configure("netflow")
    path = bench.path("notify")
    told = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    told.bind(path)
    told.settimeout(10)
    process = bench.start("run", env={**os.environ, "NOTIFY_SOCKET": path, "WATCHDOG_USEC": "200000"})

    def await_message(part):
        """The next message with a part; what keeps coming between is passed over."""
        while True:
            message = told.recv(4096).decode().splitlines()
            if any(line.startswith(part) for line in message):
                return message
            assert message == ["WATCHDOG=1"] or message[0].startswith("STATUS="), f"{message}, expected {part}"

    assert "STATUS=scoring" in await_message("READY=1")
    for _ in range(3):
        await_message("WATCHDOG=1")
    for is_good in (True, False):
        if not is_good:
            os.truncate(bench.path("model.picket"), 100)
        process.send_signal(signal.SIGHUP)
        moment = await_message("RELOADING=1")[1]
        assert re.fullmatch(r"MONOTONIC_USEC=\d+", moment), moment
        await_message("READY=1")
    assert "not reloaded" in bench.said()
    process.terminate()
    await_message("STOPPING=1")
    assert children.wait(process) == 0
    print("service: READY, WATCHDOG, RELOADING and STOPPING are told", flush=True)


def units(bench):
    """systemd finds nothing wrong with the units but that the paths are not installed here."""
    if not shutil.which("systemd-analyze"):
        return print("service: units: skipped: no systemd-analyze")
    folder = bench.path("units")
    os.makedirs(folder)
    names = [name for name in sorted(os.listdir(UNITS)) if name.endswith(".service")]
    # The same with the drop-in, under names of their own.
    names += ["capture-" + name for name in names]
    for name in names:
        text = open(os.path.join(UNITS, name.removeprefix("capture-"))).read().replace("/usr/sbin/picketd", bench.picketd)
        with open(os.path.join(folder, name), "w") as file:
            file.write(re.sub("^Documentation=.*\n", "", text, flags=re.M))
        if name.startswith("capture-"):
            os.makedirs(os.path.join(folder, name + ".d"))
            shutil.copy(os.path.join(UNITS, "capture.conf"), os.path.join(folder, name + ".d"))
    paths = [os.path.join(folder, name) for name in names]
    found = subprocess.run(["systemd-analyze", "verify", *paths], capture_output=True, text=True, timeout=60)
    # systemd before 253 says so, and takes the line before, which is Type=notify.
    faults = [line for line in found.stderr.splitlines() if "notify-reload" not in line]
    assert not faults, "\n".join(faults)
    for path in paths:
        command = ["systemd-analyze", "security", "--offline=yes", "--no-pager", path]
        text = subprocess.run(command, capture_output=True, text=True, timeout=60).stdout
        level = float(re.search(r"Overall exposure level.*?: ([\d.]+)", text).group(1))
        assert level <= MOST_EXPOSURE, f"{path}: exposure {level}, at most {MOST_EXPOSURE}"
        print(f"service: {os.path.basename(path)}: no fault, exposure {level} of 10", flush=True)


def words_of(setting, files):
    """The words that a list of the units is set to, one after the other: a drop-in adds to its unit."""
    text = "".join(open(os.path.join(UNITS, name)).read() for name in files)
    return [word for line in re.findall(f"^{setting}=(.*)$", text, re.M) for word in line.split()]


def allowed_calls():
    """The system calls that both units allow."""
    allowed = set()
    for line in re.findall("^SystemCallFilter=(.*)$", open(os.path.join(UNITS, "picketd.service")).read(), re.M):
        for word in line.lstrip("~").split():
            calls = of_group(word) if word.startswith("@") else {word}
            allowed = allowed - calls if line.startswith("~") else allowed | calls
    return allowed


def of_group(name):
    listed = subprocess.run(["systemd-analyze", "syscall-filter", name], capture_output=True, text=True, check=True,
                            timeout=60).stdout
    found = set()
    for line in listed.splitlines()[1:]:
        word = line.strip()
        if word.startswith("@"):
            found |= of_group(word)
        elif word and not word.startswith("#"):
            found.add(word)
    return found


def capabilities(process):
    """The effective capabilities of a process, as a number."""
    return int(re.search(r"CapEff:\s+(\w+)", open(f"/proc/{process}/status").read()).group(1), 16)


@contextlib.contextmanager
def scoring(bench, kind, prefix, user=0):
    """picketd in the router, which has scored something; its folder is that user's."""
    bench.configure(kind, more="while_running = true")
    os.chown(bench.folder, user, user)
    with Router(bench, prefix) as router:
        router.fill_windows()
        router.attack("job")
        bench.await_metric("score_p_value_count", lambda scored: scored > 0, 20)
        yield router


def limits(bench, kind, files):
    """As nobody with the capabilities of these units it works; then it has none, and its asker, if any, one.

    Its counters are for everybody, its log is not. Its system calls and sockets are among those that are allowed."""
    given = [word.lower().removeprefix("cap_") for word in words_of("AmbientCapabilities", files)]
    capability_words = "-all," + ",".join("+" + name for name in given)
    as_nobody = ["sh", "-c", f'umask {words_of("UMask", files)[0]}; exec "$@"', "sh", "setpriv", "--reuid=65534",
                 "--regid=65534", "--clear-groups", f"--inh-caps={capability_words}",
                 f"--ambient-caps={capability_words}", f"--bounding-set={capability_words}", "--no-new-privs"]
    calls = bench.path("calls")
    try:
        namespaces.make()
        with scoring(bench, kind, as_nobody, 65534) as router:
            parent = router.process.pid
            askers = open(f"/proc/{parent}/task/{parent}/children").read().split()
            assert capabilities(parent) == 0, f"picketd keeps capabilities {capabilities(parent):x}"
            assert len(askers) == (kind == "conntrack"), askers
            for asker in askers:
                assert capabilities(asker) == 1 << NET_ADMIN, f"the asker has capabilities {capabilities(asker):x}"
            modes = {name: os.stat(bench.path(name)).st_mode & 0o777 for name in ("picketd.prom", "site.log")}
            assert modes == {"picketd.prom": 0o644, "site.log": 0o640}, modes
            assert children.end(router.process) == 0
        namespaces.make()
        with scoring(bench, kind, ["strace", "-f", "-qq", "-e", "signal=none", "-o", calls, "setpriv",
                                   "--pdeathsig=KILL"]) as router:
            traced = int(open(bench.path("picketd.pid")).read())
            os.kill(traced, signal.SIGHUP)
            bench.await_said("reloaded")
            os.kill(traced, signal.SIGTERM)
            assert children.wait(router.process) == 0
        text = open(calls).read()
        used = set(re.findall(r"^\d+ +(\w+)\(", text, re.M))
        forbidden = used - allowed_calls()
        assert len(used) > 20 and not forbidden, f"the unit does not allow {sorted(forbidden)}"
        families = set(re.findall(r" socket(?:pair)?\((AF_\w+)", text))
        forbidden = families - set(words_of("RestrictAddressFamilies", files))
        assert families and not forbidden, f"{files} do not allow {sorted(forbidden)}"
    finally:
        children.stop_all()
        namespaces.remove()
    print(f"service: {kind}: as nobody with {' and '.join(given)}: works, gives up what it had; its {len(used)} "
          "system calls and its sockets are allowed; counters are for everybody", flush=True)


def all_limits(bench, captures):
    reason = namespaces.why_not()
    namespaces.remove()
    missing = [name for name in ("setpriv", "strace", "systemd-analyze") if not shutil.which(name)]
    if reason or missing:
        return print(f"service: limits: skipped: {reason or 'no ' + ', '.join(missing)}")
    for unit in ("picketd.service", "picketd-learn.service"):
        assert words_of("AmbientCapabilities", [unit]) == words_of("CapabilityBoundingSet", [unit]) == ["CAP_NET_ADMIN"]
    limits(bench, "conntrack", ["picketd.service"])
    limits(captures, "interface", ["picketd.service", "capture.conf"])


def places():
    """The shipped configuration fits the units: what everybody reads is where everybody can, all else is not.

    What is shipped for systemd is told of in the table of docs/GATEWAY.md, and the module is loaded whose settings
    are made."""
    text = open(os.path.join(UNITS, "picketd.toml")).read()
    own, public = ("log", "model", "output"), ("metrics", "control")
    paths = {table: re.search(rf"^\[{table}\]\n(?:#.*\n|\w.*\n)*?(?:path|pid_file) = \"(.*)\"", text, re.M).group(1)
             for table in own + public}
    for unit in ("picketd.service", "picketd-learn.service"):
        state, runtime = (words_of(name, [unit]) for name in ("StateDirectory", "RuntimeDirectory"))
        assert words_of("RuntimeDirectoryMode", [unit]) == ["0755"], unit
        for tables, folder in ((own, f"/var/lib/{state[0]}/"), (public, f"/run/{runtime[0]}/")):
            strays = [table for table in tables if not paths[table].startswith(folder)]
            assert not strays, f"{unit}: {strays} are not below {folder}"
    page = open(os.path.join(UNITS, "../../docs/GATEWAY.md")).read()
    table = page[page.index("## Install"):page.index("## Ten minutes")]
    for name in sorted(os.listdir(UNITS)):
        assert not name.endswith((".service", ".conf")) or name in table, f"docs/GATEWAY.md does not say where {name} goes"
    modules, settings = ([line for line in open(os.path.join(UNITS, name)).read().splitlines() if line[:1] != "#"]
                         for name in ("modules-load.conf", "sysctl.conf"))
    assert modules == ["nf_conntrack"] and all(line.startswith("net.netfilter.nf_conntrack_") for line in settings)
    print("service: the shipped configuration fits the units, and every file for systemd has its place", flush=True)


def log_of_another(bench):
    """Root prints the log of the service's user, what rotation made of it included.

    Its rights over the files of others are given up before the first record is read."""
    if os.geteuid() != 0:
        return print("service: log of the service: skipped: not root")
    bench.configure("replay")
    log, parts = bench.path("old.log"), 4
    size = len(bench.log) // RECORD // parts * RECORD
    for number in range(parts):
        path = f"{log}.{parts - 1 - number}" if number < parts - 1 else log
        with open(path, "wb") as file:
            file.write(bench.log[number * size:(number + 1) * size])
        os.chmod(path, 0o640)
        os.chown(path, 65534, 65534)
    whole = bench.path("whole.log")
    with open(whole, "wb") as file:
        file.write(bench.log[:parts * size])
    command = [bench.picketd, "csv", bench.path("picketd.toml")]
    told, expected = (subprocess.run([*command, path], capture_output=True, text=True, timeout=30)
                      for path in (log, whole))
    assert told.returncode == 0 and told.stdout == expected.stdout, told.stderr
    os.unlink(log)
    told = subprocess.run([*command, log], capture_output=True, text=True, timeout=30)
    assert told.returncode == 1 and "old.log: No such file" in told.stderr, told
    print(f"service: root prints the log of another user: all {parts} files", flush=True)


def unread(bench):
    """What cannot be read is an exit status of 1, also after a part was."""
    capture, header = bench.path("capture"), struct.Struct("=IHHiIII")
    packet = struct.pack("=IIII", 1700000000, 0, 20, 20) + bytes(20)
    cases = ((header.pack(0xA1B2C3D4, 2, 4, 0, 0, 65535, 127) + packet, "its link type is 127"),
             (header.pack(0xA1B2C3D4, 2, 4, 0, 0, 65535, 101) + packet + b"\xFF" * 64, "packet 2 cannot have"))
    for file_bytes, reason in cases:
        bench.configure("pcap")
        with open(capture, "wb") as file:
            file.write(file_bytes)
        with open(bench.path("picketd.toml")) as file:
            text = file.read().replace('path = "-"', f'path = "{capture}"')
        with open(bench.path("picketd.toml"), "w") as file:
            file.write(text)
        for verb in ("learn", "run"):
            told = subprocess.run([bench.picketd, verb, bench.path("picketd.toml")], capture_output=True, text=True,
                                  timeout=30)
            assert told.returncode == 1 and reason in told.stderr, f"{verb}: {told}"
    print("service: what cannot be read is a failure", flush=True)


def main():
    picketd, capture, make_log, models, archives, folder = (os.path.abspath(path) for path in sys.argv[1:7])
    bench = Bench(picketd, make_log, models, folder)
    notifications(bench)
    units(bench)
    places()
    all_limits(bench, Bench(capture, make_log, models, folder))
    log_of_another(bench)
    unread(bench)
    package_test.builds(bench.path("openwrt"), archives)
    package_test.starts()


main()
