"""The rules over many events as rows of the documentation and of the table [rules] of mockpin.toml."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from mockpin.observations.rules import OBSERVATION_RULES
from mockpin.wording import count
from mockpin_validator.judging.rule import DocumentRule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockpin.observations.rule import ObservationRule


def describe_rule(rule: ObservationRule) -> str:
    """What the rule wants, from how many events and which share on it speaks, and why."""
    share = "" if rule.threshold is None else f" and a share of {rule.threshold:.0%}"
    return (
        f"{rule.summary} An observation over many events ({rule.family}); it speaks from "
        f"{count(rule.least, 'event')}{share} on. {rule.why}"
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
