"""Mutations: each makes one mistake in a good payload and names the rule and verdict that must follow.

`mockpin mutate` writes the results, so that people can test *their* error handling, and
`mockpin.strategies.invalid_conversion_events` draws from them. Each applies to the first event of the
payload and is deterministic: the same payload gives the same bad payload, byte for byte. The faults of a
body come last in the table: such bodies are not JSON, or not in the declared form.
"""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import md5
from typing import Any, Literal, TypeAlias

import orjson

from mockpin.strategies.edits import Change, appending, changing, dropping, renaming, repeating, setting

Verdict: TypeAlias = Literal["refused", "failed", "warned"]
#: The status of Pinterest's answer when the payload has no other fault.
STATUSES: dict[Verdict, int] = {"refused": 400, "failed": 422, "warned": 200}

EVENT = "/data/0"
USER = f"{EVENT}/user_data"
CUSTOM = f"{EVENT}/custom_data"
#: The event time in the description's own example, of 2015.
TIME_LONG_AGO = 1_451_431_341
TIME_FAR_AHEAD = 4_102_444_800


@dataclass(frozen=True)
class Mutation:
    """One fault of a payload.

    Attributes:
        name: What was done wrong, in dashes.
        rule: The rule of `mockpin_validator.RULES` that it breaks, or "schema" if the JSON Schema refuses it.
        verdict: What Pinterest's answer must be: the request refused, the event failed, or processed all
            the same ("warned": only a warning message or `mockpin validate` tells).
        why: How people come to make the mistake.
        change: Makes a bad copy of a good payload, which must have at least one event; for a fault of the
            body, of the payload's JSON text.
    """

    name: str
    rule: str
    verdict: Verdict
    why: str
    change: Change


@dataclass(frozen=True)
class BadPayload:
    """A body with its label, ready to send.

    Attributes:
        body: The bytes to send.
        payload: The body as JSON; None when the body is not JSON.
    """

    mutation: Mutation
    body: bytes
    payload: Any = None

    @property
    def status(self) -> int:
        """The HTTP status of Pinterest's answer."""
        return STATUSES[self.mutation.verdict]

    def to_dict(self) -> dict[str, Any]:
        """Return `{name, rule, verdict, status, why, payload}`.

        A body that is not JSON is in `body` as text instead of `payload`, or in `body_base64` if not text.
        """
        label = {
            "name": self.mutation.name,
            "rule": self.mutation.rule,
            "verdict": self.mutation.verdict,
            "status": self.status,
            "why": self.mutation.why,
        }
        if self.payload is not None:
            return {**label, "payload": self.payload}
        try:
            return {**label, "body": self.body.decode()}
        except UnicodeDecodeError:
            return {**label, "body_base64": b64encode(self.body).decode()}


EVENT_MUTATIONS: tuple[Mutation, ...] = (
    Mutation("time-in-milliseconds", "event-time-in-future", "failed", "Date.now() was sent as it is",
             changing(f"{EVENT}/event_time", lambda seconds: seconds * 1000)),
    Mutation("time-long-ago", "event-time-too-old", "failed", "an archive was replayed as it was",
             setting(f"{EVENT}/event_time", TIME_LONG_AGO)),
    Mutation("time-in-the-future", "event-time-in-future", "failed", "the sender's clock is wrong",
             setting(f"{EVENT}/event_time", TIME_FAR_AHEAD)),
    Mutation("time-as-text", "schema", "refused", "the time went through a template",
             changing(f"{EVENT}/event_time", str)),
    Mutation("time-as-iso-text", "schema", "refused", "the time was not converted to seconds",
             setting(f"{EVENT}/event_time", "2026-09-24T10:15:00Z")),
    Mutation("email-not-hashed", "match-key-not-hashed", "failed", "an address was sent in plain text",
             setting(f"{USER}/em", ["nobody@example.com"])),
    Mutation("email-as-text", "schema", "refused", "one hash was sent where a list of hashes belongs",
             setting(f"{USER}/em", "f660ab912ec121d1b1e928a0bb4bc61b15f5ad44d5efdc4e1c92a25e99b8e44a")),
    Mutation("email-hashed-with-md5", "match-key-not-hashed", "failed", "the wrong algorithm",
             setting(f"{USER}/em", [md5(b"nobody@example.com", usedforsecurity=False).hexdigest()])),
    Mutation("external-id-not-hashed", "match-key-not-hashed", "warned", "it was sent in plain text",
             setting(f"{USER}/external_id", ["user-17"])),
    Mutation("nobody", "schema", "refused", "nothing in user_data says who it was",
             setting(USER, {})),
    Mutation("address-without-browser", "schema", "refused", "an IP address counts only with a user agent",
             setting(USER, {"client_ip_address": "73.1.2.3"})),
    Mutation("no-event-id", "schema", "refused", "the tag's event id was not passed on",
             dropping(f"{EVENT}/event_id")),
    Mutation("no-event-name", "schema", "refused", "a template rendered nothing",
             dropping(f"{EVENT}/event_name")),
    Mutation("no-event-time", "schema", "refused", "a template rendered nothing",
             dropping(f"{EVENT}/event_time")),
    Mutation("no-action-source", "schema", "refused", "the field was thought optional",
             dropping(f"{EVENT}/action_source")),
    Mutation("no-user-data", "schema", "refused", "consent was missing and the whole object was left out",
             dropping(USER)),
    Mutation("null-event-id", "schema", "refused", "null is allowed only where the description says so",
             setting(f"{EVENT}/event_id", None)),
    Mutation("other-action-source", "action-source-unknown", "failed", "a value of another platform's API",
             setting(f"{EVENT}/action_source", "website")),
    Mutation("other-event-name", "event-name-unknown", "warned", "a name Pinterest does not know",
             setting(f"{EVENT}/event_name", "purchase")),
    Mutation("unknown-field", "schema", "refused", "a field of another platform's API",
             setting(f"{EVENT}/event_value", "10.00")),
    Mutation("unknown-custom-field", "schema", "refused", "a field that seemed a good idea",
             setting(f"{CUSTOM}/category_name", "Desks")),
    Mutation("value-as-number", "schema", "refused", "money is a string in this API",
             setting(f"{CUSTOM}/value", 10.5)),
    Mutation("value-undefined", "amount-not-a-number", "warned", "a missing JavaScript value became text",
             setting(f"{CUSTOM}/value", "undefined")),
    Mutation("value-with-currency-sign", "amount-not-a-number", "warned", "a price was sent as it is shown",
             setting(f"{CUSTOM}/value", "$10.00")),
    Mutation("currency-unknown", "currency-unknown", "warned", "not an ISO 4217 code",
             setting(f"{CUSTOM}/currency", "XYZ")),
    Mutation("order-id-as-number", "schema", "refused", "the data layer held a number",
             setting(f"{CUSTOM}/order_id", 1017)),
    Mutation("item-id-as-number", "schema", "refused", "the product's number was not made text",
             setting(f"{CUSTOM}/contents", [{"id": 17, "quantity": 1}])),
    Mutation("item-price-as-number", "schema", "refused", "money is a string in this API",
             setting(f"{CUSTOM}/contents", [{"id": "17", "item_price": 10.5, "quantity": 1}])),
    Mutation("opt-out-as-text", "schema", "refused", "a boolean went through a template",
             setting(f"{EVENT}/opt_out", "true")),
)  # fmt: skip

PAYLOAD_MUTATIONS: tuple[Mutation, ...] = (
    Mutation("no-data", "schema", "refused", "the batch was sent without its envelope", dropping("/data")),
    Mutation("empty-batch", "schema", "refused", "a flush with nothing to flush", setting("/data", [])),
    Mutation("batch-of-1001", "schema", "refused", "more than the 1,000 events a request may have",
             repeating("/data", 1001)),
    Mutation("events-under-another-name", "schema", "refused", "the envelope of another API",
             renaming("/data", "events")),
    Mutation("event-not-an-object", "schema", "refused", "an event was serialized twice",
             appending("/data", "{}")),
)  # fmt: skip

BODY_MUTATIONS: tuple[Mutation, ...] = (
    Mutation("body-empty", "json", "refused", "a body was forgotten", lambda _: b""),
    Mutation("body-truncated", "json", "refused", "Content-Length counted characters, not bytes",
             lambda body: body[:-2]),
    Mutation("body-not-utf-8", "json", "refused", "the body was encoded as Latin-1",
             lambda body: b"\xe9" + body),
    Mutation("body-as-form", "json", "refused", "the body was encoded as a form",
             lambda body: b"data=" + body),
)  # fmt: skip

MUTATIONS: tuple[Mutation, ...] = EVENT_MUTATIONS + PAYLOAD_MUTATIONS


def mutate(payload: dict[str, Any]) -> Iterator[BadPayload]:
    """Yield every bad payload made from a good one, in the order of the tables.

    Raises:
        KeyError: The payload has no list of events under `data`.
        IndexError: That list is empty.
    """
    payload["data"][0]
    for mutation in MUTATIONS:
        bad = mutation.change(payload)
        yield BadPayload(mutation, orjson.dumps(bad), bad)
    good = orjson.dumps(payload)
    for fault in BODY_MUTATIONS:
        yield BadPayload(fault, fault.change(good))
