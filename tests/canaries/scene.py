"""The product with canaries in it: an emulator with its store and log, its server, and a user's files."""

import csv
import io
import json
import logging
import sys
from contextlib import contextmanager
from pathlib import Path

import click
from click.testing import CliRunner

from mockpin.cli import run
from mockpin.emulator.accounts import Accounts
from mockpin.emulator.breakdowns import LOGGER, make_handler
from mockpin.emulator.emulator import Emulator
from mockpin.emulator.history.store import Store
from mockpin.serving.emulator_gateway import make_gateway
from mockpin.serving.server import Background, Server, listen
from mockpin.web.app import build_app
from tests.mockpin.sending import AD_ACCOUNT_ID, NOW, PATH, TAG_ID, TOKEN, conversion_event

HEADERS = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
ACCESS_TOKEN = "pina_access"
#: Columns of the CSV file that a user validates.
COLUMNS = (
    "event_name", "action_source", "event_time", "event_id", "em", "ph", "fn", "external_id",
    "event_source_url", "custom_data.order_id",
)  # fmt: skip


class Scene:
    """Everything that canaries are put into, and that outputs are read from."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = folder / "store.db"
        self.entries = []
        accounts = Accounts(access_token=ACCESS_TOKEN)
        accounts.add(AD_ACCOUNT_ID, TOKEN, TAG_ID)
        self.emulator = Emulator(
            accounts=accounts, clock=lambda: NOW, store=Store(str(self.store)), log=self.entries.extend
        )
        self.app = build_app(self.emulator)
        self.http = self.app.test_client()
        self.breakdowns = io.StringIO()
        #: What an input was answered: label -> texts.
        self.answers: dict[str, list[bytes]] = {}
        #: The user's events by kind, in the order of the inputs.
        self.payloads, self.segment_events, self.recorded, self.rows = [], [], [], []
        self.url = ""

    def answer(self, label: str, text: str | bytes) -> None:
        """Keep what an input was answered."""
        self.answers.setdefault(label, []).append(text if isinstance(text, bytes) else text.encode())

    def post_event(self, event, query: str = "") -> None:
        """Send one conversion event; only a 400's body may repeat a value, to its own sender."""
        answer = self.http.post(PATH + query, data=json.dumps({"data": [event]}), headers=HEADERS)
        if answer.status_code != 400:
            self.answer("POST /v5/ad_accounts/<ad_account_id>/events", answer.data)

    def ask(self, label: str, method: str, path: str, **how) -> None:
        """Send any other request and keep its answer."""
        self.answer(label, self.http.open(path, method=method, **how).data)

    def run(self, *arguments: str, text: str | None = None) -> bytes:
        """What a command writes on its standard output and error; a crash is shown as it would be."""
        command = click.Command("mockpin", callback=lambda: sys.exit(run([*map(str, arguments)])))
        done = CliRunner().invoke(command, [], input=text)
        return done.stdout.encode() + b"\n" + done.stderr.encode()

    def run_well(self, *arguments: str) -> bytes:
        """As `run`, for a command that must be one: a usage error would show nothing."""
        output = self.run(*arguments)
        assert b"Usage: mockpin" not in output, output[:500]
        return output

    def write_files(self) -> dict[str, Path]:
        """The user's files, one of each form that mockpin reads."""
        har = {"log": {"version": "1.2", "creator": {}, "entries": self.recorded}}
        table = io.StringIO()
        writer = csv.DictWriter(table, COLUMNS)
        writer.writeheader()
        writer.writerows(self.rows)
        texts = {
            "payloads.jsonl": write_lines({"data": [event]} for event in self.payloads),
            "payload.json": json.dumps({"data": self.payloads}),
            "segment.jsonl": write_lines(self.segment_events),
            "session.har": json.dumps(har),
            "events.csv": table.getvalue(),
            "broken.json": json.dumps({"data": self.payloads})[:-2] + " %",
        }
        for name, text in texts.items():
            (self.folder / name).write_text(text, encoding="utf-8")
        return {name: self.folder / name for name in texts}

    def read_log(self) -> bytes:
        """The lines about mockpin's own faults."""
        return self.breakdowns.getvalue().encode()


def write_lines(values) -> str:
    return "".join(f"{json.dumps(value)}\n" for value in values)


@contextmanager
def open_scene(folder: Path):
    """A scene with its server on a socket."""
    scene = Scene(folder)
    handlers = [make_handler(scene.breakdowns, form=form) for form in ("text", "json")]
    for handler in handlers:
        LOGGER.addHandler(handler)
    root = logging.StreamHandler(scene.breakdowns)
    logging.getLogger().addHandler(root)
    try:
        with Background(Server(make_gateway(scene.app), listen("127.0.0.1", 0))) as server:
            scene.url = server.url
            yield scene
    finally:
        scene.emulator.close()
        logging.getLogger().removeHandler(root)
        for handler in handlers:
            LOGGER.removeHandler(handler)


__all__ = ["ACCESS_TOKEN", "HEADERS", "Scene", "conversion_event", "open_scene"]
