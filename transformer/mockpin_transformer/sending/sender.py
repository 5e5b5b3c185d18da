"""Conversion events sent to Pinterest in batches, with repeats where a repeat can help."""

import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from mockpin_transformer.errors import TokenUnusable
from mockpin_transformer.js import JSON
from mockpin_transformer.sending.batches import (
    MOST_EVENTS,
    BatchBody,
    EventBatch,
    list_conversion_events,
    split,
    write_body,
)
from mockpin_transformer.sending.receipt import Receipt, SendingInterrupted
from mockpin_transformer.sending.replies import PinterestAnswer
from mockpin_transformer.sending.verdicts import read_failures
from mockpin_transformer.wire import write_payload

if TYPE_CHECKING:
    import httpx

    from mockpin_transformer.sending.connection import PinterestConnection

API_URI: Final = "https://api.pinterest.com/v5"

#: Types that are checked at once, because a wrong one would otherwise fail later with an unclear error.
_KINDS: Final = {
    "ad_account_id": str,
    "conversion_token": str,
    "batch_size": int,
    "attempts": int,
    "timeout": int | float,
    "longest_wait": int | float,
}
_KIND_NAMES: Final = {str: "text", int: "a whole number", int | float: "a number"}
_HEADER_VALUE: Final = re.compile("[\t -~\x80-\xff]*")
_AROUND_HEADERS: Final = "\t\n\r "

#: Called after each batch with the number of finished events and the number of all events.
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Sender:
    """Sends batches of at most 1,000 conversion events to one ad account.

    Repeats on 408, 429, 5xx and connection failures, waiting longer each time or as long as the server asks;
    never on another answer. A repeat is the same bytes, so Pinterest recognizes it; offline events it never
    deduplicates, so they are not repeated after a failure that may have been a success (`retry_offline`).
    `api_uri` is PINTEREST_API_URI of the environment or Pinterest's own; `timeout` is in seconds, for each of
    connecting, sending and waiting.
    """

    ad_account_id: str
    conversion_token: str = field(repr=False)
    _: KW_ONLY
    api_uri: str | None = None
    test: bool = False
    batch_size: int = MOST_EVENTS
    timeout: float = 10.0
    attempts: int = 5
    longest_wait: float = 120.0
    retry_offline: bool = False
    user_agent: str = "mockpin"
    transport: "httpx.BaseTransport | None" = field(default=None, repr=False)
    sleep: Callable[[float], None] = field(default=time.sleep, repr=False)
    random: Random = field(default_factory=Random, repr=False)

    def __post_init__(self) -> None:
        for name, kind in _KINDS.items():
            value = getattr(self, name)
            if not isinstance(value, kind):
                raise TypeError(f"{name} must be {_KIND_NAMES[kind]} and is of type {type(value).__name__}.")
        if self.timeout <= 0:
            raise ValueError(f"A time-out is a number of seconds above 0, not {self.timeout}.")
        if not 1 <= self.batch_size <= MOST_EVENTS:
            raise ValueError(f"A batch holds 1 to {MOST_EVENTS} events, not {self.batch_size}.")
        if self.attempts < 1:
            raise ValueError(f"There is at least one attempt, not {self.attempts}.")

    def send(
        self, conversion_events: Iterable[dict[str, JSON]], *, progress: Progress | None = None
    ) -> Receipt:
        """Send all events, offline ones in batches of their own; failures are in the receipt, not raised.

        `failed` has the events' places in `conversion_events`. Once the settings are refused no more is sent.
        An event that JSON cannot hold is among them; the others are sent.
        TokenUnusable, before anything is sent, if no request can carry the conversion token.
        SendingInterrupted, a KeyboardInterrupt with the receipt so far, on Ctrl-C. TypeError for
        anything but a list of conversion events, such as a payload.
        """
        events = list_conversion_events(conversion_events)
        batches = tuple(split(events, size=self.batch_size))
        receipts: list[Receipt] = []
        try:
            with self._connect() as connection:
                for receipt in self._send_batches(connection, batches):
                    receipts.append(receipt)
                    if progress:
                        done = sum(len(batch.events) for batch in batches[: len(receipts)])
                        progress(done, len(events))
        except KeyboardInterrupt:
            receipts += _give_up(batches[len(receipts) :])
            raise SendingInterrupted(sum(receipts, Receipt())) from None
        return sum(receipts, Receipt())

    def request(
        self, conversion_events: Sequence[dict[str, JSON]], *, test: bool | None = None
    ) -> PinterestAnswer:
        """One request with these events and no repeats, whatever comes of it; TokenUnusable as `send`."""
        with self._connect() as connection:
            return connection.post(write_payload(conversion_events), test=self.test if test is None else test)

    def _send_batches(
        self, connection: "PinterestConnection", batches: Iterable[EventBatch]
    ) -> Iterator[Receipt]:
        """Each batch's receipt; an answer that refuses the settings is that of all batches after it, too."""
        refusal: PinterestAnswer | None = None
        for body in map(write_body, batches):
            receipt = Receipt(failed=body.unwritable)
            if body.batch.events:
                reply, attempts = (refusal, 0) if refusal else self._deliver(connection, body)
                refusal = reply if reply.refuses_settings else None
                written = _write_receipt(body.batch, reply, attempts)
                receipt += replace(written, unreachable=reply.status is None)
            yield receipt

    def _deliver(self, connection: "PinterestConnection", body: BatchBody) -> tuple[PinterestAnswer, int]:
        from mockpin_transformer.sending.retries import Retries  # noqa: PLC0415 - loads tenacity

        retries = Retries(self.attempts, self.longest_wait, self.sleep, self.random)
        post = partial(connection.post, body.content, test=self.test)
        return retries.run(post, spare_ambiguous=body.batch.offline and not self.retry_offline)

    def _connect(self) -> "PinterestConnection":
        import httpx  # noqa: PLC0415 - loaded when first needed

        from mockpin_transformer.sending.connection import PinterestConnection  # noqa: PLC0415 - loads httpx

        uri = (self.api_uri or os.environ.get("PINTEREST_API_URI") or API_URI).rstrip("/")
        headers = {
            "authorization": _authorize(self.conversion_token),
            "content-type": "application/json",
            "user-agent": self.user_agent,
        }
        client = httpx.Client(
            headers=httpx.Headers(headers, encoding="latin-1"),
            timeout=self.timeout,
            transport=self.transport,
            verify=not uri.startswith("http:"),  # plain HTTP needs none of the certificates, which take 4 ms
        )
        return PinterestConnection(f"{uri}/ad_accounts/{quote(self.ad_account_id, safe='')}/events", client)


def _authorize(conversion_token: str) -> str:
    """The header's value, without white space around the token, as browsers and Segment's `fetch` send it.

    Checked here, since an HTTP library that refuses a header repeats it in its error.
    """
    value = f"Bearer {conversion_token.strip(_AROUND_HEADERS)}".strip()
    if not _HEADER_VALUE.fullmatch(value):
        raise TokenUnusable
    return value


def _write_receipt(batch: EventBatch, reply: PinterestAnswer, attempts: int) -> Receipt:
    failed = [
        replace(failure, index=batch.indexes[failure.index]) for failure in read_failures(batch.events, reply)
    ]
    return Receipt(
        batches=int(attempts > 0),
        processed=len(batch.events) - len(failed),
        failed=tuple(failed),
        attempts=attempts,
    )


def _give_up(batches: Sequence[EventBatch]) -> Iterator[Receipt]:
    """Receipts of the batch that was on its way when the program was told to stop, and of those behind it."""
    for batch in batches[:1]:
        yield _write_receipt(batch, PinterestAnswer(None, "interrupted before the answer came"), 1)
    for batch in batches[1:]:
        yield _write_receipt(batch, PinterestAnswer(None, "interrupted before it was sent", reached=False), 0)
