"""Which match keys Pinterest can find a person by: being there is not enough."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from mockpin_validator.judging.finding import Finding

#: The rules whose findings say of a value that it matches nobody.
SPOILING: Final = frozenset(
    {
        "match-key-not-hashed",
        "match-key-of-nothing",
        "match-key-recipe",
        "ip-address-form",
        "ip-address-not-public",
    }
)


def usable_events(events: tuple[Any, ...], findings: Iterable[Finding]) -> tuple[Any, ...]:
    """The events of a payload without the match keys that, by the findings on it, match nobody."""
    spoiled: defaultdict[str, set[str]] = defaultdict(set)
    for each in findings:
        if each.rule in SPOILING:
            _, _, index, _, value = each.path.split("/", 4)
            # A text was judged as the list of it, a list as its first value where a text is asked for.
            spoiled[index] |= {value, value.removesuffix("/0"), f"{value}/0"}
    if not spoiled:
        return events
    return tuple(
        usable_event(event, spoiled[str(index)]) if str(index) in spoiled else event
        for index, event in enumerate(events)
    )


def usable_event(event: Mapping[str, Any], spoiled: Collection[str]) -> dict[str, Any]:
    """The conversion event without the match keys all of whose values are spoiled."""
    user_data = event["user_data"]
    return {**event, "user_data": {key: user_data[key] for key in usable_keys(user_data, spoiled)}}


def usable_keys(user_data: Mapping[str, Any], spoiled: Collection[str]) -> Iterator[str]:
    """The match keys with at least one value that is not spoiled; values are named as in a finding's path.

    A value of a list is `em/0`, any other `client_ip_address`.
    """
    for key, value in user_data.items():
        if any(at not in spoiled for at, _ in values_of(key, value)):
            yield key


def values_of(key: str, value: Any) -> Iterator[tuple[str, Any]]:
    """What was sent under a match key, value by value, each with its name."""
    if not isinstance(value, list):
        yield key, value
        return
    for index, each in enumerate(value):
        yield f"{key}/{index}", each
