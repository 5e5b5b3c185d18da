"""Every rule, by name, in the order in which an event is judged."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from validator.rule import Rule
from validator.rules import event_name, event_time, match_keys, origin

RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {each.name: each for each in (*event_name.RULES, *origin.RULES, *event_time.RULES, *match_keys.RULES)}
)
