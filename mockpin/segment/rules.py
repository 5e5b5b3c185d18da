"""The rules for documents that give no conversion event to judge."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from mockpin_validator.judging.rule import INFORMATION, REFUSED, DocumentRule

SOURCE: Final = "Segment's action-destinations 3.517.0"

NOT_CONVERTED: Final = DocumentRule(
    "segment-not-converted",
    "Segment's prebuilt mapping can convert the Segment event: it has the fields that the mapping needs.",
    REFUSED,
    SOURCE,
    "documented",
    "2026-09-21",
)
NOT_SUBSCRIBED: Final = DocumentRule(
    "segment-not-subscribed",
    "A prebuilt mapping takes the Segment event; otherwise nothing is sent for it, as is right for many.",
    INFORMATION,
    SOURCE,
    "documented",
    "2026-09-21",
)
WRONG_KIND: Final = DocumentRule(
    "wrong-kind",
    "A document holds what it is read as: conversion events, or Segment events with --from segment.",
    REFUSED,
    "segment.com/docs/connections/spec, whose calls all have a type",
    "documented",
    "2026-11-24",
    fixed=True,
)

SEGMENT_RULES: Final[Mapping[str, DocumentRule]] = MappingProxyType(
    {rule.name: rule for rule in (NOT_CONVERTED, NOT_SUBSCRIBED, WRONG_KIND)}
)
