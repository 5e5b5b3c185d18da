"""Every rule over many events, by name, and as a row of the documentation and of [rules] in mockpin.toml."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from mockpin.observations.families import (
    amounts,
    clicks,
    constants,
    doubles,
    duplicates,
    habits,
    identity,
    late,
    losses,
    offline,
    order_pages,
    pairs,
    repeats,
    sides,
    times,
    visits,
    within_a_minute,
)
from mockpin_validator.judging.rule import DocumentRule
from mockpin_validator.wording import count

if TYPE_CHECKING:
    from mockpin.observations.rule import ObservationRule


FAMILIES: Final = (
    duplicates,
    doubles,
    repeats,
    within_a_minute,
    order_pages,
    late,
    offline,
    losses,
    sides,
    pairs,
    constants,
    amounts,
    identity,
    times,
    clicks,
    visits,
    habits,
)
OBSERVATION_RULES: Final[Mapping[str, ObservationRule]] = MappingProxyType(
    {rule.name: rule for family in FAMILIES for rule in family.RULES}
)


def describe_rule(rule: ObservationRule) -> str:
    """What the rule wants, from how many events and which share on it speaks, why, and what explains it."""
    unsaid = f" Left out where {' or '.join(rule.explained_by)} explains it." if rule.explained_by else ""
    share = "" if rule.threshold is None else f" and a share of {rule.threshold:.0%}"
    return (
        f"{rule.summary} An observation over many events; it speaks from "
        f"{count(rule.least, 'event')}{share} on. {rule.why}{unsaid}"
    )


OBSERVATION_ROWS: Final[Mapping[str, DocumentRule]] = MappingProxyType({
    rule.name: DocumentRule(
        rule.name,
        describe_rule(rule),
        MappingProxyType(dict.fromkeys(("faithful", "strict", "lenient"), rule.severity)),
        rule.source,
        rule.documented,
        rule.date,
    )
    for rule in OBSERVATION_RULES.values()
})  # fmt: skip
