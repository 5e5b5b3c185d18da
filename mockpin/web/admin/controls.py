"""The admin API's operations on the clock, the faults and the ad accounts, and its list of settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mockpin.emulator.pipeline.faults import parse_rule
from mockpin.emulator.settings.durations import DurationUnreadable, parse_duration
from mockpin.moments import read_iso, write_iso
from mockpin.web.problems import BadRequest, NotFound, RequestMistake
from mockpin_validator.detectors import TOKEN

if TYPE_CHECKING:
    from mockpin.emulator.accounts import Account
    from mockpin.emulator.clock import Clock
    from mockpin.emulator.emulator import Emulator
    from mockpin.emulator.pipeline.faults import ActiveFault
    from mockpin.web.admin.operations import Call

#: The range to which the clock can be set, 1970 to 9999, in Unix seconds.
EARLIEST, LATEST = 0.0, 253_402_300_799.0


def show_clock(emulator: Emulator, _call: Call) -> dict[str, Any]:
    """Return what the server's clock shows."""
    now = emulator.clock()
    return {"now": now, "iso": write_iso(now), "frozen": emulator.clock.frozen}


def set_clock(emulator: Emulator, call: Call) -> dict[str, Any]:
    """Freeze the clock, advance it, or let it show the real time again."""
    ((order, value),) = call.body.items()
    ORDERS[order](emulator.clock, value)
    return show_clock(emulator, call)


def _freeze(clock: Clock, value: str | float) -> None:
    clock.freeze(_check_range("/freeze", _read_moment(value)))


def _advance(clock: Clock, value: str | float) -> None:
    seconds = _read_seconds(value)
    _check_range("/advance", clock() + seconds)
    clock.advance(seconds)


ORDERS: Mapping[str, Callable[[Clock, Any], None]] = {
    "freeze": _freeze,
    "advance": _advance,
    "real": lambda clock, _: clock.resume(),
}


def _read_moment(value: str | float) -> float:
    try:
        return read_iso(value) if isinstance(value, str) else value
    except (ValueError, OverflowError):
        raise _reject_time(
            "/freeze", "neither ISO 8601, such as 2026-01-31T12:00:00Z, nor a number"
        ) from None


def _read_seconds(value: str | float) -> float:
    try:
        return parse_duration(value)
    except DurationUnreadable:
        raise _reject_time(
            "/advance", "neither a length of time, such as 25h, nor a number of seconds"
        ) from None


def _check_range(pointer: str, moment: float) -> float:
    if not EARLIEST <= moment <= LATEST:
        raise _reject_time(pointer, "beyond the years 1970 to 9999")
    return moment


def _reject_time(pointer: str, detail: str) -> BadRequest:
    return BadRequest("Cannot set the clock.", [RequestMistake("body", pointer, f"This is {detail}.")])


def list_faults(emulator: Emulator, call: Call) -> dict[str, Any]:
    """List the fault rules in force, in the order in which they are tried."""
    return {"faults": [fault.to_dict() for fault in emulator.faults.list(call.query.get("ad_account_id"))]}


def add_fault(emulator: Emulator, call: Call) -> dict[str, Any]:
    """Add a fault rule after those in force."""
    check_delay_range(call.body["fault"].get("delay_ms"))
    active: ActiveFault = emulator.faults.add(parse_rule(call.body))
    return active.to_dict()


def check_delay_range(milliseconds: float | Sequence[float] | None) -> None:
    """Raise BadRequest for a range of delays whose end is smaller than its beginning."""
    if isinstance(milliseconds, list) and milliseconds[0] > milliseconds[1]:
        detail = "This range ends before it begins; write the smaller number first."
        raise BadRequest("The fault cannot be added.", [RequestMistake("body", "/fault/delay_ms", detail)])


def clear_faults(emulator: Emulator, call: Call) -> dict[str, Any]:
    """Remove every fault rule, or those that name an ad account."""
    return {"removed": emulator.faults.clear(call.query.get("ad_account_id"))}


def remove_fault(emulator: Emulator, call: Call) -> dict[str, Any]:
    """Remove one fault rule."""
    if not emulator.faults.remove(call.path["number"]):
        raise NotFound("No such fault is in force; GET faults lists those that are.")
    return {"removed": 1}


def list_accounts(emulator: Emulator, _call: Call) -> dict[str, Any]:
    """List the ad accounts, with fingerprints of their tokens."""
    return {"accounts": [_describe_account(account) for account in emulator.accounts]}


def add_account(emulator: Emulator, call: Call) -> dict[str, Any]:
    """Open an ad account, or give it a new token."""
    for detail in _find_tag_mistakes(emulator, call.body):
        raise BadRequest("The ad account cannot be opened.", [RequestMistake("body", "/tag_id", detail)])
    return _describe_account(emulator.accounts.add(**call.body))


def _find_tag_mistakes(emulator: Emulator, account: Mapping[str, str]) -> Iterator[str]:
    tag_id, ad_account_id = account.get("tag_id", ""), account["ad_account_id"]
    taken = {account.tag_id: account.ad_account_id for account in emulator.accounts if account.tag_id}
    if taken.get(tag_id, ad_account_id) != ad_account_id:
        yield "This tag reports to another ad account; close that one first, or choose another tag."
    if TOKEN.match(tag_id):
        yield "This is a conversion token; the tag's id has digits, such as 2613000000000."


def remove_account(emulator: Emulator, call: Call) -> dict[str, Any]:
    """Close an ad account; what it sent stays in the history."""
    if not emulator.accounts.remove(call.path["ad_account_id"]):
        raise NotFound("There is no such ad account; GET accounts lists those that are open.")
    return {"removed": 1}


def _describe_account(account: Account) -> dict[str, Any]:
    return {
        "ad_account_id": account.ad_account_id,
        "conversion_token": account.token,
        "tag_id": account.tag_id,
    }


def list_settings(emulator: Emulator, _call: Call) -> dict[str, Any]:
    """List each setting in force, where its value came from, and how well it is known."""
    return {"settings": list(emulator.settings.describe())}
