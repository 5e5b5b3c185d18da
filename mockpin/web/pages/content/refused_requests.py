"""Turns a request that gave no event into a record that the history and the search treat like an event."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from mockpin.web.pages.content.refusals import RefusalNote, explain_refusal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mockpin.web.pages.content.exchanges import ExchangeView
    from mockpin.web.pages.content.refusals import Accounts


def read_refused(exchange: ExchangeView, accounts: Accounts) -> dict[str, Any]:
    """Return the record of a request that gave no event, with the fields of an event record.

    A name, an id and an action source are tuples: one for
    each event of the body.
    """
    events = [*exchange.list_sent_events()]
    note = explain_refusal(exchange, accounts) or RefusalNote("")
    names = _collect(events, ("event_name", "event", "name", "type"))
    return {
        "seq": None, "request_id": str(exchange.id), "received_at": exchange.received_at,
        "ad_account_id": exchange.ad_account_id, "source": exchange.source, "test": exchange.is_test,
        "event_name": names, "sent_name": names,
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
