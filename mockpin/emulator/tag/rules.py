"""What the Pinterest tag's data must be to become part of an event."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from mockpin_validator.judging.finding import Complaint, Finding
from mockpin_validator.judging.rule import INFORMATION, DocumentRule, stamp

DATA_UNREADABLE: Final = DocumentRule(
    "tag-data-unreadable",
    "The tag's `ed`, `pd` and `ad` are JSON objects, or spelt out with brackets; otherwise they are lost.",
    INFORMATION,
    "Pinterest's documentation of its tag",
    "inferred",
    "2026-11-24",
)
TAG_RULES: Final[Mapping[str, DocumentRule]] = MappingProxyType({DATA_UNREADABLE.name: DATA_UNREADABLE})

#: Parameter -> where in the event it belongs, and what it holds.
_HOLDS: Final = {
    "ed": ("/data/0/custom_data", "the event id and the custom data"),
    "pd": ("/data/0/user_data", "match keys"),
    "ad": ("/data/0", "the event source URL"),
}


def find_unreadable(fields: Mapping[str, object]) -> tuple[Finding, ...]:
    """A finding for each of the tag's parameters that is there and is no object."""
    return tuple(
        complain(name)
        for name in _HOLDS
        if fields.get(name) not in ("", None) and not isinstance(fields[name], dict)
    )


def complain(name: str) -> Finding:
    """What is to be said of a parameter that is no object."""
    path, lost = _HOLDS[name]
    complaint = Complaint(
        path,
        f"The tag's {name} is no JSON object; {lost} cannot be read.",
        f"Encode the JSON of {name} for a URL, once and whole, or spell it out with brackets.",
    )
    return stamp(DATA_UNREADABLE, complaint, "info")
