#!/usr/bin/env python3
"""What PicketFlow tells of real captures, row by row beside what other programs made of them.

    captures_test.py TELL BUILD

- every conversation of TCP and UDP that tshark counts: packets each way; and bytes each way beside
  frames.py, after frames.py has agreed with tshark on the frames' bytes;
- every connection record of Zeek: originator, state, packets, bytes, payload and duration;
- the 19 window columns of 3,000 connections, to the digit;
- on the way, TELL replays its log of each of them, and ends if one bit differs; once more with the
  time-outs as they are by default.

Rows that differ are known, by capture and number, and printed with the reason. The data are where
PICKET_DATA says, or else in ../shared/data; without them the test is skipped.
"""

import collections
import csv
import gzip
import os
import shutil
import subprocess
import sys
import tarfile
from ipaddress import ip_address

import frames

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
DATA = os.path.join(os.environ.get("PICKET_DATA") or os.path.join(ROOT, "..", "shared", "data"),
                    "pcap")
# One time-out for all, so that a conversation is one connection however long it is silent.
SECONDS = "2000000000"

SPLIT = "tshark opens a second stream between the same ends without a new connection"
CUT = "the IP datagram is longer than its frame: malformed here"
TINY = "the first fragment does not hold the TCP header: malformed here, reassembled there"
CONVERSATIONS = {
    "ndpi/badpackets.pcap": (93, CUT), "zeek/tcp_reassembly.pcap": (1, CUT),
    "ndpi/fuzz-2006-06-26-2594.pcap": (17, "bits of the headers were changed on purpose: malformed"),
    "ndpi/snmp.pcap": (34, SPLIT), "zeek/snmp_snmp-crash-62790.pcap": (2, SPLIT),
    "zeek/snmp_snmpwalk-short.pcap": (2, SPLIT), "ndpi/vnc.pcap": (4, SPLIT),
    "suricata/RDP-003.pcap": (1, "three SYNs, each answered by RST: three connections here"),
    "suricata/frag-ip-tcp-syn.pcap": (1, TINY), "zeek/ipv4_fragmented-syn.pcap": (1, TINY),
}
MISSED = "Zeek adds bytes of sequence numbers that are not in the capture"
RECORDS = {
    "zeek/tcp_retransmit-fast009.pcap": (1, "Zeek does not count retransmissions again"),
    "zeek/dns_dns-corrupt.pcap": (1, "Zeek dropped packets with bad checksums"),
    "zeek/ftp_bigtransfer.pcap": (1, MISSED), "zeek/tcp_miss_end_data.pcap": (1, MISSED),
}

Told = collections.namedtuple("Told", "source destination start duration packets bytes payload flag")


def tell(program, build, name):
    """What TELL says of a capture: its connections by protocol and ends, in order of start."""
    path = os.path.join(build, "captures", name)
    if path.endswith(".gz"):
        with gzip.open(path) as packed, open(path[:-3], "wb") as out:
            shutil.copyfileobj(packed, out)
        path = path[:-3]
    done = subprocess.run([program, "capture", path, SECONDS], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{name}: {done.stderr}")
    found = collections.defaultdict(list)
    for line in done.stdout.splitlines():
        f = line.split(",")
        protocol = {"6": "tcp", "17": "udp"}.get(f[1], "icmp")
        source, destination = (normal(f[2]), int(f[3])), (normal(f[4]), int(f[5]))
        n = [int(x) for x in f[6:14]]
        found[protocol, *sorted((source, destination))].append(Told(
            source, destination, n[0], n[1] - n[0], tuple(n[2:4]), tuple(n[4:6]), tuple(n[6:8]),
            f[14]))
    for each in found.values():
        each.sort(key=lambda told: told.start)
    return path, found


def normal(address):
    return str(ip_address(address))


def rows(name):
    opened = gzip.open if name.endswith(".gz") else open
    with opened(os.path.join(DATA, name), "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by_capture(all_rows):
    found = collections.defaultdict(list)
    for row in all_rows:
        found[row["pcap"]].append(row)
    return sorted(found.items())


def directed(told, first):
    """Packets and bytes of a connection, those that `first` sent before the others."""
    turn = 1 if told.source == first else -1
    return told.packets[::turn], told.bytes[::turn], told.payload[::turn]


def check_conversations(program, build):
    differing, same, weighed = collections.Counter(), 0, 0
    for name, listed in by_capture(r for r in rows("conversations.csv.gz") if r["agrees"] == "1"):
        path, ours = tell(program, build, name)
        sums = sums_of(path)
        theirs = collections.defaultdict(list)
        for r in listed:
            a, b = (normal(r["a_h"]), int(r["a_p"])), (normal(r["b_h"]), int(r["b_p"]))
            theirs[r["proto"], *sorted((a, b))].append((float(r["start_epoch"]), a, b, r))
        for key, streams in theirs.items():
            streams.sort(key=lambda stream: stream[0])
            told = ours.get(key, [])
            for i, (_, a, b, r) in enumerate(streams):
                packets = int(r["a_to_b_pkts"]), int(r["b_to_a_pkts"])
                if len(told) != len(streams) or directed(told[i], a)[0] != packets:
                    differing[name] += 1
                    continue
                same += 1
            # Bytes: of all conversations of these ends together.
            if len(told) == len(streams):
                weighed += check_bytes(name, key, streams, told, sums)
    compare("conversations", same, differing, CONVERSATIONS)
    print(f"captures: bytes and payload of {weighed:,} pairs of ends equal those of frames.py")


def sums_of(path):
    """Packets, bytes of frames and of IP, and payload, by protocol, sender and receiver."""
    found = collections.defaultdict(lambda: [0, 0, 0, 0])
    for link, frame, length in frames.frames(path):
        told = frames.conversation(link, frame, length)
        if told:
            sums = found[told[:3]]
            for i, number in enumerate((1, length, told[3], told[4])):
                sums[i] += number
    return found


def check_bytes(name, key, streams, told, sums):
    """Whether frames.py and tshark agree on these ends; ends the test if our bytes are not theirs."""
    a, b = streams[0][1:3]
    for sender, receiver in ((a, b), (b, a)):
        way = "a_to_b", "b_to_a"
        total = [0, 0]
        for _, first, _, r in streams:
            prefix = way[0] if first == sender else way[1]
            total[0] += int(r[prefix + "_pkts"])
            total[1] += int(r[prefix + "_bytes"])
        if sums[key[0], sender, receiver][:2] != total:
            return 0  # fragments, tunnels, or what tshark saw otherwise
        if sum(directed(t, sender)[0][0] for t in told) != total[0]:
            return 0  # among the differing rows
        ours = [sum(directed(t, sender)[i][0] for t in told) for i in (1, 2)]
        if ours != sums[key[0], sender, receiver][2:]:
            raise SystemExit(f"{name}: {key}: {ours}, frames.py {sums[key[0], sender, receiver]}")
    return 1


def check_records(program, build):
    differing, same = collections.Counter(), 0
    for name, listed in by_capture(r for r in rows("zeek_conn.csv")
                                   if not r["note"].startswith("SPECIAL")):
        _, ours = tell(program, build, name)
        for r in listed:
            a, b = (normal(r["orig_h"]), int(r["orig_p"])), (normal(r["resp_h"]), int(r["resp_p"]))
            told = ours.get((r["proto"], *sorted((a, b))), [])
            if len(told) == 1 and is_record(told[0], a, r):
                same += 1
            else:
                differing[name] += 1
    compare("Zeek's records", same, differing, RECORDS)


def is_record(told, originator, row):
    """Whether a connection is what Zeek's record says, as far as that says it."""
    numbers = [("orig_pkts", told.packets[0]), ("resp_pkts", told.packets[1]),
               ("orig_ip_bytes", told.bytes[0]), ("resp_ip_bytes", told.bytes[1]),
               ("orig_bytes", told.payload[0]), ("resp_bytes", told.payload[1])]
    if any(row[field] not in ("", "-") and int(row[field]) != number for field, number in numbers):
        return False
    known = row["duration"] not in ("", "-")
    if known and abs(told.duration / 1e9 - float(row["duration"])) > 2e-6:
        return False
    has_flag = row["proto"] == "tcp" and row["conn_state"] not in ("", "-")
    return told.source == originator and (not has_flag or told.flag == row["conn_state"])


def compare(what, same, differing, known):
    """Prints the rows that differ, with their reasons; ends the test if they are not the known ones."""
    print(f"captures: {same:,} of {same + sum(differing.values()):,} {what} are the same")
    for name, count in sorted(differing.items()):
        expected, reason = known.get(name, (0, "not known"))
        print(f"  {name}: {count} differ: {reason}")
        if count != expected:
            raise SystemExit(f"{name}: {count} of {what} differ, {expected} are known to")
    if set(known) != set(differing):
        raise SystemExit(f"no longer differing: {set(known) - set(differing)}")


def check_windows(program):
    with gzip.open(os.path.join(DATA, "windows_in.csv.gz"), "rt", encoding="utf-8") as file:
        connections = file.read().split("\n", 1)[1]
    done = subprocess.run([program, "windows"], input=connections, capture_output=True, text=True)
    with gzip.open(os.path.join(DATA, "windows_kdd_data.csv.gz"), "rt", encoding="utf-8") as file:
        expected = file.read().split("\n", 1)[1]
    ours, theirs = done.stdout.split(), expected.split()
    wrong = [i for i, (a, b) in enumerate(zip(ours, theirs)) if a != b]
    if done.returncode or wrong or len(ours) != len(theirs) or not ours:
        raise SystemExit(f"windows: rows {wrong[:5]} differ of {len(theirs)}; {done.stderr}")
    print(f"captures: 19 window columns of {len(ours):,} connections are the same, on every row")


def check_replay(program, build):
    count = 0
    for folder, _, names in os.walk(os.path.join(build, "captures")):
        for name in sorted(names):
            if not name.endswith(".gz"):
                path = os.path.join(folder, name)
                done = subprocess.run([program, "capture", path], capture_output=True, text=True)
                if done.returncode:
                    raise SystemExit(f"{path}: {done.stderr}")
                count += len(done.stdout.splitlines())
    print(f"captures: {count:,} records, live and replayed, are the same to the bit")


def main():
    program, build = sys.argv[1:]
    if not os.path.exists(os.path.join(DATA, "captures.tar.xz")):
        print("captures: skipped: neither PICKET_DATA nor ../shared/data has pcap/captures.tar.xz")
        return
    with tarfile.open(os.path.join(DATA, "captures.tar.xz")) as archive:
        archive.extractall(os.path.join(build, "captures"))
    check_windows(program)
    check_conversations(program, build)
    check_records(program, build)
    check_replay(program, build)


main()
