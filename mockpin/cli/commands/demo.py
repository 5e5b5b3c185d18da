"""`mockpin demo`: the whole path on the shipped events."""

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from mockpin.cli.shared.tables import draw_table

if TYPE_CHECKING:
    from rich.console import Group
    from rich.table import Table

    from mockpin.demo import CaseOutcome

#: The facts shown between an event's title and its reason, with widths that fit a terminal of 80 columns.
FACTS = {
    "by": 7,
    "event": 10,
    "verdict": 9,
    "duplicate": 9,
    "limited data processing": 13,
    "reported as": 11,
}
COLOURS = {"processed": "green", "failed": "red", "refused": "red", "not sent": "yellow"}


@click.command()
def command() -> None:
    """Show the whole path on shipped events, in one process.

    Segment events go through the transformer, the sender, a real socket, the emulator and its history;
    then the tag reports a checkout, and conversion events are posted as somebody's own code would.
    A table shows what became of each.
    """
    import httpx

    from mockpin.client.admin_client import choose_trust
    from mockpin.client.client import MockPin
    from mockpin.demo import DemoSetup, send_cases

    with MockPin() as mock, httpx.Client(trust_env=False, verify=choose_trust(mock.url)) as http:
        outcomes = list(send_cases(DemoSetup(mock, http, time.time)))
    click.echo(draw_table(tabulate(outcomes)), nl=False)
    click.echo(summarize(outcomes))


def tabulate(outcomes: Sequence["CaseOutcome"]) -> "Table":
    """One row an event; a duplicate names the row of its first."""
    from rich.table import Table

    table = Table("", title="What was sent, and what Pinterest makes of it", show_lines=True)
    table.add_column(arrange("sent", FACTS, "why"))
    rows = {
        outcome.record["seq"]: number for number, outcome in enumerate(outcomes, start=1) if outcome.record
    }
    for number, outcome in enumerate(outcomes, start=1):
        facts = (outcome.source, *describe_facts(outcome, rows))
        table.add_row(str(number), arrange(f"[bold]{outcome.title}[/]", facts, outcome.why))
    return table


def arrange(title: str, facts: Iterable[str], why: str) -> "Group":
    """A title, the facts beneath it in columns, and the reason where there is one."""
    from rich.console import Group
    from rich.markup import escape
    from rich.table import Table

    columns = Table.grid(padding=(0, 2))
    for width in FACTS.values():
        columns.add_column(width=width)
    columns.add_row(*facts)
    return Group(title, columns, *([escape(why)] if why else []))


def describe_facts(outcome: "CaseOutcome", rows: Mapping[int, int]) -> tuple[str, ...]:
    """Event name, verdict, duplicate, limited data processing and reporting class, in words."""
    verdict = f"[{COLOURS[outcome.verdict]}]{outcome.verdict}[/]"
    record = outcome.record
    if record is None:
        return "", verdict, "", "", ""
    duplicate = f"of row {rows[record['duplicate_of']]}" if record["duplicate_of"] else "no"
    reported_as = record["reported_as"] if record["status"] == "processed" else ""
    return record["event_name"], verdict, duplicate, describe_limited(record), reported_as


def describe_limited(record: Mapping[str, Any]) -> str:
    """Whether limited data processing applies, where it was asked for."""
    asked = record["payload"].get("custom_data", {}).get("opt_out_type")
    return ("yes" if record["limited_data_processing"]["applies"] else "no") if asked else "not asked for"


def summarize(outcomes: Sequence["CaseOutcome"]) -> str:
    """How many of each verdict, and where to go from here."""
    verdicts = [outcome.verdict for outcome in outcomes]
    counts = ", ".join(f"{verdicts.count(verdict)} {verdict}" for verdict in COLOURS)
    return f"{counts}. Now point your own sender at `mockpin serve`."
