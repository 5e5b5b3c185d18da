"""What came of sending, in words: the totals on standard output, what went wrong on standard error."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import click

from mockpin.cli.shared.failed_events import counts_twice
from mockpin.wording import count

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from mockpin.cli.shared.event_files import Located
    from mockpin.cli.shared.failed_events import FailedFiles, Kept
    from mockpin.cli.shared.malformed import Refusals
    from mockpin_transformer import Receipt
    from mockpin_transformer.sending.receipt import Failure

#: Failures that are written out one by one.
MOST_SHOWN = 20
#: What to do first, by the status with which a whole batch was refused.
ADVICE = {
    HTTPStatus.UNAUTHORIZED: "The conversion token is wrong: give the ad account's own with --token"
    " or PINTEREST_CONVERSION_TOKEN.",
    HTTPStatus.FORBIDDEN: "The conversion token is not this ad account's: check --ad-account"
    " or PINTEREST_AD_ACCOUNT_ID.",
}


def report(receipt: Receipt, located: Sequence[Located], malformed: Refusals) -> None:
    """Each failure with its event's place, and the totals; `malformed` says whose fault a refusal is."""
    refused = [each for each in receipt.failed if malformed and each.status == HTTPStatus.BAD_REQUEST]
    culprits = [each for each in refused if each.index in malformed]
    others = [each for each in receipt.failed if each not in refused]
    lines = [
        *(_name(each, located, f"400 Bad Request: {malformed[each.index]}") for each in culprits),
        *(_name(each, located, each.message) for each in others),
    ]
    for line in lines[:MOST_SHOWN]:
        click.echo(line, err=True)
    if len(lines) > MOST_SHOWN:
        click.echo(f"... and {len(lines) - MOST_SHOWN} more.", err=True)
    if len(refused) > len(culprits):
        click.echo(_describe_bystanders(len(refused) - len(culprits)), err=True)
    click.echo(
        f"{receipt.processed:,} processed, {len(receipt.failed):,} failed,"
        f" {count(receipt.batches, 'batch')}, {count(receipt.attempts, 'attempt')}"
    )


def report_kept(
    receipt: Receipt, kept: Kept, files: FailedFiles, *, write_command: Callable[[str], str]
) -> None:
    """Where the failed events are, which are not kept, and what to do before they are sent again.

    `write_command` gives the command that sends a file again.
    """
    for each in kept.withheld:
        click.echo(
            f"{each.place}: not kept in {files.failed}, because a match key is in plain text in it:"
            " hash it (mockpin hash shows how) and send the event again from where it came.",
            err=True,
        )
    statuses = {each.status for each in receipt.failed}
    advice = [sentence for status, sentence in ADVICE.items() if status in statuses]
    for sentence in advice:
        click.echo(sentence, err=True)
    if files.unconfirmed in kept.files:
        _warn_of_unconfirmed(files.unconfirmed)
    if files.malformed in kept.files:
        again = write_command(str(files.malformed))
        click.echo(f"The malformed events are in {files.malformed}. Correct them, then: {again}", err=True)
    if files.failed in kept.files:
        which = "The other failed events" if len(kept.files) > 1 or kept.withheld else "The failed events"
        then = f"To send them again: {write_command(str(files.failed))}"
        click.echo(f"{which} are in {files.failed}. {then}", err=True)


def _warn_of_unconfirmed(path: Path) -> None:
    click.echo(
        f"The offline events in {path} may have been processed all the same, and Pinterest recognizes no"
        " offline event that comes twice: find out whether they arrived before you send them again.",
        err=True,
    )


def _name(failure: Failure, located: Sequence[Located], message: str) -> str:
    found = located[failure.index]
    doubt = " (it may have been processed all the same)" if counts_twice(failure, found.event) else ""
    return f"{found.place}: event {failure.event_id or 'without an id'} failed: {message}{doubt}"


def _describe_bystanders(number: int) -> str:
    others = f"{count(number, 'other event')} {'was' if number == 1 else 'were'}"
    return f"{others} refused for being in the same batch: nothing is known to be wrong there."
