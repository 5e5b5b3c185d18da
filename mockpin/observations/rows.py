"""The rules over many events as rows of the documentation and of the table [rules] of mockpin.toml."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from mockpin.observations.rules import OBSERVATION_RULES
from mockpin_validator.judging.rule import DocumentRule

if TYPE_CHECKING:
    from collections.abc import Mapping

OBSERVATION_ROWS: Final[Mapping[str, DocumentRule]] = MappingProxyType({
    rule.name: DocumentRule(
        rule.name,
        rule.summary,
        MappingProxyType(dict.fromkeys(("faithful", "strict", "lenient"), rule.severity)),
        rule.source,
        rule.documented,
        rule.date,
    )
    for rule in OBSERVATION_RULES.values()
})  # fmt: skip
