"""Servers of the site, all in one process: pages, names, logins, bulk transfers, a sink for uploads."""
import asyncio
import random

PAGES, NAMES, LOGIN, BULK, UPLOAD, PRINTER = 80, 53, 22, 443, 8080, 515


async def page(reader, writer):
    """HTTP: a page of a length that the request's path names."""
    try:
        request = await reader.readuntil(b"\r\n\r\n")
        length = int(request.split(b" ")[1].lstrip(b"/") or b"1000")
        writer.write(b"HTTP/1.0 200 OK\r\nContent-Length: %d\r\n\r\n" % length + bytes(length))
        await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError, ValueError):
        pass
    writer.close()


async def login(reader, writer):
    """Like SSH: a banner, then an answer for each line, until the client hangs up or fails thrice."""
    try:
        writer.write(b"SSH-2.0-site\r\n")
        failures = 0
        while failures < 3:
            line = await reader.readline()
            if not line:
                break
            if line.startswith(b"password wrong"):
                failures += 1
                writer.write(b"denied\r\n")
            else:
                writer.write(bytes(random.randrange(40, 400)) + b"\r\n")
            await writer.drain()
    except ConnectionError:
        pass
    writer.close()


async def sink(reader, writer):
    """Takes whatever comes."""
    try:
        while await reader.read(65536):
            pass
        writer.write(b"done")
        await writer.drain()
    except ConnectionError:
        pass
    writer.close()


class Names(asyncio.DatagramProtocol):
    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, sender):
        self.transport.sendto(data + bytes(random.randrange(30, 200)), sender)


async def main():
    loop = asyncio.get_running_loop()
    for address in ("10.77.2.2", "10.77.2.3", "10.77.2.4"):
        for port, serve in ((PAGES, page), (BULK, page), (LOGIN, login), (UPLOAD, sink), (PRINTER, sink)):
            await asyncio.start_server(serve, address, port, backlog=1024)
        await loop.create_datagram_endpoint(Names, (address, NAMES))
    print("serving", flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
