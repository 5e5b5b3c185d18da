"""Find the usable match keys of received events: those by which Pinterest can find a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from mockpin.reports.exchanges import is_masked, may_hold_mask
from mockpin_validator.match_quality.quality import Quality, mask_event_name, match_keys, metadata
from mockpin_validator.match_quality.usable_keys import SPOILING_RULES, usable_keys, values_of

if TYPE_CHECKING:
    from mockpin.expectations.matching import Record
    from mockpin_validator.match_quality.quality import Shape

    Keys = tuple[str, ...]

#: Events whose match keys are searched for masks together, which takes half the time of one after the other.
SEARCHED_AT_ONCE = 20


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
    present: Counter[Shape] = Counter()
    usable: Counter[Shape] = Counter()
    for (name, sent, spoiled, parameters), number in Counter(_read_keys(records)).items():
        present["", sent] += number
        kept = tuple(key for key in sent if key not in spoiled)
        usable[mask_event_name(name), kept + parameters] += number
    shares = Quality(present).figures()["match_keys"]
    return {**Quality(usable).to_dict(), "match_keys_present": shares}


def _read_keys(records: Iterable[Record]) -> Iterator[tuple[str, Keys, Keys, Keys]]:
    """Yield the name of each event, its match keys, those that are not usable, and its other parameters."""
    remaining = iter(records)
    while some := [*islice(remaining, SEARCHED_AT_ONCE)]:
        has_masks = may_hold_mask([record["payload"]["user_data"] for record in some])
        for record in some:
            sent = match_keys(record["payload"])
            usable = find_usable(record) if has_masks or record["findings"] else sent
            spoiled = () if usable is sent else tuple([key for key in sent if key not in usable])
            yield record["event_name"], sent, spoiled, metadata(record["payload"])


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
