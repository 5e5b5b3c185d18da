"""Every rule over many events, by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from mockpin.observations.families import (
    constants,
    doubles,
    duplicates,
    habits,
    identity,
    losses,
    pairs,
    sides,
)

if TYPE_CHECKING:
    from mockpin.observations.rule import ObservationRule

FAMILIES: Final = (duplicates, doubles, losses, sides, pairs, constants, identity, habits)
OBSERVATION_RULES: Final[Mapping[str, ObservationRule]] = MappingProxyType(
    {rule.name: rule for family in FAMILIES for rule in family.RULES}
)
