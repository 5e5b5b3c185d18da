"""`mockpin tail`: what a running server receives, as it comes."""

from __future__ import annotations

import select
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click
import orjson

from mockpin.cli.commands.expect import filter_options
from mockpin.cli.shared.right_server import choose_server, server_options
from mockpin.emulator.history.event_fields import FILTERS
from mockpin_validator.wording import make_visible

if TYPE_CHECKING:
    from mockpin.client.admin_client import AdminClient

    Record = Mapping[str, Any]

#: Seconds between two looks at the server.
PAUSE = 0.25
#: Events and exchanges that are asked for at once.
PAGE = 1000
#: The filter that exchanges without events know, too.
ACCOUNT = "ad_account_id"
REFUSED = 400
#: An ad account that does not exist: a page without records says where the history ends.
NO_AD_ACCOUNT = "0" * 18


@click.command("tail", short_help="Follow what a running server receives: a line for each event or refusal.")
@server_options()
@click.option("--all", "everything", is_flag=True, help="Begin with what the server has received already.")
@click.option("--json", "as_json", is_flag=True, help="Print the records of the admin API as JSON Lines.")
@filter_options
def command(*, everything: bool, as_json: bool, **options: Any) -> None:
    """Follow a running server: a line for each event, and for each request that was refused or not sent on.

    A line has the time, the verdict, the event and the reason. Filters choose events; refusals are shown
    unless a filter other than --ad-account-id is given. Ctrl-C ends it.
    """
    server = choose_server(options)
    filters = {name: options[name] for name in FILTERS if options[name] is not None}
    with server.administer() as admin:
        asked = choose_queries(filters)
        # asked with --all, too: only an answer shows that there is a server to follow
        after = {what: find_last(admin, what) for what in asked}
        click.echo(f"following {server.shown}, Ctrl-C ends it", err=True)
        for record in follow(admin, asked, {} if everything else after):
            click.echo(orjson.dumps(record).decode() if as_json else describe(record))


def pause(seconds: float) -> None:
    """Wait, but raise BrokenPipeError when the reader of standard output has closed it."""
    try:
        output = sys.stdout.fileno()
    except (OSError, ValueError):
        time.sleep(seconds)
        return
    poll = select.poll()
    poll.register(output, 0)
    if poll.poll(seconds * 1000):
        raise BrokenPipeError


def choose_queries(filters: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """What to ask for and by which filters: events, and exchanges if the filters suit them, too."""
    suits_exchanges = filters.keys() <= {ACCOUNT}
    return {"events": filters, **({"requests": filters} if suits_exchanges else {})}


def follow(
    admin: AdminClient,
    asked: Mapping[str, Mapping[str, Any]],
    after: Mapping[str, int],
    *,
    sleep: Callable[[float], None] = pause,
) -> Iterator[Record]:
    """Each event that was asked for, and each exchange without events, behind the numbers in `after`."""
    after = {what: after.get(what, 0) for what in asked}
    while True:
        came: list[Record] = []
        for what, query in asked.items():
            page = admin.get(what, after=after[what], limit=PAGE, **query)
            came += [record for record in page[what] if is_told(record)]
            after[what] = page["next"]
        yield from sorted(came, key=lambda record: record["received_at"])
        sleep(PAUSE)


def find_last(admin: AdminClient, what: str) -> int:
    """The number of the latest event or exchange; 0 of an empty history."""
    return int(admin.get(what, limit=1, ad_account_id=NO_AD_ACCOUNT)["next"])


def is_told(record: Record) -> bool:
    """Whether a record has a line: an event, or an exchange that gave none and should have."""
    if "seq" in record:
        return True
    return not record["event_seqs"] and (record["status"] >= REFUSED or any(list_unsent(record)))


def describe(record: Record) -> str:
    """The line of a record."""
    moment = datetime.fromtimestamp(record["received_at"], tz=UTC).astimezone()
    mark, words = describe_event(record) if "seq" in record else describe_exchange(record)
    line = f"{moment:%H:%M:%S} {mark} {'  '.join(word for word in words if word)}"
    return click.style(make_visible(line), fg={"✓": "green", "✗": "red"}.get(mark))


def describe_event(event: Record) -> tuple[str, Iterable[str]]:
    """The mark of an event, and its description."""
    findings = sorted(event["findings"], key=lambda finding: RANKS.get(finding["severity"], len(RANKS)))
    worst = next((finding for finding in findings if finding["severity"] != "info"), None)
    reason = event["error_message"] or (f"{worst['rule']}: {worst['message']}" if worst else "")
    duplicate = f"duplicate of #{event['duplicate_of']}" if event["duplicate_of"] is not None else ""
    words = (
        f"{event['status']:9}", f"#{event['seq']}", event["sent_name"], event["event_id"] or "without id",
        event["source"], event["ad_account_id"], "test" if event["test"] else "", duplicate, reason,
    )  # fmt: skip
    return ("✓" if event["status"] == "processed" else "✗"), words


RANKS = {"error": 0, "warning": 1}


def describe_exchange(exchange: Record) -> tuple[str, Iterable[str]]:
    """The mark of an exchange without events, and its description."""
    status, asked = exchange["status"], f"{exchange['method']} {exchange['path']}"
    if status < REFUSED:
        return "·", (f"{'not sent':9}", asked, "; ".join(dict.fromkeys(list_unsent(exchange))))
    fault = "by a fault" if exchange["fault"] is not None else ""
    return "✗", (f"{'refused':9}", str(status), asked, fault, read_reason(exchange))


def read_reason(exchange: Record) -> str:
    """What a refusal says of itself."""
    try:
        return str(orjson.loads(exchange["answer"])["message"])
    except (ValueError, TypeError, KeyError):
        return ""


def list_unsent(exchange: Record) -> Iterator[str]:
    """Why the Segment events of a call led to no conversion event."""
    body = exchange["body"]
    events = body.get("segment", ()) if isinstance(body, dict) else ()
    for event in events:
        if not any(result["event_seqs"] for result in event["results"]):
            kind = event["event"].get("type", "message") if isinstance(event["event"], dict) else "message"
            reasons = [result["why"] for result in event["results"] if result["why"]]
            yield f"{kind}: {reasons[0] if len(set(reasons)) == 1 else 'no mapping takes it'}"
