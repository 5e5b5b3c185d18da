"""Why a request gave no event, in a sentence, and what to do about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from mockpin.emulator.accounts import AD_ACCOUNT_ID
from mockpin.emulator.event_names import canonical_name
from mockpin.web.pages.content.exchanges import NAME_FIELDS, REFUSING_FAULTS

if TYPE_CHECKING:
    from mockpin.web.pages.content.exchanges import ExchangeView

    #: Ad account id -> fingerprint of its conversion token.
    Accounts = Mapping[str, str]


EVENTS_PATH = "/v5/ad_accounts/{ad_account_id}/events"


@dataclass(frozen=True)
class RefusalNote:
    """A sentence that says why a request gave no event, and the fix if there is one."""

    sentence: str
    fix: str = ""


def explain_refusal(exchange: ExchangeView, accounts: Accounts) -> RefusalNote | None:
    """Explain why the request gave no event; None if all of its events were stored."""
    if exchange.fault in REFUSING_FAULTS and not exchange.event_seqs:
        return RefusalNote(_name_fault(exchange), "The sender did nothing wrong: see what it does next.")
    if exchange.is_refused:
        return EXPLANATIONS.get(exchange.status, _repeat_answer)(exchange, accounts)
    if exchange.untaken_calls:
        return _explain_untaken(exchange)
    return RefusalNote(_name_empty_hit(exchange)) if exchange.gave_no_event else None


def _name_fault(exchange: ExchangeView) -> str:
    if exchange.fault == "drop":
        return "Your fault rule dropped the connection: the sender got no answer."
    return f"Your fault rule answered {exchange.status}."


def _explain_unauthorized(exchange: ExchangeView, accounts: Accounts) -> RefusalNote:
    if exchange.source == "segment":
        return _repeat_answer(exchange, accounts)
    sent = exchange.headers.get("authorization", "")
    scheme, _, token = sent.partition(" ")
    wanted = _name_token(exchange.ad_account_id, accounts)
    fix = f"Send Authorization: Bearer with the conversion token of the ad account{wanted}."
    if not sent:
        return RefusalNote("The request has no Authorization header.", fix)
    if scheme.lower() != "bearer" or not token:
        return RefusalNote("The Authorization header is not of the form: Bearer <conversion token>.", fix)
    if exchange.source != "api" or not exchange.path.rstrip("/").endswith("/events"):
        return RefusalNote(
            f"Token {token} is not the access token, which this endpoint takes.",
            "Send the OAuth access token: a conversion token opens only the events endpoint.",
        )
    expected = accounts.get(str(exchange.ad_account_id))
    against = f"this account's {expected}" if expected else "the token of any ad account"
    return RefusalNote(f"Token {token} is not {against}.", fix)


def _explain_forbidden(exchange: ExchangeView, accounts: Accounts) -> RefusalNote:
    token = exchange.headers.get("authorization", "").rpartition(" ")[2] or "of the request"
    account = str(exchange.ad_account_id)
    if account not in accounts:
        known = ", ".join(accounts) or "none"
        return RefusalNote(
            f"There is no ad account {account} here.", f"Use an ad account of this server: {known}."
        )
    owner = next((owner for owner, print_ in accounts.items() if print_ == token), None)
    belongs = f" It is the token of ad account {owner}." if owner else ""
    return RefusalNote(
        f"Token {token} is not this account's {accounts[account]}.{belongs}",
        f"Send the conversion token of ad account {account}{f', or send to {owner}' if owner else ''}.",
    )


def _explain_not_found(exchange: ExchangeView, accounts: Accounts) -> RefusalNote:
    account = exchange.ad_account_id or next(iter(accounts), "{ad_account_id}")
    path = EVENTS_PATH.format(ad_account_id=account)
    if "/ad_accounts/" not in exchange.path and "event" not in exchange.path:
        return RefusalNote("There is nothing at this path.", f"Conversion events are taken at POST {path}.")
    return RefusalNote("There is nothing at this path, so these events are lost.", f"Send to POST {path}.")


def _explain_method(exchange: ExchangeView, _accounts: Accounts) -> RefusalNote:
    fix = "Send conversion events with POST." if exchange.source == "api" else ""
    return RefusalNote(f"This path does not take {exchange.method}.", fix)


def _explain_too_large(exchange: ExchangeView, accounts: Accounts) -> RefusalNote:
    return RefusalNote(
        _repeat_answer(exchange, accounts).sentence, "Send fewer events in a request: at most 1,000."
    )


def _explain_rate(exchange: ExchangeView, accounts: Accounts) -> RefusalNote:
    return RefusalNote(
        f"Too many requests: {_repeat_answer(exchange, accounts).sentence}",
        "Wait and send the same events again, or send more events in fewer requests.",
    )


def _explain_bad_request(exchange: ExchangeView, accounts: Accounts) -> RefusalNote:
    account = exchange.ad_account_id or ""
    if exchange.source == "api" and account and not AD_ACCOUNT_ID.fullmatch(account):
        return RefusalNote(
            _repeat_answer(exchange, accounts).sentence, "Put the ad account's number into the path."
        )
    return _repeat_answer(exchange, accounts)


def _repeat_answer(exchange: ExchangeView, _accounts: Accounts) -> RefusalNote:
    answer = exchange.answer
    return RefusalNote(str(answer.get("message", "")) if isinstance(answer, dict) else str(answer))


def _name_token(ad_account_id: str | None, accounts: Accounts) -> str:
    expected = accounts.get(str(ad_account_id))
    return f", {expected}" if expected else ""


def _explain_untaken(exchange: ExchangeView) -> RefusalNote:
    """Explain the first message that gave no event; often no mapping is meant to take it."""
    first, *rest = exchange.untaken_calls
    others = f" {len(rest)} more gave no event." if rest else ""
    failed = [result for result in first["results"] if result["status"] in {"failed", "not_accepted"}]
    if failed:
        return RefusalNote(f"{failed[0]['subscription']}: {failed[0]['why']}{others}")
    name = first["event"].get("event") or first["event"].get("name") or first["event"].get("type")
    return RefusalNote(
        f"No mapping takes {name}: Segment sends nothing to Pinterest.{others}",
        "If it should be a conversion, compare its name with the triggers of the destination.",
    )


def _name_empty_hit(exchange: ExchangeView) -> str:
    name = exchange.body.get("event") if isinstance(exchange.body, dict) else None
    content = f"event={name}" if name else "no event"
    return f"A tag hit with {content}: the tag was loaded and reported nothing."


EXPLANATIONS: Mapping[int, Callable[[ExchangeView, Accounts], RefusalNote]] = {
    HTTPStatus.BAD_REQUEST: _explain_bad_request,
    HTTPStatus.UNAUTHORIZED: _explain_unauthorized,
    HTTPStatus.FORBIDDEN: _explain_forbidden,
    HTTPStatus.NOT_FOUND: _explain_not_found,
    HTTPStatus.METHOD_NOT_ALLOWED: _explain_method,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: _explain_too_large,
    HTTPStatus.TOO_MANY_REQUESTS: _explain_rate,
}


def read_refused(exchange: ExchangeView, accounts: Accounts) -> dict[str, Any]:
    """Return the record of a request that gave no event, with the fields of an event record.

    A name, an id and an action source are tuples: one for each event of the body.
    """
    events = [*exchange.list_sent_events()]
    note = explain_refusal(exchange, accounts) or RefusalNote("")
    names = _collect(events, NAME_FIELDS)
    return {
        "seq": None, "request_id": str(exchange.id), "received_at": exchange.received_at,
        "ad_account_id": exchange.ad_account_id, "source": exchange.source, "test": exchange.is_test,
        "event_name": tuple(dict.fromkeys(map(canonical_name, names))), "sent_name": names,
        "event_id": _collect(events, ("event_id", "eventID", "eid", "messageId")),
        "action_source": _collect(events, ("action_source",)),
        "status": "refused", "http_status": exchange.status, "duplicate_of": None,
        "limited_data_processing": {"applies": False, "reason": ""}, "reported_as": None,
        "match_keys": (), "findings": (), "payload": exchange.body, "fault": exchange.fault,
        "reason": note.sentence, "fix": note.fix, "method": exchange.method, "target": exchange.target,
        "outcome": exchange.outcome, "kind": exchange.kind,
    }  # fmt: skip


def _collect(events: Sequence[Mapping[str, Any]], names: Sequence[str]) -> tuple[str, ...]:
    """Collect the first non-empty of these fields from each event, each value once."""
    values = (next((event[name] for name in names if event.get(name)), None) for event in events)
    return tuple(Counter(str(value) for value in values if value is not None))
