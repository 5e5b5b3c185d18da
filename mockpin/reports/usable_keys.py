"""Which match keys of a received event Pinterest can find a person by: being there is not enough."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import orjson

from mockpin.reports.exchanges import MASK_PREFIX, is_masked
from mockpin_validator.match_quality.quality import Quality, shape_of
from mockpin_validator.match_quality.usable_keys import SPOILING_RULES, usable_keys, values_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mockpin.expectations.matching import Record
    from mockpin_validator.match_quality.quality import Shape


def find_usable(record: Record) -> tuple[str, ...]:
    """The match keys of an event record that have at least one value with which nothing is wrong.

    A value in plain text is told by its mask, for the tag's events are kept without being judged.
    """
    user_data = record["payload"]["user_data"]
    spoiled = {*_find_spoiled(record), *_find_masked(user_data)}
    if not spoiled:
        return tuple(record["match_keys"])
    usable = {*usable_keys(user_data, spoiled)}
    return tuple(key for key in record["match_keys"] if key in usable)


def usable_event(record: Record) -> dict[str, Any]:
    """The conversion event under its canonical name and without the match keys that match nobody."""
    payload = record["payload"]
    usable = {key: payload["user_data"][key] for key in find_usable(record)}
    return {**payload, "event_name": record["event_name"], "user_data": usable}


def measure_quality(records: Iterable[Record]) -> dict[str, Any]:
    """The match quality of event records, as JSON: of usable match keys, beside how many are there at all."""
    usable: Counter[Shape] = Counter()
    present: Counter[Shape] = Counter()
    for each in records:
        usable[shape_of(usable_event(each))] += 1
        present[shape_of(each["payload"])] += 1
    shares = Quality(present).figures()["match_keys"]
    return {**Quality(usable).to_dict(), "match_keys_present": shares}


def _find_spoiled(record: Record) -> Iterator[str]:
    """Where the values are that a finding says match nobody: `em/0`, or `client_ip_address`."""
    for each in record["findings"]:
        if each["rule"] in SPOILING_RULES:
            yield each["path"].partition("/user_data/")[2]


def _find_masked(user_data: Mapping[str, Any]) -> Iterator[str]:
    if MASK_PREFIX not in orjson.dumps(user_data):
        return
    for key, value in user_data.items():
        yield from (at for at, each in values_of(key, value) if is_masked(each))
