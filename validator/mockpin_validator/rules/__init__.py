"""Every rule, by name, in the order in which an event is judged."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from mockpin_validator.judging.rule import Rule
from mockpin_validator.rules import (
    app,
    event_id,
    event_name,
    event_time,
    form,
    identity,
    match_keys,
    money,
    origin,
    privacy,
    products,
    recommended,
    schema,
    visitor,
)

TOPICS: Final = (
    schema,
    event_name,
    origin,
    event_time,
    event_id,
    identity,
    match_keys,
    recommended,
    visitor,
    money,
    products,
    privacy,
    app,
    form,
)

RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {rule.name: rule for topic in TOPICS for rule in topic.RULES}
)
