"""`mockpin replay`: send recorded payloads again."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any

import click

from mockpin.cli.errors import InputUnreadable, ServerUnreachable
from mockpin.cli.parameters import URL
from mockpin.replaying import read_answer, read_payloads, rebase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import httpx

    from mockpin.replaying import Answered, Payload

API = "/v5"


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...|-")
@click.option("--to", "url", type=URL, required=True, help="The server, such as http://127.0.0.1:7466.")
@click.option("--ad-account", envvar="PINTEREST_AD_ACCOUNT_ID", required=True, help="The ad account's id.")
@click.option("--token", envvar="PINTEREST_CONVERSION_TOKEN", required=True, help="Its conversion token.")
@click.option("--rebase-time", is_flag=True, help="Move all events so that the newest happens now.")
@click.option("--test", is_flag=True, help="Send test requests.")
def command(*, files: tuple[str, ...], rebase_time: bool, **to: Any) -> None:
    """Send payloads again as they were, bad ones included; bare events go in batches.

    Files are JSON or JSON Lines, either compressed by gzip: payloads, conversion events, or what the admin
    API gave. Exits with 1 when not every event was processed.
    """
    payloads: Iterable[Payload] = read_payloads(read_documents(files))
    answers = list(send(rebase(payloads, now=time.time()) if rebase_time else payloads, **to))
    received = sum(each.received for each in answers)
    processed = sum(each.processed for each in answers)
    click.echo(f"{processed} of {received} events processed in {len(answers)} requests")
    if processed < received:
        raise SystemExit(1)


def send(
    payloads: Iterable[Payload], *, url: str, ad_account: str, token: str, test: bool
) -> Iterator[Answered]:
    """Send one after the other over one connection, and say what became of each."""
    import httpx  # noqa: PLC0415 - loaded when first needed

    base = url if url.endswith(API) else f"{url}{API}"
    with httpx.Client(headers={"Authorization": f"Bearer {token}"}, trust_env=False) as client:
        for number, payload in enumerate(payloads, 1):
            target = f"{base}/ad_accounts/{ad_account}/events{'?test=true' if test else ''}"
            try:
                answer = read(client.post(target, json=payload), payload)
            except httpx.TransportError as error:
                message = f"Request {number} had no answer from {url} ({type(error).__name__})."
                raise ServerUnreachable(message) from error
            told = f"{answer.processed} of {answer.received} processed"
            click.echo(f"request {number}: {answer.status}, {told}")
            yield answer


def read(answer: httpx.Response, payload: Payload) -> Answered:
    """The numbers of an answer, whatever its body is."""
    data = payload["data"]
    sent = len(data) if isinstance(data, list) else 1
    try:
        body = answer.json()
    except ValueError:
        body = None
    return read_answer(answer.status_code, body, sent=sent)


def read_documents(names: Iterable[str]) -> Iterator[Any]:
    """Every JSON document of the files, `-` being standard input."""
    from validator.archive.parsing import Unparsable, parse  # noqa: PLC0415 - loaded when first needed
    from validator.archive.sources import Part  # noqa: PLC0415 - as above

    for name in names:
        try:
            for document in Part(name).documents(sys.stdin.buffer):
                if document.flaw or not document.text.isspace():
                    yield parse(document)
        except OSError as error:
            raise InputUnreadable(f"{name} cannot be opened: {error.strerror}.") from error
        except Unparsable as error:
            raise InputUnreadable(f"{name}: {error}") from error
