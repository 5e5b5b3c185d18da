"""Which match keys of an event can identify a person, judged by the findings on their values."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from mockpin_validator.judging.finding import Finding

#: Rules whose finding means that a value cannot match anyone.
SPOILING_RULES: Final = frozenset(
    {
        "match-key-not-hashed",
        "match-key-of-nothing",
        "match-key-recipe",
        "ip-address-form",
        "ip-address-not-public",
    }
)


def usable_events(events: tuple[Any, ...], findings: Iterable[Finding]) -> tuple[Any, ...]:
    """Return a payload's events without the match keys that cannot match anyone, by the findings on them."""
    spoiled: defaultdict[str, set[str]] = defaultdict(set)
    for finding in findings:
        if finding.rule in SPOILING_RULES:
            _, _, index, _, value = finding.path.split("/", 4)
            # The rules judged a text as a list of one, and a list as its first value.
            spoiled[index] |= {value, value.removesuffix("/0"), f"{value}/0"}
    if not spoiled:
        return events
    return tuple(
        usable_event(event, spoiled[str(index)]) if str(index) in spoiled else event
        for index, event in enumerate(events)
    )


def usable_event(event: Mapping[str, Any], spoiled: Collection[str]) -> dict[str, Any]:
    """Return the event without the match keys that have only spoiled values."""
    user_data = event["user_data"]
    return {**event, "user_data": {key: user_data[key] for key in usable_keys(user_data, spoiled)}}


def usable_keys(user_data: Mapping[str, Any], spoiled: Collection[str]) -> Iterator[str]:
    """Yield the match keys with at least one value that is not spoiled.

    `spoiled` names values as a finding's path does: `em/0` in a list, `client_ip_address` otherwise.
    """
    for key, value in user_data.items():
        if any(name not in spoiled for name, _ in values_of(key, value)):
            yield key


def values_of(key: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Yield each value of a match key as (name, value)."""
    if not isinstance(value, list):
        yield key, value
        return
    for index, item in enumerate(value):
        yield f"{key}/{index}", item
