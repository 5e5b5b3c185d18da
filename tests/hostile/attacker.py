"""Attackers that send prepared requests over many connections, as fast as the server answers them."""

import asyncio
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

#: Requests that one connection writes before it reads the first answer.
PIPELINED = 16
#: Seconds without an answer after which a connection is given up; long, so that a slow machine is not one.
PATIENCE = 60.0
#: Seconds that the answer to a request with odd framing is waited for; there may be none.
ODD_PATIENCE = 0.1
#: Requests after which the server is looked at.
STEP = 1000
_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)
_CHUNKED = b"\r\ntransfer-encoding: chunked"
_BODILESS = (204, 304)


@dataclass
class Attack:
    """What was sent and answered. `wanted` is how many requests to send, `broken` those answered 500."""

    port: int
    wanted: int
    sent: int = 0
    answered: int = 0
    statuses: Counter = field(default_factory=Counter)
    broken: list = field(default_factory=list)
    untried: list = field(default_factory=list)
    is_over: bool = False

    def note(self, status, request):
        self.answered += 1
        self.statuses[status] += 1
        if status == 500:
            self.broken.append(request)

    def take(self, requests, count):
        """The next requests, none when enough were sent."""
        if self.is_over or self.sent >= self.wanted:
            return []
        batch = [self.untried.pop() if self.untried else next(requests) for _ in range(count)]
        self.sent += count
        return batch

    def give_back(self, requests):
        """Take back what a connection did not come to, because the server ended it at an earlier request."""
        self.untried += requests
        self.sent -= len(requests)


class Pipeline(asyncio.Protocol):
    """One connection that writes a batch of requests, reads as many answers, and goes on."""

    def __init__(self, attack, requests):
        self.attack, self.requests = attack, requests
        self.ended = asyncio.get_running_loop().create_future()
        self.waiting, self.buffer = [], bytearray()
        self.progress = 0

    def connection_made(self, transport):
        self.transport = transport
        self.write_batch()

    def write_batch(self):
        batch = self.attack.take(self.requests, PIPELINED)
        if not batch:
            self.transport.abort()
            return
        self.waiting = batch[::-1]
        self.transport.write(b"".join([request.data for request in batch]))

    def data_received(self, data):
        self.buffer += data
        while self.waiting and self.read_answer():
            self.progress += 1
        if not self.waiting:
            self.write_batch()

    def read_answer(self):
        """Whether a whole answer was in the buffer; it is taken out."""
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0:
            return False
        request, status = self.waiting[-1], int(self.buffer[9:12])
        has_body = request.has_body and status not in _BODILESS
        size = find_end(self.buffer, end + 4) if has_body else end + 4
        if size is None or len(self.buffer) < size:
            return False
        del self.buffer[:size]
        self.attack.note(status, self.waiting.pop().data)
        return True

    def connection_lost(self, _error):
        self.attack.give_back(self.waiting[:-1])
        if not self.ended.done():
            self.ended.set_result(None)


def find_end(buffer, start):
    """Where the body that starts there ends, None as long as that is not known."""
    head = buffer[:start].lower()
    if _CHUNKED not in head:
        length = _LENGTH.search(head)
        return start + (int(length[1]) if length else 0)
    while (line := buffer.find(b"\r\n", start)) > 0:
        size = int(buffer[start:line], 16)
        start = line + 2 + size + 2
        if not size:
            return start
    return None


async def pipeline(attack, requests):
    """Attack on one connection after another until enough was sent."""
    loop = asyncio.get_running_loop()
    while not attack.is_over and attack.sent < attack.wanted:
        with suppress(OSError):
            transport, connection = await loop.create_connection(
                lambda: Pipeline(attack, requests), "127.0.0.1", attack.port
            )
            try:
                await _wait_while_it_moves(connection)
            finally:
                transport.abort()


async def _wait_while_it_moves(connection):
    progress = -1
    while not connection.ended.done() and connection.progress != progress:
        progress = connection.progress
        await asyncio.wait((connection.ended,), timeout=PATIENCE)


async def send_oddities(attack, requests):
    """Send requests with odd framing, each on a connection of its own that ends soon."""
    while batch := attack.take(requests, 1):
        with suppress(OSError, asyncio.IncompleteReadError, TimeoutError, ValueError):
            reader, writer = await asyncio.open_connection("127.0.0.1", attack.port)
            writer.write(batch[0].data)
            try:
                async with asyncio.timeout(ODD_PATIENCE):
                    head = await reader.readuntil(b"\r\n")
                attack.note(int(head.split(b" ", 2)[1]), batch[0].data)
            finally:
                writer.transport.abort()


async def besiege(attack, pool, *, connections, check):
    """Attack until enough was sent; `check` is called after every thousand requests and may raise."""
    framed = cycle([request for request in pool if request.is_framed])
    odd = cycle([request for request in pool if not request.is_framed])
    odd_connections = max(1, connections // 4)
    attackers = [asyncio.create_task(pipeline(attack, framed)) for _ in range(connections)]
    attackers += [asyncio.create_task(send_oddities(attack, odd)) for _ in range(odd_connections)]
    try:
        await _check_every_step(attack, attackers, check)
    finally:
        attack.is_over = True
        for attacker in attackers:
            attacker.cancel()
        await asyncio.gather(*attackers, return_exceptions=True)
        await asyncio.sleep(0.1)  # the loop closes what was aborted


async def _check_every_step(attack, attackers, check):
    checked = 0
    while not all(attacker.done() for attacker in attackers) and not attack.is_over:
        await asyncio.sleep(0.02)
        if attack.sent >= checked + STEP:
            checked = attack.sent
            await check()
    for attacker in attackers:
        if attacker.done():
            attacker.result()


async def ask_health(port):
    """The status of /__mockpin/health, on a connection of its own."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET /__mockpin/health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
    head = await reader.readuntil(b"\r\n")
    writer.close()
    await writer.wait_closed()
    return int(head.split(b" ", 2)[1])


def memory_megabytes(pid):
    """The memory that a process holds at present."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024
