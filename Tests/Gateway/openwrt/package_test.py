"""The OpenWrt package: it builds on a clean tree, and its init script starts what it should.

Neither OpenWrt nor procd is here: package.mk and rules.mk beside this file have the structure of OpenWrt's, and
procd's functions print their words.
"""
import os
import re
import shutil
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
GATEWAY = os.path.join(HERE, "../../../examples/gateway")
INCLUDE = os.path.join(HERE, "../../../include")

# Of the configuration the script asks for what the environment says; it makes no folders here.
PROCD = """
config_load() { :; }
config_get_bool() { eval "$1=1"; }
config_get() { eval "$1=\\$$3"; }
mkdir() { :; }
for name in procd_open_instance procd_set_param procd_close_instance; do
  eval "$name() { echo $name \\"\\$@\\"; }"
done
. "$SCRIPT"
start_service
"""


def builds(folder, archives):
    """A clean tree with the sources and the archives of one machine gives a program and the files of the package."""
    shutil.rmtree(folder, ignore_errors=True)
    package, tree, root = (os.path.join(folder, name) for name in ("package", "build", "root"))
    shutil.copytree(os.path.join(GATEWAY, "openwrt"), package)
    source = os.path.join(package, "src")
    os.makedirs(os.path.join(source, os.path.basename(archives)))
    for name in ("libpicket.a", "libpicket_flow.a"):
        shutil.copy(os.path.join(archives, name), os.path.join(source, os.path.basename(archives)))
    shutil.copytree(INCLUDE, os.path.join(source, "include"))
    shutil.copytree(GATEWAY, os.path.join(source, "gateway"))
    # The make that runs this test has words of its own for one that it starts.
    environment = {name: text for name, text in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    made = subprocess.run(["make", "-C", package, f"TOPDIR={HERE}", f"BUILD_DIR={tree}", f"DESTINATION={root}", "install"],
                          capture_output=True, text=True, timeout=300, env=environment)
    assert made.returncode == 0, made.stderr
    program = os.path.join(root, "usr/sbin/picketd")
    told = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=10)
    assert told.stdout.startswith("picketd "), told
    assert b"CAP_NET_RAW is needed" not in open(program, "rb").read(), "live capture is in the package"
    # OpenWrt before 24.10 has no /run; /var/run is memory everywhere.
    text = open(os.path.join(root, "etc/picketd.toml")).read()
    assert '"/var/run/picketd/picketd.pid"' in text and '"/run/' not in text, text
    found = sorted(os.path.relpath(os.path.join(where, name), root) for where, _, names in os.walk(root) for name in names)
    assert found == ["etc/config/picketd", "etc/init.d/picketd", "etc/picketd.toml", "etc/sysctl.d/60-picketd.conf",
                     "usr/sbin/picketd"], found
    print("service: the OpenWrt package builds on a clean tree", flush=True)


def starts():
    """A run that ends is started again, a learn that ends has what it was asked for."""
    script = os.path.join(GATEWAY, "openwrt/files/picketd.init")
    for mode in ("run", "learn"):
        environment = {**os.environ, "SCRIPT": script, "mode": mode, "file": "/etc/picketd.toml"}
        told = subprocess.run(["sh", "-c", PROCD], capture_output=True, text=True, timeout=10, env=environment, check=True)
        lines = told.stdout.splitlines()
        assert f"procd_set_param command /usr/sbin/picketd {mode} /etc/picketd.toml" in lines, told
        assert lines[-1].strip() == "procd_close_instance", told
        respawns = any(re.match("procd_set_param respawn", line) for line in lines)
        assert respawns == (mode == "run"), f"{mode}: {told.stdout}"
    print("service: the OpenWrt init script starts a run again, a learn not", flush=True)
