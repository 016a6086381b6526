"""Ordinary work of the site's people for some seconds: names and pages, logins, bulk transfers.

    clients.py SECONDS SEED

or, for the windows of who counts connections: names, one after the other, each a connection of its own.

    clients.py names COUNT
"""
import asyncio
import random
import sys
import time

SERVERS = ["10.77.2.2", "10.77.2.3", "10.77.2.4"]


async def fetch(client, server, port, length):
    reader, writer = await asyncio.open_connection(server, port, local_addr=(client, 0))
    writer.write(b"GET /%d HTTP/1.0\r\nHost: site\r\nUser-Agent: tool/1.0\r\n\r\n" % length)
    await writer.drain()
    while await reader.read(65536):
        pass
    writer.close()


async def log_in(client, server, rng):
    reader, writer = await asyncio.open_connection(server, 22, local_addr=(client, 0))
    await reader.readline()
    for _ in range(rng.randrange(5, 30)):
        writer.write(bytes(rng.randrange(20, 60)).replace(b"\0", b"x") + b"\n")
        await writer.drain()
        await reader.readline()
        await asyncio.sleep(rng.uniform(0, 0.1))
    writer.close()


class Question(asyncio.DatagramProtocol):
    def __init__(self):
        self.answered = asyncio.get_running_loop().create_future()

    def datagram_received(self, data, sender):
        if not self.answered.done():
            self.answered.set_result(data)


async def ask(client, server, rng):
    loop = asyncio.get_running_loop()
    transport, question = await loop.create_datagram_endpoint(
        Question, local_addr=(client, 0), remote_addr=(server, 53))
    transport.sendto(bytes(rng.randrange(25, 60)))
    try:
        await asyncio.wait_for(question.answered, 2)
    except asyncio.TimeoutError:
        pass
    transport.close()


async def person(client, until, rng):
    """One of the site's people: a page now and then, with a name before it; sometimes something else.

    What comes next is due at its time, whatever came before, so that a slow machine does not change what is
    normal."""
    due = time.monotonic()
    while due < until:
        due += rng.expovariate(1.2)
        await asyncio.sleep(due - time.monotonic())
        server, kind = rng.choice(SERVERS), rng.random()
        try:
            if kind < 0.9:
                await ask(client, server, rng)
                for _ in range(rng.randrange(1, 5)):
                    await fetch(client, server, rng.choice((80, 443)), int(rng.lognormvariate(8, 1.2)))
            elif kind < 0.96:
                await log_in(client, server, rng)
            else:
                await fetch(client, server, 443, rng.randrange(200_000, 2_000_000))
        except OSError:
            pass


async def names(count):
    for i in range(count):
        await ask("10.77.1.2", SERVERS[i % 3], random.Random(i))


async def main():
    if sys.argv[1] == "names":
        return await names(int(sys.argv[2]))
    until, seed = time.monotonic() + float(sys.argv[1]), int(sys.argv[2])
    people = [person(f"10.77.1.{2 + i}", until, random.Random(seed * 1000 + i)) for i in range(18)]
    await asyncio.gather(*people)


asyncio.run(main())
