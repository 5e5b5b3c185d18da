"""Find the usable match keys of received events: those by which Pinterest can find a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from mockpin.reports.exchanges import is_masked, may_hold_mask
from mockpin_validator.match_quality.quality import Quality, shape_of
from mockpin_validator.match_quality.usable_keys import SPOILING_RULES, usable_keys, values_of

if TYPE_CHECKING:
    from mockpin.expectations.matching import Record
    from mockpin_validator.match_quality.quality import Shape


def find_usable(record: Record) -> tuple[str, ...]:
    """Return the match keys of an event record that have at least one usable value.

    A mask shows that a value was plain text. The tag's events need this: they are stored without judging.
    """
    user_data = record["payload"]["user_data"]
    rejected = {*_find_rejected(record), *_find_masked(user_data)}
    if not rejected:
        return tuple(record["match_keys"])
    usable = {*usable_keys(user_data, rejected)}
    return tuple(key for key in record["match_keys"] if key in usable)


def usable_event(record: Record) -> dict[str, Any]:
    """Return the conversion event with its canonical name and its usable match keys only."""
    payload = record["payload"]
    usable = {key: payload["user_data"][key] for key in find_usable(record)}
    return {**payload, "event_name": record["event_name"], "user_data": usable}


def measure_quality(records: Iterable[Record]) -> dict[str, Any]:
    """Measure the match quality of event records by usable match keys, and the shares of keys present."""
    usable: Counter[Shape] = Counter()
    present: Counter[Shape] = Counter()
    for record in records:
        usable[shape_of(usable_event(record))] += 1
        present[shape_of(record["payload"])] += 1
    shares = Quality(present).figures()["match_keys"]
    return {**Quality(usable).to_dict(), "match_keys_present": shares}


def _find_rejected(record: Record) -> Iterator[str]:
    """Yield the paths of values that a finding says are unusable: `em/0`, or `client_ip_address`."""
    for finding in record["findings"]:
        if finding["rule"] in SPOILING_RULES:
            yield finding["path"].partition("/user_data/")[2]


def _find_masked(user_data: Mapping[str, Any]) -> Iterator[str]:
    if not may_hold_mask(user_data):
        return
    for key, value in user_data.items():
        yield from (at for at, item in values_of(key, value) if is_masked(item))
