"""A site of three network namespaces learns its own traffic, and four attacks on it are told.

    gateway_test.py PICKETD PICKET FOLDER

Then an operator marks alerts as true and false, and what was learned from that is tried.
As root; elsewhere it says why it is skipped. Some seven minutes.
"""
import json
import math
import os
import subprocess
import sys
import time

import children
import namespaces
from namespaces import CLIENT, ROUTER, SERVER, inside

HERE = os.path.dirname(os.path.abspath(__file__))
LEARN_SECONDS, QUIET_SECONDS = 180, 60
BUDGET = 0.001

# What a reason for each attack may name, and the reasons' first field must be among them.
SENSIBLE = {
    "scan": {"flag", "service", "count", "srv_count", "rerror_rate", "srv_rerror_rate", "same_srv_rate",
             "diff_srv_rate", "srv_diff_host_rate", "dst_host_count", "dst_host_srv_count",
             "dst_host_same_srv_rate", "dst_host_diff_srv_rate", "dst_host_rerror_rate",
             "dst_host_srv_rerror_rate", "dst_bytes", "src_bytes", "dst_host_same_src_port_rate"},
    "flood": {"flag", "count", "srv_count", "serror_rate", "srv_serror_rate", "dst_host_count",
              "dst_host_srv_count", "dst_host_serror_rate", "dst_host_srv_serror_rate",
              "dst_host_same_srv_rate", "same_srv_rate", "diff_srv_rate", "srv_diff_host_rate", "duration",
              "src_bytes", "dst_bytes", "dst_host_diff_srv_rate", "dst_host_srv_diff_host_rate"},
    "guess": {"service", "count", "srv_count", "dst_host_count", "dst_host_srv_count", "same_srv_rate",
              "dst_host_same_srv_rate", "srv_diff_host_rate", "diff_srv_rate", "src_bytes", "dst_bytes",
              "dst_host_srv_diff_host_rate", "dst_host_diff_srv_rate"},
    "steal": {"src_bytes", "service", "duration"},
}

CONFIGURATION = """
[flow]
connections = 16384
[log]
path = "{folder}/site.log"
while_running = true
[learn]
seconds = {learn_seconds}
[model]
path = "{folder}/model.picket"
[alert]
budget = {budget}
cooldown_seconds = 2
each_minute = 100000
[output]
path = "{folder}/alerts.jsonl"
[metrics]
path = "{folder}/picketd.prom"
interval_seconds = 0.5
[control]
pid_file = "{folder}/picketd.pid"
"""


def python(name, *arguments):
    return [sys.executable, os.path.join(HERE, name), *map(str, arguments)]


class Site:
    """The running programs, and the files that they write."""

    def __init__(self, picketd, picket, folder):
        self.picketd, self.picket, self.folder = picketd, picket, folder
        self.config = os.path.join(folder, "picketd.toml")
        self.labels = os.path.join(folder, "site.labels")
        with open(self.config, "w") as file:
            file.write(CONFIGURATION.format(folder=folder, learn_seconds=LEARN_SECONDS, budget=BUDGET))

    @staticmethod
    def start(command, **options):
        return children.start(command, **options)

    def work(self, seconds, seed):
        """People at work, for some seconds."""
        return self.start(inside(CLIENT, *python("clients.py", seconds, seed)))

    def learn(self):
        learner = self.start(inside(ROUTER, self.picketd, "learn", self.config))
        children.wait(self.work(LEARN_SECONDS + 2, 1), LEARN_SECONDS + 60)
        assert children.wait(learner, 30) == 0, "picketd learn failed"

    def train(self, *options):
        """Trains on the log into the model's place; gives the report."""
        run, log = os.path.join(self.folder, "run"), os.path.join(self.folder, "site.log")
        told = children.run([self.picket, "train", "--replay", log, "-o", run, "--json", *options], 300,
                            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
        os.replace(os.path.join(run, "model.picket"), os.path.join(self.folder, "model.picket"))
        return json.loads(told)

    def label(self, verdict, *options):
        """Marks alerts, as an operator would."""
        children.run([self.picket, "label", verdict, os.path.join(self.folder, "alerts.jsonl"),
                      "--labels", self.labels, *map(str, options)], capture_output=True)

    def reload(self):
        """Has picketd take the new model; waits until it says so."""
        before = self.metric("reloads_total")
        children.run([self.picketd, "reload", self.config], capture_output=True)
        children.until(lambda: self.metric("reloads_total") > before, 10, "picketd takes the new model")

    def run(self):
        self.start(inside(ROUTER, self.picketd, "run", self.config))
        alerts = os.path.join(self.folder, "alerts.jsonl")
        children.until(lambda: os.path.exists(alerts), 10, "picketd run opens its files")

    def alerts(self):
        path = os.path.join(self.folder, "alerts.jsonl")
        return [json.loads(line) for line in open(path)] if os.path.exists(path) else []

    def metric(self, name):
        for line in open(os.path.join(self.folder, "picketd.prom")):
            if line.startswith("picketd_" + name + " "):
                return float(line.split()[1])
        raise KeyError(name)

    def attack(self, name):
        """Makes an attack beside ordinary work; gives the seconds until it was told, and the alert."""
        before = len(self.alerts())
        begun = time.monotonic()
        attacker = self.start(inside(CLIENT, *python("attacks.py", name)))
        while time.monotonic() - begun < 10:
            for alert in self.alerts()[before:]:
                if is_of(name, alert):
                    seconds = time.monotonic() - begun
                    children.wait(attacker, 60)
                    return seconds, alert
            time.sleep(0.05)
        children.wait(attacker, 60)
        return None, None


def is_of(name, alert):
    """Whether an alert is of this attack, by its ends."""
    if name == "job":
        return alert["destination_port"] == 515
    if name == "flood":
        return int(alert["source"].split(".")[3]) >= 100 and alert["destination_port"] == 80
    return alert["source"] == "10.77.1.20"


def most_by_chance(count, rate):
    """The largest number that at most one of 200 binomial draws exceeds."""
    below, number = 0.0, -1
    while below < 0.995:
        number += 1
        below += math.exp(math.lgamma(count + 1) - math.lgamma(number + 1) - math.lgamma(count - number + 1)
                          + number * math.log(rate) + (count - number) * math.log1p(-rate))
    return number


def judge(site):
    site.learn()
    report = site.train()
    print(f"learned: {report['log']['records']:,} connections by a {report['detector']} in "
          f"{report['training']['seconds']:.1f} s, {report['training']['steps']:,} steps", flush=True)
    site.run()
    children.wait(site.work(QUIET_SECONDS, 2), QUIET_SECONDS + 60)
    time.sleep(1.5)
    scored, false = int(site.metric("score_p_value_count")), int(site.metric("anomalies_total"))
    most = most_by_chance(scored, BUDGET)
    print(f"fresh normal traffic: {false} of {scored:,} above the threshold of {BUDGET}, at most {most} "
          "by chance", flush=True)
    failures = [] if false <= most else ["too many false alarms"]
    work = site.work(300, 3)
    time.sleep(2)
    for name in ("scan", "flood", "guess", "steal"):
        seconds, alert = site.attack(name)
        if alert is None:
            failures.append(f"{name} was not told within 10 seconds")
            continue
        first = alert["reasons"][0]
        print(f"{name}: told after {seconds:.1f} s: {first['text']}", flush=True)
        if first["field"] not in SENSIBLE[name]:
            failures.append(f"{name}: the first reason is {first['field']}")
        time.sleep(4)
    failures += judge_labels(site)
    work.terminate()
    if site.metric("lost_events_total") > 0:
        print(f"events were lost {site.metric('lost_events_total'):.0f} times")
    return failures


def judge_labels(site):
    """A new printer is a false alert; marked and learned, it is none, and the scan still is one."""
    seconds, alert = site.attack("job")
    if alert is None:
        return ["the first job for a printer was not told within 10 seconds"]
    print(f"a job for a new printer: told after {seconds:.1f} s: {alert['reasons'][0]['text']}", flush=True)
    site.label("false", "--source", alert["source"], "--port", 515)
    site.label("true", "--source", "10.77.1.20", "--within", 30)
    flood = [i for i, alert in enumerate(site.alerts(), 1) if is_of("flood", alert)]
    site.label("true", *(word for line in flood for word in ("--line", line)), "--within", 10,
               "--same", "destination,port,flag")
    failures = []
    report = site.train("--labels", site.labels)
    (false, told), (moments, again), (true, found) = (
        [report["log"]["marked"][kind][key] for key in ("count", "alarms")]
        for kind in ("false alerts", "false alerts at other moments", "anomalies"))
    print(f"learned again by an {report['detector']}: it tells {told} of {false} false alerts, {again} of "
          f"{moments} at other moments, {found:,} of {true:,} true ones", flush=True)
    if told > 0 or again > 0.05 * moments or found < 0.5 * true:
        failures.append("the labels were not learned")
    site.reload()
    if site.attack("job")[1]:
        failures.append("a job for the printer is told again")
    seconds, alert = site.attack("scan")
    if alert is None:
        failures.append("the scan was not told any more")
    else:
        print(f"after the labels: no alert for the printer, the scan told after {seconds:.1f} s: "
              f"{alert['reasons'][0]['text']}", flush=True)
    return failures


def main():
    picketd, picket, folder = (os.path.abspath(path) for path in sys.argv[1:])
    reason = namespaces.why_not()
    if reason:
        namespaces.remove()
        print(f"gateway: skipped: {reason}")
        return 0
    os.makedirs(folder, exist_ok=True)
    for name in os.listdir(folder):
        if os.path.isfile(os.path.join(folder, name)):
            os.unlink(os.path.join(folder, name))
    site = Site(picketd, picket, folder)
    try:
        server = site.start(inside(SERVER, *python("servers.py")), stdout=subprocess.PIPE)
        server.stdout.readline()
        failures = judge(site)
    finally:
        children.stop_all()
        namespaces.remove()
    for failure in failures:
        print(f"gateway: {failure}")
    return 1 if failures else 0


sys.exit(main())
