"""`mockpin send`: events to Pinterest, or to an emulator."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mockpin.addresses import API
from mockpin.cli.commands.transform import transform
from mockpin.cli.shared.event_files import Located, read_events
from mockpin.cli.shared.failed_events import keep_failed
from mockpin.cli.shared.interruption import interrupted_once
from mockpin.cli.shared.parameters import TOKEN, URL
from mockpin.cli.shared.regions import region_option
from mockpin.cli.shared.send_report import report, report_kept
from mockpin.cli.shared.subscriptions import choose_subscriptions
from mockpin.segment.recognition import Kind, tell_kind
from mockpin.wording import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mockpin_transformer import Receipt, Sender, Subscription

#: Options that say whose events these are, and how else they can be given.
CREDENTIALS = {
    "ad_account": "--ad-account or PINTEREST_AD_ACCOUNT_ID",
    "token": "--token or PINTEREST_CONVERSION_TOKEN",
}


@click.command(short_help="Send events to a server: the emulator, or Pinterest.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...|-")
@click.option("--to", type=URL, metavar="URL", envvar=["MOCKPIN_TO", "PINTEREST_API_URI"],
              help="The server, such as http://127.0.0.1:7466; without it, Pinterest itself.")  # fmt: skip
@click.option("--ad-account", metavar="ID", envvar=["MOCKPIN_AD_ACCOUNT", "PINTEREST_AD_ACCOUNT_ID"],
              help="The ad account that the events belong to.")  # fmt: skip
@click.option("--token", type=TOKEN, metavar="TOKEN", envvar=["MOCKPIN_TOKEN", "PINTEREST_CONVERSION_TOKEN"],
              help="The ad account's conversion token; the environment hides it from others.")  # fmt: skip
@click.option("--test", is_flag=True, help="Send test requests, which Pinterest judges and does not record.")
@click.option(
    "--dry-run", is_flag=True, help="Print the payloads that would be sent, one a line; send nothing."
)
@click.option("--mapping", type=click.Path(path_type=Path, dir_okay=False),
              help="A mapping in JSON for every Segment event; with --preset, laid over it.")  # fmt: skip
@click.option(
    "--preset", metavar="NAME", help="One prebuilt mapping, such as Checkout, for every Segment event."
)
@click.option("--normalization", type=click.Choice(["documented", "segment"]), default="documented",
              show_default=True, help="Clean match keys as Pinterest asks, or as Segment does.")  # fmt: skip
@region_option
@click.option("--batch-size", type=click.IntRange(1, 1000), default=1000, show_default=True,
              help="How many events go in one request at most.")  # fmt: skip
@click.option("--failed", type=click.Path(path_type=Path, dir_okay=False), show_default=True,
              default=Path("failed-events.jsonl"),
              help="The file that keeps events which were not processed, to be sent again.")  # fmt: skip
def command(*, files: tuple[str, ...], mapping: Path | None, preset: str | None, **options: Any) -> None:
    """Send conversion events, payloads or Segment events, these converted first, in batches.

    Everything is read before anything is sent. Repeats what a repeat can mend, never a processed event.
    A value that is a SHA-256 already is sent as it is, digits in upper case, too. One malformed event has
    its whole batch refused: it is named, and the others are kept to be sent again. Offline events that may
    have been processed all the same are kept apart, for they would count twice. Interrupted, it keeps
    what was not confirmed. Exits with 1 if an event was not converted or not processed, with 3 if nobody
    answers.
    """
    from mockpin_transformer import SendingInterrupted

    sender, subscriptions = build_sender(**options), choose_subscriptions(mapping, preset)
    located, unconverted = convert_all(read_events(files), subscriptions, **options)
    events = [each.event for each in located]
    if options["dry_run"]:
        print_batches(events, size=options["batch_size"])
        raise SystemExit(int(unconverted))
    with interrupted_once():
        try:
            receipt = deliver(sender, events)
        except SendingInterrupted as error:
            conclude(error.receipt, located, files, failed=options["failed"])
            raise
        conclude(receipt, located, files, failed=options["failed"])
    raise SystemExit(
        3 if receipt.unreachable and not receipt.processed else int(unconverted or not receipt.ok)
    )


def convert_all(
    items: Iterable[Located], subscriptions: tuple[Subscription, ...], **options: Any
) -> tuple[list[Located], bool]:
    """Conversion events with their places, and whether some Segment event could not be converted."""
    events, unconverted = [], False
    how = {"normalization": options["normalization"], "region": options["region"], "explain": False}
    for each in items:
        if tell_kind(each.event) is Kind.CONVERSION_EVENT:
            events.append(each)
            continue
        converted, problems = transform(each, subscriptions, **how)
        events += [Located(conversion.event, each.place) for conversion in converted]
        unconverted = unconverted or bool(problems)
        note = () if converted or problems else ("no mapping takes this event, so it is not sent.",)
        for problem in (*problems, *note):
            click.echo(f"{each.place}: {problem}", err=True)
    return events, unconverted


def build_sender(**options: Any) -> Sender:
    """The sender that the options describe; UsageError if they do not say whose events these are."""
    from mockpin_transformer import Sender

    for name, means in CREDENTIALS.items():
        if not options[name] and not options["dry_run"]:
            raise click.UsageError(f"Say with {means} whose events these are, or try --dry-run.")
    return Sender(
        options["ad_account"] or "",
        options["token"] or "",
        api_uri=options["to"] and f"{options['to']}{API}",
        test=options["test"],
        batch_size=options["batch_size"],
    )


def print_batches(events: Sequence[dict[str, Any]], *, size: int) -> None:
    """The payloads as they would be sent, and how many."""
    from mockpin_transformer.sending.batches import split
    from mockpin_transformer.wire import write_payload

    batches = list(split(events, size=size))
    for batch in batches:
        click.echo(write_payload(batch.events))
    total = f"{count(len(events), 'event')} in {count(len(batches), 'batch')}"
    click.echo(f"{total} would be sent.", err=True)


def deliver(sender: Sender, events: Sequence[dict[str, Any]]) -> Receipt:
    """Send with a progress bar on a terminal, with plain lines elsewhere."""
    if not sys.stderr.isatty():
        return sender.send(events, progress=print_progress)
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("sending", total=len(events))
        return sender.send(events, progress=lambda done, _total: bar.update(task, completed=done))


def conclude(receipt: Receipt, located: Sequence[Located], files: Sequence[str], *, failed: Path) -> None:
    """Say what came of it, and keep what was not processed."""
    report(receipt, located)
    report_kept(receipt, keep_failed(failed, receipt, located, inputs=files), failed)


def print_progress(done: int, total: int) -> None:
    """A line after each batch, for logs."""
    click.echo(f"{done:,} of {count(total, 'event')} tried", err=True)
