"""The rules for hits of the Pinterest tag: whether they can be read, and what their event holds."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from mockpin.emulator.tag import event_rules
from mockpin_validator.judging.context import ALONE, Context, Event
from mockpin_validator.judging.finding import Complaint, Finding
from mockpin_validator.judging.policy import Policy
from mockpin_validator.judging.rule import INFORMATION, DocumentRule, Row, build_finding

DATA_UNREADABLE: Final = DocumentRule(
    "tag-data-unreadable",
    "The tag's `ed`, `pd` and `ad` are JSON objects, or spelt out with brackets; otherwise they are lost.",
    INFORMATION,
    "Pinterest's documentation of its tag",
    "inferred",
    "2026-11-24",
)
TAG_RULES: Final[Mapping[str, Row]] = MappingProxyType(
    {row.name: row for row in (DATA_UNREADABLE, *event_rules.RULES)}
)
#: Nothing about a tag's event depends on the time, on settings, or on other events.
_CONTEXT: Final = Context(None, Policy(), ALONE)

#: Parameter -> where in the event it belongs, and what it holds.
_HOLDS: Final = {
    "ed": ("/data/0/custom_data", "the event id and the custom data"),
    "pd": ("/data/0/user_data", "match keys"),
    "ad": ("/data/0", "the event source URL"),
}


def judge_hit(fields: Mapping[str, object], event: Event) -> tuple[Finding, ...]:
    """The findings on a hit's parameters, and on the event read from them."""
    on_event = (
        build_finding(rule, complaint, rule.severity["faithful"] or "info", place="/data/0")
        for rule in event_rules.RULES
        for complaint in rule.check(event, _CONTEXT)
    )
    return (*find_unreadable(fields), *on_event)


def find_unreadable(fields: Mapping[str, object]) -> tuple[Finding, ...]:
    """A finding for each of the tag's parameters that is there and is not an object."""
    return tuple(
        report_unreadable_parameter(name)
        for name in _HOLDS
        if fields.get(name) not in ("", None) and not isinstance(fields[name], dict)
    )


def report_unreadable_parameter(name: str) -> Finding:
    """The finding on a parameter of the tag, `ed` or `pd`, that is not a JSON object."""
    path, lost = _HOLDS[name]
    complaint = Complaint(
        path,
        f"The tag's {name} is not a JSON object; {lost} cannot be read.",
        f"Encode the JSON of {name} for a URL, once and whole, or spell it out with brackets.",
    )
    return build_finding(DATA_UNREADABLE, complaint, "info")
