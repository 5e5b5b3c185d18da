"""Attackers on many connections, and a witness on its own that notices when others are held up."""

import asyncio
import os
import time
from contextlib import closing, suppress
from itertools import islice
from pathlib import Path

#: Requests that are written at once before the first answer is read.
PIPELINED = 8
#: Seconds that an answer may take before its connection is given up.
PATIENCE = 10.0
TICKS = os.sysconf("SC_CLK_TCK")


class Findings:
    """What a siege has shown: how many requests were sent, which failed, and the longest hold in seconds."""

    def __init__(self):
        self.sent = self.answered = 0
        self.broken, self.longest, self.statuses = [], 0.0, {}

    def note(self, status, request):
        self.answered += 1
        self.statuses[status] = self.statuses.get(status, 0) + 1
        if status == 500:
            self.broken.append(request)


async def attack(port, requests, findings, *, most):
    """Send requests on one connection after another until `most` were sent by all."""
    while findings.sent < most:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**24)
        with suppress(OSError, asyncio.IncompleteReadError, TimeoutError, ValueError):
            await _use(reader, writer, requests, findings, most)
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


async def _use(reader, writer, requests, findings, most):
    while findings.sent < most:
        batch = [*islice(requests, PIPELINED)]
        for each in batch:
            findings.sent += 1
            writer.write(each.data)
            if not each.is_framed:
                break
        written = batch[: batch.index(each) + 1]
        for each in written:
            async with asyncio.timeout(PATIENCE if each.is_framed else 0.1):
                findings.note(await _read_answer(reader, has_body=each.has_body), each.data)
        if not written[-1].is_framed:
            return


async def _read_answer(reader, *, has_body):
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head.split(b" ", 2)[1])
    lengths = [
        int(line.partition(b":")[2])
        for line in head.lower().split(b"\r\n")
        if line.startswith(b"content-length")
    ]
    if has_body and lengths and status not in (204, 304):
        await reader.readexactly(lengths[0])
    return status


async def watch(port, pid, findings, *, interval=0.01):
    """Ask /livez again and again: what the event loop works during the longest wait is a hold.

    On a machine that is busy with others the wait itself would say nothing.
    """
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**24)
    with closing(writer):
        await _ask_again_and_again(reader, writer, pid, findings, interval)


async def _ask_again_and_again(reader, writer, pid, findings, interval):
    while True:
        began, used = time.monotonic(), cpu_seconds(pid)
        writer.write(b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")
        await _read_answer(reader, has_body=True)
        hold = min(time.monotonic() - began, cpu_seconds(pid) - used)
        findings.longest = max(findings.longest, hold)
        await asyncio.sleep(interval)


def cpu_seconds(pid):
    """The CPU time that the first thread of a process, the event loop's, has used, in steps of 0.01 s."""
    fields = Path(f"/proc/{pid}/task/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory_megabytes(pid):
    """The memory that a process holds at present."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024
