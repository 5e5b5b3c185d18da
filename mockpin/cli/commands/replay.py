"""`mockpin replay`: send recorded payloads again."""

from __future__ import annotations

import shlex
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import click

from mockpin.addresses import API, hide_userinfo
from mockpin.cli.shared.documents import read_documents
from mockpin.cli.shared.errors import InputUnreadable, ServerUnreachable
from mockpin.cli.shared.replaying import SegmentEventMet, read_answer, read_payloads, rebase
from mockpin.cli.shared.targets import MISSING, confirm_target, is_asked, target_options
from mockpin_validator.wording import count

if TYPE_CHECKING:
    import httpx

    from mockpin.cli.shared.replaying import Payload, ReplayResult


@click.command(short_help="Send recorded payloads again as they were.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...|-")
@target_options(required=True)
@click.option("--rebase-time", is_flag=True, help="Move all events so that the newest happens now.")
def command(*, files: tuple[str, ...], rebase_time: bool, yes: bool, **where: Any) -> None:
    """Send payloads again as they were, even bad ones. Events without a payload are sent in batches.

    Files are JSON or JSON Lines, plain or gzipped: payloads, conversion events, or what the admin API gave.
    Everything is read before anything is sent. Exits with 1 when not every event was processed.
    """
    if not where["to"]:
        raise click.UsageError(MISSING)
    payloads = read(files)
    if not where["test"]:
        question = f"Send {count(len(payloads), 'request')} to the real ad account {where['ad_account']}?"
        confirm_target(where["to"], question, ask=is_asked(sure=yes))
    answers = list(send(rebase(payloads, now=time.time()) if rebase_time else payloads, **where))
    received = sum(answer.received for answer in answers)
    processed = sum(answer.processed for answer in answers)
    sent = count(len(answers), "request")
    click.echo(f"{processed:,} of {count(received, 'event')} processed in {sent}")
    if not all(answer.ok for answer in answers):
        names = shlex.join(files)
        click.echo(f"What to do about each event: mockpin validate {names}", err=True)
        raise SystemExit(1)


def read(files: Iterable[str]) -> list[Payload]:
    """All payloads of the files. Raises InputUnreadable, also for what is not a payload but Segment's."""
    try:
        return list(read_payloads(read_documents(files)))
    except SegmentEventMet as error:
        raise InputUnreadable(str(error)) from None


def send(
    payloads: Iterable[Payload], *, to: str, ad_account: str, token: str, test: bool
) -> Iterator[ReplayResult]:
    """Send one after the other over one connection, and say what became of each."""
    import httpx

    from mockpin.client.admin_client import choose_trust, describe_failure

    target = f"{to}{API}/ad_accounts/{quote(ad_account, safe='')}/events{'?test=true' if test else ''}"
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(headers=headers, trust_env=False, verify=choose_trust(to)) as client:
        for number, payload in enumerate(payloads, 1):
            try:
                answer = judge(client.post(target, json=payload), payload)
            except httpx.RequestError as error:
                why = f"{hide_userinfo(to)} ({describe_failure(error)})"
                raise ServerUnreachable(f"Request {number} had no answer from {why}.") from error
            click.echo(f"request {number}: {answer}", err=True)
            yield answer


def judge(answer: httpx.Response, payload: Payload) -> ReplayResult:
    """The numbers of an answer, whatever its body is."""
    data = payload.get("data")
    sent = len(data) if isinstance(data, list) else 1
    try:
        body = answer.json()
    except (ValueError, RecursionError):
        body = None
    return read_answer(answer.status_code, body, sent=sent)
