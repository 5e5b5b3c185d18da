"""What came of sending, in words: the sum on standard output, what went wrong on standard error."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import click

from mockpin.cli.shared.failed_events import counts_twice
from mockpin.wording import count

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mockpin.cli.shared.event_files import Located
    from mockpin.cli.shared.failed_events import Kept
    from mockpin_transformer import Receipt
    from mockpin_transformer.sending.receipt import Failure

#: Failures that are written out one by one.
MOST_SHOWN = 20
#: What to do first, by the status with which a whole batch was refused.
ADVICE = {
    HTTPStatus.BAD_REQUEST: "Mend what is malformed before it is sent again, or its batch is refused again.",
    HTTPStatus.UNAUTHORIZED: "The conversion token is wrong: give the ad account's own with --token"
    " or PINTEREST_CONVERSION_TOKEN.",
    HTTPStatus.FORBIDDEN: "The conversion token is not this ad account's: check --ad-account"
    " or PINTEREST_AD_ACCOUNT_ID.",
}


def report(receipt: Receipt, located: Sequence[Located]) -> None:
    """Each failure with its event's place, and the sum."""
    culprits = find_culprits(receipt, located)
    refused = [each for each in receipt.failed if culprits and each.status == HTTPStatus.BAD_REQUEST]
    others = [each for each in receipt.failed if not culprits or each.status != HTTPStatus.BAD_REQUEST]
    lines = [*culprits, *(_name(each, located, each.message) for each in others)]
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


def find_culprits(receipt: Receipt, located: Sequence[Located]) -> list[str]:
    """The events that had their whole batch refused, and why: judged here, as the answer names none."""
    from mockpin_transformer.sending.masking import mask_user_data
    from mockpin_validator import Judge

    refused = [each for each in receipt.failed if each.status == HTTPStatus.BAD_REQUEST]
    judge = Judge() if refused else None
    culprits = []
    for each in refused:
        event = located[each.index].event
        if judge and (sentence := judge.refusal({"data": [event]})):
            culprits.append(_name(each, located, f"400 Bad Request: {mask_user_data(sentence, event)}"))
    return culprits


def report_kept(receipt: Receipt, kept: Kept, path: Path) -> None:
    """Where the failed events are, which are not kept, and what to do before they are sent again."""
    for each in kept.withheld:
        click.echo(
            f"{each.place}: not kept in {path}, since a match key stands in it in plain text:"
            " hash it (mockpin hash shows how) and send the event again from where it came.",
            err=True,
        )
    statuses = {each.status for each in receipt.failed}
    advice = [said for status, said in ADVICE.items() if status in statuses]
    for said in advice:
        click.echo(said, err=True)
    for file in kept.files:
        if file != path:
            _warn_of_unconfirmed(file)
    if path in kept.files:
        which = "The other failed events" if len(kept.files) > 1 or kept.withheld else "The failed events"
        then = "then sends them again" if advice else "sends them again"
        click.echo(f"{which} are in {path}: mockpin send {path} {then}.", err=True)


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
