"""What the trainer reads from a log is what the daemon scores, bit for bit; and small logs give models.

    replay_test.py PICKETD PICKET MAKE_LOG TELL FOLDER

On an invented log, and on logs of real captures where PICKET_DATA or ../shared/data holds them.
"""
import csv
import hashlib
import json
import os
import re
import struct
import subprocess
import sys
import tarfile
import tempfile

CONFIGURATION = """
[source]
kind = "replay"
path = "{log}"
[flow]
connections = {connections}
bytes = "{count}"
[log]
path = "{log}"
[model]
path = "{folder}/run/model.picket"
[output]
path = ""
"""


class Bench:
    def __init__(self, picketd, picket, make_log, tell, folder):
        self.picketd, self.picket, self.make_log, self.tell, self.folder = picketd, picket, make_log, tell, folder
        self.log = os.path.join(folder, "site.log")
        self.config = os.path.join(folder, "picketd.toml")

    def configure(self, connections, count):
        with open(self.config, "w") as file:
            file.write(CONFIGURATION.format(folder=self.folder, log=self.log, connections=connections, count=count))
        with open(self.log + ".specification", "wb") as file:
            subprocess.run([self.make_log, "specification", count], stdout=file, check=True)

    def invent(self, connections, seed):
        with open(self.log, "wb") as file:
            subprocess.run([self.make_log, str(connections), str(seed)], stdout=file, check=True)

    def rows(self, *command):
        text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        return list(csv.reader(text.splitlines()))

    def compare(self):
        """How many records there are; fails at the first that differs."""
        ours = self.rows(self.picket, "records", self.log)
        theirs = self.rows(self.picketd, "csv", self.config, self.log)
        assert [row[:26] for row in ours[:1]] == theirs[:1], "the columns differ"
        assert len(ours) == len(theirs), f"{len(ours) - 1} records of the trainer, {len(theirs) - 1} of the daemon"
        for number, (own, other) in enumerate(zip(ours[1:], theirs[1:]), 1):
            assert [bits(cell) for cell in own[:26]] == [bits(cell) for cell in other], \
                f"record {number}: the trainer has {own}, the daemon {other}"
        return len(ours) - 1

    def has_records(self):
        return len(self.rows(self.picketd, "csv", self.config, self.log)) > 1

    def train(self, *options):
        told = subprocess.run([self.picket, "train", "--replay", self.log, "-o", os.path.join(self.folder, "run"),
                               "--json", *options], check=True, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL).stdout
        return json.loads(told)

    def configuration(self, *options):
        """What decides a short training, as its config.json has it."""
        self.train("--detector", "vae", "--epochs", "2", *options)
        with open(os.path.join(self.folder, "run", "config.json")) as file:
            return json.load(file)


def bits(cell):
    """A number as its float's bits, a name as it is."""
    try:
        return struct.pack("<f", float(cell))
    except ValueError:
        return cell


def check_captures(bench):
    """A log of each capture, of which those count that have a record."""
    root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
    data = os.environ.get("PICKET_DATA") or os.path.join(root, "../shared/data")
    archive = os.path.join(data, "pcap/captures.tar.xz")
    if not os.path.exists(archive):
        print("replay: captures skipped: neither PICKET_DATA nor ../shared/data has pcap/captures.tar.xz")
        return
    files = records = 0
    bench.configure(65536, "payload")
    with tempfile.TemporaryDirectory() as folder, tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
        for path in sorted(os.path.join(at, name) for at, _, names in os.walk(folder) for name in names):
            told = subprocess.run([bench.tell, "log", path, bench.log], capture_output=True)
            if told.returncode == 0 and bench.has_records():
                records += bench.compare()
                files += 1
    assert files > 50, f"only {files} captures have a record"
    print(f"replay: {records:,} records of {files} captures: the same bits")


def check_model(bench):
    """Some thousand connections make a model that picketd takes."""
    bench.configure(16384, "ip")
    bench.invent(3000, 3)
    report = bench.train()
    told = subprocess.run([bench.picketd, "check", bench.config], capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
    assert report["model"]["feature_hash"] in told.stdout, "the daemon has another hash than the model"
    assert report["model"]["smallest_budget"] <= 0.001, "3,000 connections do not tell a budget of 0.001"
    print(f"replay: 3,000 connections made a model that picketd takes, hash {report['model']['feature_hash']}")


def check_closed_descriptors(bench):
    """Started with standard descriptors closed, picketd does not write its messages into what it opens."""
    alerts, config = os.path.join(bench.folder, "alerts.jsonl"), os.path.join(bench.folder, "closed.toml")
    with open(bench.config) as given, open(config, "w") as file:
        file.write(given.read().replace('[output]\npath = ""', f'[output]\npath = "{alerts}"'))
    subprocess.run([bench.picketd, "run", config], preexec_fn=lambda: os.closerange(0, 3), check=True)
    with open(alerts) as file:
        lines = file.readlines()
    assert all(json.loads(line)["type"] == "alert" for line in lines)
    told = subprocess.run([bench.picketd, "csv", config, bench.log], preexec_fn=lambda: os.close(1), stderr=subprocess.PIPE,
                          text=True)
    assert told.returncode == 1 and "standard output cannot be written" in told.stderr, told.stderr
    print("replay: with its standard descriptors closed picketd writes no message into its files")


def check_labels(bench):
    """Marks count whatever ends their lines, and the settings name their file."""
    bench.configure(16384, "ip")
    bench.invent(3000, 3)
    labels = os.path.join(bench.folder, "site.labels")
    marks = "true 1970-01-01T00:00:00Z 2100-01-01T00:00:00Z udp * * * * *"
    told, settings = [], [json.dumps(bench.configuration())]
    for text in (marks + "\n", "# by hand\r\n" + marks + "\r\n"):
        with open(labels, "w", newline="") as file:
            file.write(text)
        told.append(bench.rows(bench.picket, "records", bench.log, "--labels", labels))
        settings.append(json.dumps(bench.configuration("--labels", labels)))
        assert hashlib.sha256(text.encode()).hexdigest() in settings[-1], "the settings lack the labels' hash"
    assert told[0] == told[1], "marks are lost where lines end as on Windows"
    marked = sum(row[26] == "anomaly" for row in told[0])
    assert marked == sum(row[1] == "udp" for row in told[0]) > 0, f"{marked} connections are marked"
    assert len(set(settings)) == 3, "other labels have the same settings"
    print(f"replay: {marked} connections marked, by lines that end as on Linux and on Windows")


def check_steps(bench):
    """Of some thousand records, the passes that a large file needs teach too little."""
    small, large = os.path.join(bench.folder, "small.csv"), os.path.join(bench.folder, "large.csv")
    subprocess.run([bench.picket, "synth", "-o", small, "--rows", "5000", "--seed", "5"], check=True,
                   capture_output=True)
    subprocess.run([bench.picket, "synth", "-o", large, "--rows", "20000", "--seed", "99"], check=True,
                   capture_output=True)
    areas = []
    for options in ([], ["--epochs", "40", "--patience", "5"]):
        subprocess.run([bench.picket, "train", small, "--detector", "vae", "-o", bench.folder + "/run", *options],
                       check=True, capture_output=True)
        told = subprocess.run([bench.picket, "eval", bench.folder + "/run", large, "--json"], check=True,
                              capture_output=True, text=True).stdout
        areas.append(next(iter(re.findall(r'"auc_pr": *([0-9.]+)', told))))
    print(f"replay: 5,000 invented records: AUC-PR {float(areas[0]):.4f} by steps, {float(areas[1]):.4f} after 40 epochs")
    assert float(areas[0]) > float(areas[1]) + 0.01, "more steps have taught nothing"


def check_usage(bench):
    """What is asked for goes to the standard output; of a wrong command line the same is an error."""
    asked = subprocess.run([bench.picketd, "--help"], capture_output=True, text=True)
    wrong = subprocess.run([bench.picketd], capture_output=True, text=True)
    assert (asked.returncode, asked.stderr, wrong.returncode, wrong.stdout) == (0, "", 64, "")
    assert asked.stdout == wrong.stderr != ""


def main():
    *programs, folder = (os.path.abspath(path) for path in sys.argv[1:])
    os.makedirs(folder, exist_ok=True)
    bench = Bench(*programs, folder)
    check_usage(bench)
    bench.configure(16384, "ip")
    bench.invent(20_000, 2)
    print(f"replay: {bench.compare():,} records of an invented log: the same bits")
    check_captures(bench)
    check_model(bench)
    check_closed_descriptors(bench)
    check_labels(bench)
    check_steps(bench)


main()
