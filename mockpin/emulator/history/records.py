"""The row of an exchange, and how stored JSON is read. The row of an event is in `event_fields`."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import orjson

Record = dict[str, Any]
#: The member that says what happened to a payload that cannot be read.
DAMAGED = "damaged"


class EventCount(NamedTuple):
    """How many of the kept events are alike in what a page's tabs ask: 0 and 1 stand for no and yes."""

    test: int
    status: str
    duplicate: int
    events: int


class ExchangeRow(NamedTuple):
    """One request and its answer. Bodies are masked, tokens are fingerprints.

    `body` is None where the request's events are in the history of their own; then `first_seq` to
    `last_seq` are their numbers. `query`, `headers` and `answer_headers` are JSON objects. `source` is api,
    tag or segment. `reason` is the log's word for why no event was judged. `cause_path` and `cause` are a
    JSON pointer into a refused payload and a sentence. `fault` is the kind of the injected fault.
    """

    id: int
    received_at: float
    ad_account_id: str | None
    method: str
    path: str
    query: bytes
    headers: bytes
    body: bytes | None
    status: int
    answer_headers: bytes
    answer: bytes
    milliseconds: float
    first_seq: int | None
    last_seq: int | None
    fault: str | None
    source: str = "api"
    reason: str | None = None
    cause_path: str | None = None
    cause: str | None = None

    @property
    def event_seqs(self) -> Sequence[int]:
        """The numbers of the request's events."""
        return range(self.first_seq, (self.last_seq or 0) + 1) if self.first_seq else range(0)

    def to_dict(self, payloads: Sequence[Any] | None = ()) -> Record:
        """The exchange of the admin API; `payloads` are those of its events that are still kept.

        With None, so is a body that is made of them.
        """
        record = self._asdict()
        del record["first_seq"], record["last_seq"]
        made = None if payloads is None else {"data": list(payloads)}
        objects = {
            name: read_json(record[name], default={}) for name in ("query", "headers", "answer_headers")
        }
        return {
            **record,
            **objects,
            "id": str(self.id),
            "body": made if self.body is None else read_text(self.body),
            "answer": self.answer.decode("utf-8", "replace"),
            "event_seqs": list(self.event_seqs),
        }


def read_json(text: str | bytes, *, default: Any) -> Any:
    """The value of a JSON text, or the default where it is not JSON, as where a store is damaged."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return default


def read_payload(text: str | bytes) -> dict[str, Any]:
    """The payload of a stored event. One that the damage of a store has reached says so and is empty."""
    payload = read_json(text, default=None)
    is_sound = isinstance(payload, dict) and isinstance(payload.get("user_data"), dict)
    return payload if is_sound else {"user_data": {}, DAMAGED: "the store is damaged here"}


def read_text(body: bytes) -> Any:
    """A stored body: JSON where it is JSON, else its text."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return body.decode("utf-8", "replace")
