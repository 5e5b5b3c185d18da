"""Event quality scores of the events received, in the form of Pinterest's OpenAPI 5.23 (`conversion_eqs`).

Coverage and overlap are exact counts. A match key in plain text does not count. `overall_status` and the
issues are mockpin's own, since Pinterest publishes neither weights nor thresholds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mockpin.emulator.history.first_reports import make_key
from mockpin.reports.usable_keys import usable_event
from mockpin_validator.match_quality.quality import COMPONENTS, mask_event_name, quality

if TYPE_CHECKING:
    from mockpin.emulator.history.first_reports import DeduplicationKey
    from mockpin.expectations.matching import Record
    from mockpin_validator.match_quality.quality import Quality

    Origin = tuple[str, str]

LOOKBACK_SECONDS: Mapping[str, int] = {"1d": 86_400, "14d": 14 * 86_400}
SOURCE_PLATFORMS: Mapping[str, str] = {
    "web": "WEB",
    "app_android": "MOBILE_ANDROID",
    "app_ios": "MOBILE_IOS",
    "offline": "OFFLINE",
}
INGESTION_SOURCES: Mapping[str, str] = {
    "api": "CONVERSIONS_API",
    "segment": "CONVERSIONS_API",
    "tag": "TAG",
}
OVERLAP_COMPONENT = "external_event_id"
# mockpin's own threshold: the percentage of coverage below which an event name has an issue.
LOW_COVERAGE = 50


def score_events(records: Iterable[Record], *, lookback_period: str, now: float) -> list[dict[str, Any]]:
    """Score each source platform and ingestion source with events in the lookback period, `1d` or `14d`.

    Failed events and test requests do not count. Duplicates do: they were sent, and Pinterest says
    nothing else.
    """
    since = now - LOOKBACK_SECONDS[lookback_period]
    counted = [
        record
        for record in records
        if record["status"] == "processed" and not record["test"] and record["received_at"] >= since
    ]
    paired = _find_paired(counted)
    return [
        _score(events, paired) | _describe_origin(origin) | {"lookback_period": lookback_period}
        for origin, events in _group_by_origin(counted).items()
    ]


def _group_by_origin(records: Iterable[Record]) -> dict[Origin, list[Record]]:
    groups: dict[Origin, list[Record]] = defaultdict(list)
    for record in records:
        platform = SOURCE_PLATFORMS.get(record["action_source"], "WEB")
        groups[platform, INGESTION_SOURCES[record["source"]]].append(record)
    return groups


def _describe_origin(origin: Origin) -> dict[str, str]:
    return {"source_platform": origin[0], "ingestion_source": origin[1]}


def _score(events: Sequence[Record], paired: set[DeduplicationKey]) -> dict[str, Any]:
    measured = quality(map(usable_event, events))
    overlaps = _measure_overlap(events, paired)
    components = {name: _describe_component(name, measured) for name in COMPONENTS}
    for name, details in components[OVERLAP_COMPONENT].items():
        details["overlap"] = overlaps[name]
    return {"overall_status": measured.status, "quality_components": components}


def _describe_component(component: str, measured: Quality) -> dict[str, dict[str, Any]]:
    found = {name: round(part.coverage(component), 2) for name, part in measured.by_name.items()}
    return {
        name: {"coverage": share, "issues": [*_find_issues(component, share)]}
        for name, share in found.items()
    }


def _find_issues(component: str, coverage: float) -> Iterator[dict[str, str]]:
    if coverage < LOW_COVERAGE:
        reason = f"{coverage:g} % of the events carry it (mockpin's own threshold: {LOW_COVERAGE} %)."
        yield {"id": f"low_{component}_coverage", "name": f"Low coverage of {component}", "reason": reason}


def _find_paired(records: Iterable[Record]) -> set[DeduplicationKey]:
    """Return the deduplication keys that both the tag and the API sent."""
    sources: dict[DeduplicationKey, set[str]] = defaultdict(set)
    for record in records:
        if key := _make_key(record):
            sources[key].add(INGESTION_SOURCES[record["source"]])
    return {key for key, ingestion_sources in sources.items() if len(ingestion_sources) > 1}


def _make_key(record: Record) -> DeduplicationKey | None:
    return make_key(record["ad_account_id"], record["event_name"], record["event_id"])


def _measure_overlap(events: Iterable[Record], paired: set[DeduplicationKey]) -> dict[str, float]:
    """Return by event name the percentage of events that the other source sent too."""
    both: dict[str, list[bool]] = defaultdict(list)
    for event in events:
        both[mask_event_name(event["event_name"])].append(_make_key(event) in paired)
    return {name: round(100 * sum(found) / len(found), 2) for name, found in both.items()}
