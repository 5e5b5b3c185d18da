"""How fast the emulator is, beside Prism's mock of the same endpoint: `make bench-emulator`.

Needs wrk; Prism is measured where npm is there (it is installed once, into `.venv/prism`). All servers run
side by side and take turns, so that what else the machine does falls on all of them: read the ratios.
"""

import argparse
import asyncio
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from statistics import median

from flask import Flask

from mockpin.emulator.emulator import Emulator
from mockpin.emulator.logs import make_log
from mockpin.emulator.pipeline import answers
from mockpin.emulator.pipeline.context import RequestContext
from mockpin.emulator.pipeline.summary import summarize
from mockpin.emulator.settings.settings import read_settings
from mockpin.serving.gateway import Gateway
from mockpin.serving.server import Server, listen, run

ROOT = Path(__file__).resolve().parent.parent
PRISM = ROOT / ".venv" / "prism"
PRISM_VERSION = "5.14.2"
ACCOUNT, TOKEN = "549755885175", "pina_benchmark"
ENDPOINT = f"/v5/ad_accounts/{ACCOUNT}/events"
SIZES = {1: 8, 100: 8, 1000: 2}  # events in a request -> connections
#: In the form of Pinterest's own: any other is a finding.
CLICK_ID = "dj0y" + "JnU9b2JD" * 7
#: Stands in an event id for what makes the id of each request another.
SERIAL = "{serial}"
#: Each request has event ids of its own: the body is cut where they differ, and joined by the next number.
LUA = """local file = io.open("%(body)s"); local body, parts = file:read("*a"), {}; file:close()
for part in (body .. "{serial}"):gmatch("(.-){serial}") do parts[#parts + 1] = part end
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer %(token)s"
local began, serial = os.time(), 0
request = function()
  serial = serial + 1
  return wrk.format(nil, nil, nil, table.concat(parts, began .. "-" .. serial))
end
"""


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def conversion_event(index: int, serial: int | str) -> dict:
    """A clean event of 1.5 kB with a user agent of its own, its id told apart by a serial number."""
    agent = (
        f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0.{index}.0 Safari/537.36"
    )
    person = {"em": f"p{index}@shop.example", "ph": f"4930{1000000 + index}", "ge": "f", "db": "19900101",
              "ln": "doe", "fn": "jane", "ct": "berlin", "st": "be", "zp": "10115", "country": "de",
              "external_id": f"u{index}"}  # fmt: skip
    return {
        "event_name": "checkout", "action_source": "web", "event_time": int(time.time()) - 60,
        "event_id": f"order-{index}-{serial}", "partner_name": "direct", "language": "de",
        "event_source_url": f"https://shop.example/thanks?order={index}&utm_source=pinterest",
        "user_data": {
            **{key: [digest(value)] for key, value in person.items()},
            "client_ip_address": "93.184.216.34", "client_user_agent": agent,
            "click_id": CLICK_ID,
        },
        "custom_data": {
            "currency": "EUR", "value": "49.90", "content_ids": ["sku-1", "sku-2"], "num_items": 2,
            "contents": [{"id": "sku-1", "item_price": "20.00", "quantity": 1},
                         {"id": "sku-2", "item_price": "29.90", "quantity": 1}],
            "order_id": f"order-{index}",
        },
    }  # fmt: skip


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


class Running:
    """A server in a process of its own, waited for until it answers."""

    def __init__(self, name: str, command: list[str], port: int) -> None:
        self.name, self.port = name, port
        began = time.perf_counter()
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not self.answers():
            time.sleep(0.002)
        self.start_up = time.perf_counter() - began

    def answers(self) -> bool:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/livez", timeout=5).close()
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False
        return True

    @property
    def memory(self) -> float:
        """Resident MiB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS"))

    def stop(self) -> float:
        began = time.perf_counter()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
        return time.perf_counter() - began


def start_mockpin(store: Path, name: str = "mockpin") -> Running:
    port = free_port()
    flags = f"--port {port} --account {ACCOUNT}={TOKEN} --access-token x --rate-limit off".split()
    return Running(name, [sys.executable, "-m", "mockpin", "serve", *flags, "--store", str(store)], port)


def start_bare() -> Running:
    """The same server with rules and storage off: token, limit, JSON, answer and log line are left."""
    port = free_port()
    return Running("bare", [sys.executable, __file__, "--bare", str(port)], port)


def start_prism(folder: Path) -> list[Running]:
    """Prism as it comes, and with its log switched off."""
    if not shutil.which("npm"):
        return []
    if not (PRISM / "node_modules").is_dir():
        package = f"@stoplight/prism-cli@{PRISM_VERSION}"
        subprocess.run(["npm", "install", "--silent", "--prefix", PRISM, package], check=True)
    description = folder / "endpoint.json"
    description.write_text(json.dumps(describe()))
    program, ports = str(PRISM / "node_modules" / ".bin" / "prism"), (free_port(), free_port())
    return [
        Running(name, [program, "mock", "-p", str(port), *flags, str(description)], port)
        for name, port, flags in (("Prism", ports[0], []), ("Prism, no log", ports[1], ["-v", "fatal"]))
    ]


def describe() -> dict:
    """An OpenAPI document of the endpoint, made of mockpin's own contract."""
    contract = (ROOT / "validator" / "mockpin_validator" / "contract" / "contract.json").read_text()
    payload = json.loads(contract.replace("#/$defs/", "#/components/schemas/"))
    schemas = payload.pop("$defs")
    example = {"num_events_processed": 1, "num_events_received": 1, "events": [{"status": "processed"}]}
    ok = {"description": "judged", "content": {"application/json": {"example": example}}}
    account = {"name": "ad_account_id", "in": "path", "required": True, "schema": {"type": "string"}}
    body = {"required": True, "content": {"application/json": {"schema": payload}}}
    operation = {"parameters": [account], "requestBody": body, "responses": {"200": ok}}
    path = "/v5/ad_accounts/{ad_account_id}/events"
    return {"openapi": "3.1.0", "info": {"title": "Conversion events", "version": "1"},
            "components": {"schemas": schemas}, "paths": {path: {"post": operation}}}  # fmt: skip


async def serve_bare(port: int) -> None:
    emulator = Emulator(read_settings({"rate_limit": "off"}))
    emulator.accounts.add(ACCOUNT, TOKEN)
    log = make_log(sys.stderr, form="text")
    names = [getattr(step, "func", step).__name__ for step in emulator.events_pipeline.judging]
    kept = emulator.events_pipeline.judging[: names.index("match_schema")]

    async def answer(context: RequestContext) -> answers.Answer:
        for step in kept:
            step(context)
        verdicts = [answers.PROCESSED] * len(context.payload["data"])
        answer = answers.judged(verdicts, 422).with_headers(answers.HEADERS)
        log([summarize(context, answer, milliseconds=0.0)])
        return answer

    application = Flask(__name__)
    server = Server(Gateway(application, limit=10_000_000, direct=answer), listen("127.0.0.1", port))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, server.stop)
    await server.serve()


def write_bodies(folder: Path) -> None:
    for size in SIZES:
        body = folder / f"{size}.json"
        events = [conversion_event(index, SERIAL) for index in range(size)]
        body.write_text(json.dumps({"data": events}, separators=(",", ":")))
        (folder / f"{size}.lua").write_text(LUA % {"body": body, "token": TOKEN})


def load(server: Running, folder: Path, size: int, seconds: int) -> float:
    """Requests a second; every answer must be a 200."""
    url = f"http://127.0.0.1:{server.port}{ENDPOINT}"
    command = ["wrk", "-t1", f"-c{SIZES[size]}", f"-d{seconds}s", "-s", str(folder / f"{size}.lua"), url]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in said:
        sys.exit(f"{server.name} refused what it was sent:\n{said}")
    return next(float(line.split()[1]) for line in said.splitlines() if line.startswith("Requests/sec"))


def hang_on(server: Running) -> list[socket.socket]:
    """One open stream, one waiting expect and one half-sent body."""
    expect = json.dumps({"match": {"event_id": "never"}, "count": 1, "timeout_ms": 600_000}).encode()
    said = (
        b"GET /__mockpin/stream?event_id=never HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"POST /__mockpin/expect HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        b"Content-Length: %d\r\n\r\n%s" % (len(expect), expect),
        f"POST {ENDPOINT} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\n{{".encode(),
    )
    connections = [socket.create_connection(("127.0.0.1", server.port)) for _ in said]
    for connection, text in zip(connections, said, strict=True):
        connection.sendall(text)
    return connections


def measure_speed(servers: list[Running], folder: Path, rounds: int, seconds: int) -> None:
    print(f"{'events':>7} {'server':>13} {'requests/s':>11} {'events/s':>10}  times Prism  of bare")
    for size in SIZES:
        figures: dict[str, list[float]] = {server.name: [] for server in servers}
        for _ in range(rounds):
            for server in servers:
                figures[server.name].append(load(server, folder, size, seconds))
        reached = {name: median(values) for name, values in figures.items()}
        for name, speed in reached.items():
            prism = f"{speed / reached['Prism']:.2f}" if "Prism" in reached else "-"
            bare = f"{speed / reached['bare']:.2f}"
            print(f"{size:>7} {name:>13} {speed:>11,.0f} {speed * size:>10,.0f}  {prism:>11}  {bare:>7}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--bare", type=int, metavar="PORT", help=argparse.SUPPRESS)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--seconds", type=int, default=4)
    chosen = options.parse_args()
    if chosen.bare:
        run(serve_bare(chosen.bare))
        return
    if not shutil.which("wrk"):
        sys.exit("wrk is not here: install it (on Debian: apt-get install wrk).")
    os.environ.pop("MOCKPIN_CONFIG", None)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_bodies(folder)
        servers = [
            start_mockpin(folder / "quiet.db"),
            start_mockpin(folder / "busy.db", "mockpin busy"),
            start_bare(),
        ]
        servers += start_prism(folder)
        connections = hang_on(servers[1])
        try:
            measure_speed(servers, folder, chosen.rounds, chosen.seconds)
        finally:
            for connection in connections:
                connection.close()
            for server in servers:
                server.stop()


if __name__ == "__main__":
    main()
