"""The answers at the top of the overview: may we go live, what counts, what matches, which sources sent?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from mockpin.reports.go_live.evidence import describe_counts
from mockpin.reports.go_live.report import choose_server_side
from mockpin.reports.usable_keys import find_usable
from mockpin.web.pages.content.inspection import MATCH_KEYS
from mockpin_validator.match_quality.quality import COMPONENTS, WEIGHTS

if TYPE_CHECKING:
    from mockpin.reports.go_live.reasons import Reason
    from mockpin.reports.go_live.report import GoLiveReport

    Record = Mapping[str, Any]

MAX_REASONS = 3
#: Number of the newest events on which the matching share is measured.
MAX_MEASURED_EVENTS = 2_000
#: The match keys that identify a person or device alone, unlike an IP address or a user agent.
IDENTIFYING = frozenset({"em", "ph", "external_id", "hashed_maids", "click_id"})
#: Match keys of devices, which only the events of an app can have.
APP_KEYS = frozenset({"hashed_maids"})


@dataclass(frozen=True)
class MatchingShare:
    """The percentage of events with a usable key that identifies somebody, and the key to add next.

    `missing` is the percentage of events without that key; `next_key` is empty when nothing is missing.
    """

    percent: float
    next_key: str
    meaning: str
    missing: float


@dataclass(frozen=True)
class NameSentence:
    """How many events of one name the tag, the API and Segment sent, in a sentence."""

    event_name: str
    sentence: str
    is_one_sided: bool


@dataclass(frozen=True)
class Answers:
    """What the overview says first. `other_reasons` are shown folded."""

    readiness: str
    severity: str
    reasons: tuple[Reason, ...]
    other_reasons: tuple[Reason, ...]
    counted: int
    failed: int
    matching: MatchingShare | None
    names: tuple[NameSentence, ...]


def find_answers(report: GoLiveReport, records: Sequence[Record]) -> Answers:
    """Find the answers in a go-live report and the event records that it was made of, newest last."""
    return Answers(
        readiness=report.readiness,
        severity=report.severity,
        reasons=report.reasons[:MAX_REASONS],
        other_reasons=report.reasons[MAX_REASONS:],
        counted=sum(name.counted for name in report.names),
        failed=report.failed,
        matching=_measure_matching(report, records),
        names=tuple(_describe_names(report)),
    )


def _measure_matching(report: GoLiveReport, records: Sequence[Record]) -> MatchingShare | None:
    newest = [*islice(reversed(choose_server_side(records)), MAX_MEASURED_EVENTS)]
    if not newest:
        return None
    matching = sum(not IDENTIFYING.isdisjoint(find_usable(record)) for record in newest)
    has_app = any(str(record["action_source"]).startswith("app_") for record in newest)
    key, missing = _find_next_key(report.quality, impossible=frozenset() if has_app else APP_KEYS)
    return MatchingShare(100 * matching / len(newest), key, MATCH_KEYS.get(key, ""), missing)


def _find_next_key(quality: Mapping[str, Any], *, impossible: frozenset[str]) -> tuple[str, float]:
    """Return the match key that would raise the score most, and the percentage of events without it."""
    keys = {
        COMPONENTS[component]: weight
        for component, weight in WEIGHTS.items()
        if COMPONENTS[component] in MATCH_KEYS.keys() - impossible
    }
    missing = {key: 100 - quality["match_keys"][key] for key in keys}
    key = max(keys, key=lambda name: keys[name] * missing[name])
    return (key, missing[key]) if missing[key] else ("", 0.0)


def _describe_names(report: GoLiveReport) -> Iterator[NameSentence]:
    seen = sorted(report.names, key=lambda name: (-name.counted, name.event_name))
    for name in seen:
        sources = name.by_source
        if name.processed:
            sentence = describe_counts(name.event_name, sources).partition(": ")[2]
            one_sided = bool(sources.tag and sources.server) and not sources.matched
            yield NameSentence(name.event_name, sentence, one_sided)
