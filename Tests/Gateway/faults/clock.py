"""Clocks that are wrong: picketd's is set forwards and backwards while it runs, or an exporter's is hours off."""
import os
import socket
import struct
import time

import children
from kernel import WINDOW

PORT = 20000 + os.getpid() % 20000
REQUEST, ANSWER = 0, 1
FIN_AND_ALL, SYN_AND_ACK = 0x1B, 0x12


def half(number, side, clock=0, flags=FIN_AND_ALL):
    """A NetFlow 5 datagram of one direction of a connection of a second, number 1 and so on.

    The exporter's clock is `clock` seconds from the right one."""
    client, server = socket.inet_aton("192.0.2.1"), socket.inet_aton("192.0.2.2")
    ends = (client, server) if side == REQUEST else (server, client)
    ports = (40000 + number, 80) if side == REQUEST else (80, 40000 + number)
    header = struct.pack(">HHIIIIBBH", 5, 1, 101_000, int(time.time()) + clock, 0, number, 0, 0, 0)
    return header + struct.pack(">4s4s4sHHIIIIHHBBBBHHBBH", *ends, bytes(4), 0, 0, 5, 600, 100_000, 101_000,
                                *ports, 0, flags, 6, 0, 0, 0, 0, 0, 0)


def set_to(path, seconds):
    with open(path + ".new", "w") as file:
        file.write(str(seconds))
    os.rename(path + ".new", path)


def fill_windows(bench, exporter, clock=0):
    """The first connections: they fill the windows, and have no score."""
    for number in range(1, WINDOW + 1):
        for side in (REQUEST, ANSWER):
            exporter.sendto(half(number, side, clock), ("127.0.0.1", PORT))
        time.sleep(0.001)
    bench.await_metric("connections_total", lambda ended: ended == WINDOW)


def is_set(bench, shim):
    """Between the two halves of a connection the clock jumps an hour: they are one connection all the same."""
    bench.configure("netflow")
    clock, exporter = bench.path("clock"), socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    set_to(clock, 0)
    process = bench.start("run", env={**os.environ, "LD_PRELOAD": shim, "CLOCK_FILE": clock})
    bench.await_said("scoring with")
    inputs = 0

    def send(datagram):
        nonlocal inputs
        exporter.sendto(datagram, ("127.0.0.1", PORT))
        inputs += 1
        bench.await_metric("inputs_total", lambda count: count == inputs)

    fill_windows(bench, exporter)
    inputs = 2 * WINDOW
    steps = ((3600, "+3600.0 s"), (-3600, "-7200.0 s"), (0, "+3600.0 s"))
    for number, (seconds, words) in enumerate(steps, WINDOW + 1):
        send(half(number, REQUEST))
        before = bench.said().count(words)
        set_to(clock, seconds)
        children.until(lambda: bench.said().count(words) == before + 1, 10,
                       lambda: f"picketd says that the clock was set by {words}; it said: {bench.said()[-300:]}")
        assert bench.metric("connections_total") == number - 1, "half a connection has ended by the clock alone"
        send(half(number, ANSWER))
        bench.await_metric("connections_total", lambda ended: ended == number)
        assert bench.metric("connections_begun_total") == number, "the two halves are two connections"
    assert bench.metric("score_p_value_count") == 3, "a connection across a jump was not scored"
    assert children.end(process) == 0
    print("faults: clock set forwards and backwards an hour: said, and no connection was ended or cut by it",
          flush=True)


def is_another(bench):
    """An exporter whose clock is an hour behind or ahead: scored as any other, and looked at by what has lasted."""
    for clock in (-3600, 3600):
        bench.configure("netflow", alert="open_seconds = 3")
        exporter = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        process = bench.start("run")
        bench.await_said("scoring with")
        fill_windows(bench, exporter, clock)
        assert bench.metric('not_scored_total{reason="warming_up"}') == WINDOW
        for number in range(WINDOW + 1, WINDOW + 101):
            for side in (REQUEST, ANSWER):
                exporter.sendto(half(number, side, clock), ("127.0.0.1", PORT))
            time.sleep(0.001)
        bench.await_metric("score_p_value_count", lambda scored: scored == 100)
        assert bench.metric('not_scored_total{reason="warming_up"}') == WINDOW
        # Two that stay open: one has lasted a second, the other, told again, more than three.
        for number in (WINDOW + 101, WINDOW + 102):
            exporter.sendto(half(number, REQUEST, clock, SYN_AND_ACK), ("127.0.0.1", PORT))
        exporter.sendto(half(WINDOW + 102, REQUEST, clock + 5, SYN_AND_ACK), ("127.0.0.1", PORT))
        bench.await_metric("open_connections_scored_total", lambda looked: looked > 0)
        begun = bench.metric("connections_begun_total")
        assert begun == WINDOW + 102, f"{begun:.0f} connections began"
        assert bench.metric("open_connections_scored_total") == 1, "an open connection of a second was scored"
        assert children.end(process) == 0
    print("faults: an exporter's clock an hour behind, and ahead: 255 connections warm up, what follows is scored",
          flush=True)
