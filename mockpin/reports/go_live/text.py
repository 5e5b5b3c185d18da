"""The report for a terminal or a log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from mockpin_validator.wording import count, make_visible

if TYPE_CHECKING:
    from mockpin.observations.rule import ExamplePlace
    from mockpin.reports.findings import FindingFigures
    from mockpin.reports.go_live.report import GoLiveReport

SIGNS = {"error": "✗", "warning": "!", "info": "·"}
#: Event names whose sources are told, and examples of one reason.
MAX_NAMES, MAX_EXAMPLES = 12, 4


def write_text(report: GoLiveReport) -> str:
    """The whole report as lines, the readiness first."""
    return "\n".join(make_visible(line) for part in _parts(report) if part for line in (*part, "")).rstrip()


def _parts(report: GoLiveReport) -> Iterator[Sequence[str]]:
    yield [f"Readiness: {report.readiness.upper()}", f"  {report.disclaimer}"]
    yield [*_describe_reasons(report)] or ["Nothing speaks against it."]
    yield ["Seen", *(f"  {line}." for line in report.evidence[:MAX_NAMES])] if report.evidence else []
    yield ["Servers", *_tabulate(_rows_of_counts(report.servers))] if report.servers else []
    yield [*_summarize(report)]
    yield ["Event names", *_tabulate(_rows_of_names(report))]
    findings = [line for finding in report.findings for line in _describe_finding(finding)]
    yield ["Findings", *(findings or ["  none"])]
    yield ["Match keys, percent of events", *_tabulate(_rows_of_match_keys(report.quality))]
    yield ["Deduplication between the tag and the API", *_tabulate(_rows_of_classes(report))]
    yield ["Age when received", *_tabulate(_rows_of_counts(report.freshness))]
    yield ["Privacy", *_tabulate(_rows_of_privacy(report))]
    yield ["Requests by status", *_tabulate(_rows_of_counts(report.statuses))]
    yield [str(report.budget)]


def _describe_reasons(report: GoLiveReport) -> Iterator[str]:
    for reason in report.reasons:
        yield f"{SIGNS[reason.severity]} {reason.sentence}"
        if reason.fix:
            yield f"    {reason.fix}"
        if reason.examples:
            yield f"    For example {_list_places(reason.examples[:MAX_EXAMPLES])}."


def _summarize(report: GoLiveReport) -> Iterator[str]:
    counts = f"{count(report.events, 'event')}, {report.processed:,} processed, {report.failed:,} failed"
    yield f"{counts}: {report.pass_rate:.1f} % pass."
    if report.events:
        yield f"Match quality: {report.quality['score']:g} of 100, {report.grade} (mockpin's own score)."
    if report.test_events:
        yield f"{report.test_events:,} more came in test requests."
    if report.evicted:
        yield f"{report.evicted:,} older events are no longer in the history and not counted."


def _rows_of_names(report: GoLiveReport) -> list[tuple[str, ...]]:
    head = ("name", "expected", "received", "counted", "duplicates", "failed")
    rows = [
        (name.event_name, "-" if name.expected is None else f"{name.expected:,}",
         *(f"{number:,}" for number in (name.received, name.counted, name.duplicates, name.failed)))
        for name in report.names
    ]  # fmt: skip
    return [head, *rows]


def _describe_finding(finding: FindingFigures) -> tuple[str, str]:
    examples = _list_places(finding.examples)
    return (
        f"  {SIGNS[finding.severity]} {finding.rule}, {count(finding.events, 'event')} (such as {examples})",
        f"      {finding.message} {finding.fix}",
    )


def _list_places(examples: Iterable[ExamplePlace]) -> str:
    """The examples in a row, each server named once for those that follow one another."""
    listed = [
        (", ".join(example.own for example in of_server), server)
        for server, of_server in groupby(examples, key=attrgetter("server"))
    ]
    return ", ".join(f"{places} of {server}" if server else places for places, server in listed)


def _rows_of_match_keys(quality: Mapping[str, Any]) -> list[tuple[str, ...]]:
    present = quality["match_keys_present"]
    rows = [(name, f"{share:g} %", f"{present[name]:g} %") for name, share in quality["match_keys"].items()]
    return [("name", "usable", "present"), *rows]


def _rows_of_classes(report: GoLiveReport) -> list[tuple[str, ...]]:
    classes = report.deduplication["classes"].items()
    return [
        (name, f"{figures['events']:,}", f"{figures['share']:.1%}", figures["meaning"])
        for name, figures in classes
    ]


def _rows_of_privacy(report: GoLiveReport) -> list[tuple[str, ...]]:
    return [
        (name.replace("_", " "), f"{number:,}", f"{report.share(number):.1f} %")
        for name, number in report.privacy.items()
    ]


def _rows_of_counts(counts: Mapping[Any, int]) -> list[tuple[str, ...]]:
    return [(str(name).replace("_", " "), f"{number:,}") for name, number in counts.items()]


def _tabulate(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        yield "  " + "  ".join(cells).rstrip()
