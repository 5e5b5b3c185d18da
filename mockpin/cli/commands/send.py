"""`mockpin send`: events to Pinterest, or to an emulator."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mockpin.addresses import API
from mockpin.cli.commands.transform import transform
from mockpin.cli.shared.documents import Located, read_events
from mockpin.cli.shared.failed_events import FailedFiles, keep_failed
from mockpin.cli.shared.interruption import interrupted_once
from mockpin.cli.shared.parameters import FILE_PATH, WholeNumber, normalization_option, region_option
from mockpin.cli.shared.send_report import report, report_kept, spell_command
from mockpin.cli.shared.subscriptions import choose_subscriptions, mapping_options
from mockpin.cli.shared.targets import MISSING, confirm_target, is_asked, target_options
from mockpin_validator.contract.kinds import Kind, tell_kind
from mockpin_validator.wording import count

if TYPE_CHECKING:
    from mockpin.cli.shared.malformed import Refusals
    from mockpin_transformer import Receipt, Sender, Subscription

#: Options that say whose events these are, and how else they can be given.
CREDENTIALS = {
    "ad_account": "--ad-account or PINTEREST_AD_ACCOUNT_ID",
    "token": "--token or PINTEREST_CONVERSION_TOKEN",
}


@click.command("send", short_help="Send events to a server: the emulator, or Pinterest.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...|-")
@target_options(required=False)
@click.option(
    "--dry-run", is_flag=True, help="Print the payloads that would be sent, one on each line; send nothing."
)
@mapping_options
@normalization_option("documented")
@region_option
@click.option("--batch-size", type=WholeNumber(1, 1000), default=1000, show_default=True,
              help="The most events in one request.")  # fmt: skip
@click.option(
    "--skip-invalid",
    is_flag=True,
    help="Leave out malformed events, for which Pinterest refuses the whole batch; send the rest.",
)
@click.option("--failed", type=FILE_PATH, show_default=True, default=Path("failed-events.jsonl"),
              help="The file for events that were not processed, so that they can be sent "
              "again.")  # fmt: skip
@click.option("--malformed", type=FILE_PATH, show_default=True, default=Path("malformed-events.jsonl"),
              help="The file for malformed events, to be corrected first.")  # fmt: skip
@click.pass_context
def command(
    ctx: click.Context, /, *, files: tuple[str, ...], mapping: Path | None, preset: str | None, **options: Any
) -> None:
    """Send conversion events, payloads or Segment events in batches; Segment events are converted first.

    Nothing goes to the real service unless --to pinterest says so. Everything is read before anything is
    sent. A request is repeated when that can help, a processed event never. A value that is a SHA-256 already
    is sent as it is, even with digits in upper case. One malformed event makes Pinterest refuse its whole
    batch: the event is named and kept in a file of its own, the others in the file of failed events. Offline
    events that may have been processed are kept apart, because they would count twice. Ctrl-C ends it, and
    what was not confirmed is kept. Exits with 1 if an event was not converted or not processed, with 3 if the
    server does not answer.
    """
    from mockpin.cli.shared.malformed import find_malformed

    sender, subscriptions = build_sender(**options), choose_subscriptions(mapping, preset)
    located, unconverted = convert_all(read_events(files), subscriptions, **options)
    if options["dry_run"]:
        print_batches([event.event for event in located], size=options["batch_size"])
        raise SystemExit(int(unconverted))
    if not options["test"]:
        question = f"Send {count(len(located), 'event')} to the real ad account {options['ad_account']}?"
        confirm_target(options["to"], question, ask=is_asked(sure=options["yes"]))
    malformed = find_malformed(located, range(len(located))) if options["skip_invalid"] else {}
    receipt = send_and_report(ctx, sender, located, files=files, malformed=malformed)
    raise SystemExit(
        3 if receipt.unreachable and not receipt.processed else int(unconverted or not receipt.ok)
    )


def send_and_report(
    ctx: click.Context, sender: Sender, located: list[Located], *, files: Sequence[str], malformed: Refusals
) -> Receipt:
    """Send all but the malformed events, say what came of each, and keep the failed ones."""
    from mockpin.cli.shared.malformed import add_unsent, send_valid
    from mockpin_transformer import SendingInterrupted

    def finish(receipt: Receipt) -> Receipt:
        whole = add_unsent(receipt, located, malformed)
        conclude(ctx, whole, located, files=files)
        return whole

    with interrupted_once():
        try:
            return finish(send_valid(partial(deliver, sender), located, malformed))
        except SendingInterrupted as error:
            click.echo("Interrupted: keeping the events that were not confirmed.", err=True)
            finish(error.receipt)
            raise


def convert_all(
    items: Iterable[Located], subscriptions: tuple[Subscription, ...], **options: Any
) -> tuple[list[Located], bool]:
    """Conversion events with their places, and whether some Segment event could not be converted."""
    events, unconverted = [], False
    how = {"normalization": options["normalization"], "region": options["region"], "explain": False}
    for item in items:
        if tell_kind(item.event) is Kind.CONVERSION_EVENT:
            events.append(item)
            continue
        converted, problems = transform(item, subscriptions, **how)
        events += [Located(conversion.event, item.place) for conversion in converted]
        unconverted = unconverted or bool(problems)
        note = () if converted or problems else ("no mapping takes this event, so it is not sent.",)
        for problem in (*problems, *note):
            click.echo(f"{item.place}: {problem}", err=True)
    return events, unconverted


def build_sender(**options: Any) -> Sender:
    """The sender that the options describe; UsageError if they do not say whose events these are."""
    from mockpin_transformer import Sender

    if not options["to"] and not options["dry_run"]:
        raise click.UsageError(MISSING)
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


def conclude(
    ctx: click.Context, receipt: Receipt, located: Sequence[Located], *, files: Sequence[str]
) -> None:
    """Say what came of it, and keep what was not processed."""
    from mockpin.cli.shared.malformed import find_culprits

    malformed = find_culprits(receipt, located)
    report(receipt, located, malformed)
    kept_in = FailedFiles(ctx.params["failed"], ctx.params["malformed"])
    kept = keep_failed(kept_in, receipt, located, inputs=files, malformed=malformed)
    report_kept(receipt, kept, kept_in, write_command=partial(spell_command, ctx))


def print_progress(done: int, total: int) -> None:
    """A line after each batch, for logs."""
    click.echo(f"{done:,} of {count(total, 'event')} tried", err=True)
