"""What came of sending, in words: the totals on standard output, what went wrong on standard error."""

from __future__ import annotations

import shlex
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from mockpin.cli.shared.failed_events import counts_twice
from mockpin.cli.shared.targets import PINTEREST, SERVICE
from mockpin.emulator.masking.texts import mask_text
from mockpin_validator.wording import count

if TYPE_CHECKING:
    from mockpin.cli.shared.documents import Located
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
    HTTPStatus.NOT_FOUND: "The server has no such address or ad account: check --to and --ad-account.",
}


def report(receipt: Receipt, located: Sequence[Located], malformed: Refusals) -> None:
    """Each failure with its event's place, and the totals; `malformed` says whose fault a refusal is."""
    refused = [
        failure for failure in receipt.failed if malformed and failure.status == HTTPStatus.BAD_REQUEST
    ]
    culprits = [failure for failure in refused if failure.index in malformed]
    others = [failure for failure in receipt.failed if failure not in refused]
    told = [
        *((culprit, f"400 Bad Request: {malformed[culprit.index]}") for culprit in culprits),
        *((other, other.message) for other in others),
    ]
    for failure, message in told[:MOST_SHOWN]:
        _report_failure(failure, located[failure.index], message, answered=not receipt.unreachable)
    if len(told) > MOST_SHOWN:
        click.echo(f"... and {len(told) - MOST_SHOWN} more.", err=True)
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
    for located in kept.withheld:
        click.echo(
            f"{located.place}: not kept in {files.failed}, because a match key is in plain text in it:"
            " hash it (mockpin hash shows how) and send the event again from where it came.",
            err=True,
        )
    statuses = {failure.status for failure in receipt.failed}
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


def _report_failure(failure: Failure, located: Located, message: str, *, answered: bool) -> None:
    """Why an event failed, in the service's words without personal data, and what to do in mockpin's.

    Nothing is to be done about an event that the service has not answered.
    """
    doubt = " (it may have been processed all the same)" if counts_twice(failure, located.event) else ""
    name = failure.event_id or "without an id"
    click.echo(f"{located.place}: event {name} failed: {mask_text(message)}{doubt}", err=True)
    is_verdict = failure.status in (None, HTTPStatus.BAD_REQUEST) and not failure.ambiguous
    if answered and is_verdict and (fixes := list_fixes(located.event)):
        click.echo(f"  fix: {' '.join(fixes)}", err=True)


def list_fixes(event: Mapping[str, Any]) -> tuple[str, ...]:
    """What mockpin's own judgement says to do about an event's errors; none where it finds no error."""
    from mockpin_validator import validate

    errors = (finding for finding in validate(event, now=time.time()) if finding.severity == "error")
    return tuple(dict.fromkeys(finding.fix for finding in errors))


def _describe_bystanders(number: int) -> str:
    others = f"{count(number, 'other event')} {'was' if number == 1 else 'were'}"
    return f"{others} refused for being in the same batch: nothing is known to be wrong there."


#: What stands for a value that no screen or log should show.
_HIDDEN = {"token": "TOKEN", "admin_token": "TOKEN"}
#: How a value is given on the command line, where it was read as another.
_SPELLED = {SERVICE: PINTEREST}


def spell_command(ctx: click.Context, files: str) -> str:
    """The command line of a context for other files, its options as they were given but for tokens."""
    options = [param for param in ctx.command.params if isinstance(param, click.Option)]
    words = [word for option in options for word in _spell(ctx, option)]
    return " ".join(["mockpin", str(ctx.info_name), shlex.quote(files), *words])


def _spell(ctx: click.Context, option: click.Option) -> Iterator[str]:
    """An option of the command line as it is written, once for each of its values; nothing for another."""
    name = str(option.name)
    if ctx.get_parameter_source(name) is not ParameterSource.COMMANDLINE:
        return
    flag, value = max(option.opts, key=len), ctx.params.get(name)
    if option.is_flag:
        yield flag
        return
    for item in value if isinstance(value, tuple) else (value,):
        yield from (flag, _HIDDEN.get(name) or shlex.quote(_SPELLED.get(item, str(item))))
