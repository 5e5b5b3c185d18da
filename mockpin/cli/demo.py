"""`mockpin demo`: the whole path on the shipped events."""

import sys
import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.table import Table

    from mockpin.demo import Outcome

COLUMNS = ("", "sent", "by", "event", "verdict", "duplicate", "limited data processing", "reported as", "why")
COLOURS = {"processed": "green", "failed": "red", "refused": "red", "not sent": "yellow"}
#: Wide enough for the table when nobody's terminal says how wide it is.
WIDTH = 150


@click.command()
def command() -> None:
    """Show the whole path on shipped events, in one process.

    Segment events go through the transformer, the sender, a real socket, the emulator and its history;
    then the tag reports a checkout, and conversion events are posted as somebody's own code would.
    A table shows what became of each.
    """
    import httpx
    from rich.console import Console

    from mockpin.demo import Stage, play
    from mockpin.testing.client import MockPin

    with MockPin() as mock, httpx.Client(trust_env=False) as http:
        outcomes = list(play(Stage(mock, http, time.time)))
    console = Console(highlight=False, width=None if sys.stdout.isatty() else WIDTH)
    with console.capture() as said:  # rich, writing by itself, calls a closed pipe a failure
        console.print(tabulate(outcomes))
        console.print(summarize(outcomes))
    click.echo(said.get(), nl=False)


def tabulate(outcomes: Sequence["Outcome"]) -> "Table":
    """One row an event; a duplicate names the row of its first."""
    from rich.table import Table

    table = Table(*COLUMNS, title="What was sent, and what Pinterest makes of it", show_lines=True)
    rows = {each.record["seq"]: number for number, each in enumerate(outcomes, start=1) if each.record}
    for number, outcome in enumerate(outcomes, start=1):
        table.add_row(str(number), outcome.title, outcome.source, *tell(outcome, rows), outcome.why)
    return table


def tell(outcome: "Outcome", rows: Mapping[int, int]) -> tuple[str, ...]:
    """Event name, verdict, duplicate, limited data processing and reporting class, in words."""
    verdict = f"[{COLOURS[outcome.verdict]}]{outcome.verdict}[/]"
    record = outcome.record
    if record is None:
        return "", verdict, "", "", ""
    duplicate = f"of row {rows[record['duplicate_of']]}" if record["duplicate_of"] else "no"
    return record["event_name"], verdict, duplicate, tell_limited(record), record["reported_as"]


def tell_limited(record: Mapping[str, Any]) -> str:
    """Whether limited data processing applies, where it was asked for."""
    asked = record["payload"].get("custom_data", {}).get("opt_out_type")
    return ("yes" if record["limited_data_processing"]["applies"] else "no") if asked else "not asked for"


def summarize(outcomes: Sequence["Outcome"]) -> str:
    """How many of each verdict, and where to go from here."""
    verdicts = [outcome.verdict for outcome in outcomes]
    counts = ", ".join(f"{verdicts.count(verdict)} {verdict}" for verdict in COLOURS)
    return f"{counts}. Now point your own sender at `mockpin serve`."
