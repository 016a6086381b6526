"""The clock is set forwards and backwards while picketd runs: connections go on, and it is said."""
import os
import socket
import struct
import time

import children
from kernel import WINDOW

PORT = 20000 + os.getpid() % 20000
REQUEST, ANSWER = 0, 1
FIN_AND_ALL = 0x1B


def half(number, side):
    """A NetFlow 5 datagram of one direction of a closed connection, number 1 and so on."""
    client, server = socket.inet_aton("192.0.2.1"), socket.inet_aton("192.0.2.2")
    ends = (client, server) if side == REQUEST else (server, client)
    ports = (40000 + number, 80) if side == REQUEST else (80, 40000 + number)
    # It begins two seconds from now: what began before picketd gets no score.
    header = struct.pack(">HHIIIIBBH", 5, 1, 101_000, int(time.time()) + 3, 0, number, 0, 0, 0)
    return header + struct.pack(">4s4s4sHHIIIIHHBBBBHHBBH", *ends, bytes(4), 0, 0, 5, 600, 100_000, 101_000,
                                *ports, 0, FIN_AND_ALL, 6, 0, 0, 0, 0, 0, 0)


def set_to(path, seconds):
    with open(path + ".new", "w") as file:
        file.write(str(seconds))
    os.rename(path + ".new", path)


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

    # The first connections fill the windows, and have no score.
    for number in range(1, WINDOW + 1):
        for side in (REQUEST, ANSWER):
            exporter.sendto(half(number, side), ("127.0.0.1", PORT))
        time.sleep(0.001)
    bench.await_metric("connections_total", lambda ended: ended == WINDOW)
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
