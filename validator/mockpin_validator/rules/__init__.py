"""Every rule, by name, in the order in which an event is judged."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from mockpin_validator.judging.rule import Rule
from mockpin_validator.rules import (
    action_source,
    app,
    click_id,
    event_id,
    event_name,
    event_time,
    form,
    identity,
    match_keys,
    money,
    personal_data,
    presence,
    privacy,
    products,
    recommended,
    schema,
    source_url,
    visitor,
)

TOPICS: Final = (
    schema,
    event_name,
    action_source,
    source_url,
    event_time,
    event_id,
    identity,
    match_keys,
    recommended,
    visitor,
    click_id,
    presence,
    money,
    products,
    personal_data,
    privacy,
    app,
    form,
)

RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {rule.name: rule for topic in TOPICS for rule in topic.RULES}
)
