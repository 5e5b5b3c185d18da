"""The admin API's operations on the history: health, events, requests, expectations, reset."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flask import request

from mockpin.segment.history import find_segment_event
from mockpin.version import __version__
from mockpin.web.exchange import GONE_KEY
from mockpin.web.problems import BadRequest, NotFound

if TYPE_CHECKING:
    from mockpin.emulator.emulator import Emulator
    from mockpin.expectations.matching import Match
    from mockpin.web.admin.operations import Call


def show_health(emulator: Emulator, _call: Call) -> dict[str, Any]:
    """Return whether the server works, and how many events it holds."""
    return {
        "status": "unwritable" if emulator.store.trouble else "ok",
        "version": __version__,
        "uptime_seconds": round(emulator.uptime, 3),
        "store": emulator.store.path,
        "events": len(emulator.store),
        "evicted": emulator.store.evicted,
    }


def list_events(emulator: Emulator, call: Call) -> dict[str, Any]:
    """List a page of events, oldest first; `next` is where the following page begins."""
    newest = emulator.store.last_seq
    rows = emulator.store.events(**call.query)
    following = rows[-1].seq if rows else max(newest, call.query["after"])
    return {"events": [row.to_written() for row in rows], "next": following}


def show_event(emulator: Emulator, call: Call) -> dict[str, Any]:
    """Return one event with its exchange, and the Segment event that it was made of, if any."""
    row = emulator.store.event(call.path["seq"])
    if row is None:
        raise NotFound(
            "There is no such event: it was never received, was reset, or made room for newer ones."
        )
    exchange = emulator.store.exchange(int(row.request_id))
    record = row.to_dict()
    return {
        **record,
        "shadow": emulator.store.shadow_of(row),
        "request": exchange and emulator.store.describe(exchange),
        "segment": find_segment_event(emulator.store, record),
    }


def list_shadow_answers(emulator: Emulator, call: Call) -> dict[str, Any]:
    """List a page of a real service's answers in shadow mode, oldest first, with the verdicts that differ."""
    rows = emulator.store.shadow_answers(**call.query)
    following = rows[-1].request_id if rows else call.query["after"]
    return {"shadow": [row.to_dict() for row in rows], "next": following}


def list_requests(emulator: Emulator, call: Call) -> dict[str, Any]:
    """List a page of exchanges, oldest first; `next` is where the following page begins."""
    newest = emulator.store.last_exchange
    chosen = {**call.query}
    payloads = chosen.pop("payloads")
    rows = emulator.store.exchanges(**chosen)
    following = rows[-1].id if rows else max(newest, chosen["after"])
    return {"requests": [*emulator.store.describe_each(rows, payloads=payloads)], "next": following}


def show_request(emulator: Emulator, call: Call) -> dict[str, Any]:
    """Return one exchange: headers, body and answer."""
    row = emulator.store.exchange(call.path["id"])
    if row is None:
        raise NotFound(
            "There is no such request: it was never received, was reset, or made room for newer ones."
        )
    return emulator.store.describe(row)


def expect_events(emulator: Emulator, call: Call) -> dict[str, Any]:
    """Wait until the expected events have come; at the time-out, return the nearest misses."""
    from mockpin.expectations.expectations import Expectation  # noqa: PLC0415 - loaded when first needed
    from mockpin.expectations.watching import Watch, await_outcome, never_abandoned  # noqa: PLC0415 - as above

    match = read_match(call.body.get("match", {}))
    expectation = Expectation(match, call.body.get("count"), call.body.get("at_least"))
    abandoned = request.environ.get(GONE_KEY, never_abandoned)
    watch = Watch(emulator.store, expectation, call.body.get("after", 0), abandoned)
    timeout = call.body.get("timeout_ms", 0) / 1000
    return await_outcome(emulator.notifications, watch, timeout=timeout).to_dict()


def read_match(conditions: Mapping[str, Any]) -> Match:
    """Read the conditions on events. Raises BadRequest for a value that the history would mask."""
    from mockpin.expectations.matching import Match, PlainTextExpected  # noqa: PLC0415 - loaded when first needed

    filters = {name: value for name, value in conditions.items() if name != "payload"}
    try:
        return Match(filters, conditions.get("payload", {}))
    except PlainTextExpected as error:
        raise BadRequest(str(error)) from None


def reset(emulator: Emulator, call: Call) -> dict[str, Any]:
    """Forget what one ad account sent, or everything, and remove the faults that name it."""
    ad_account_id = call.query.get("ad_account_id")
    emulator.reset(ad_account_id)
    emulator.faults.clear(ad_account_id)
    return {"reset": ad_account_id or "everything"}
