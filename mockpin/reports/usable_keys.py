"""Which match keys of a received event Pinterest can find a person by: being there is not enough."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from validator.quality import Quality, shape_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mockpin.expecting.matching import Record
    from validator.quality import Shape

#: The rules whose findings say of a value that it matches nobody.
SPOILING = frozenset(
    {
        "match-key-not-hashed",
        "match-key-of-nothing",
        "match-key-recipe",
        "ip-address-form",
        "ip-address-not-public",
    }
)


def find_usable(record: Record) -> tuple[str, ...]:
    """The match keys of an event record that have at least one value with which nothing is wrong."""
    spoiled = _count_spoiled(record)
    return tuple(
        key
        for key in record["match_keys"]
        if not spoiled[key] or spoiled[key] < _count_values(record["payload"]["user_data"][key])
    )


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


def _count_spoiled(record: Record) -> Counter[str]:
    paths = {each["path"] for each in record["findings"] if each["rule"] in SPOILING}
    return Counter(path.partition("/user_data/")[2].partition("/")[0] for path in paths)


def _count_values(value: Any) -> int:
    return len(value) if isinstance(value, list) else 1
