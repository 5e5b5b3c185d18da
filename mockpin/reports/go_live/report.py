"""The report as a value, made from event records and exchanges as the admin API lists them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from mockpin.reports.conduct import judge_conduct
from mockpin.reports.deduplication import report_deduplication
from mockpin.reports.exchanges import read_exchanges
from mockpin.reports.findings import count_findings
from mockpin.reports.go_live.figures import count_names, count_privacy
from mockpin.reports.go_live.rate_budget import measure_budget
from mockpin.reports.go_live.verdict import QUESTIONS, VERDICTS, Reason
from mockpin.reports.overview import survey
from mockpin.reports.usable_keys import measure_quality
from mockpin_validator.contract.request import MATCH_KEYS
from mockpin_validator.judging.finding import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mockpin.expectations.matching import Record
    from mockpin.reports.exchanges import Exchange
    from mockpin.reports.findings import FindingFigures
    from mockpin.reports.go_live.figures import NameFigures
    from mockpin.reports.go_live.rate_budget import RateBudget
    from mockpin.reports.overview import Overview

DISCLAIMER = "Checked against an emulation of the published contract. Pinterest has not seen these events."


@dataclass(frozen=True)
class Report:
    """Everything a team wants to know before its sender goes to production.

    Real events are counted; those of test requests only in `test_events`. Shares are of real events.
    `statuses` counts requests by what was answered, `earned` without what a fault answered.
    """

    names: tuple[NameFigures, ...]
    findings: tuple[FindingFigures, ...]
    statuses: Mapping[int, int]
    earned: Mapping[int, int]
    overview: Overview
    privacy: Mapping[str, int]
    quality: Mapping[str, Any]
    deduplication: Mapping[str, Any]
    conduct: tuple[Mapping[str, Any], ...]
    budget: RateBudget
    test_events: int
    evicted: int

    @property
    def processed(self) -> int:
        """Events that Pinterest would have taken."""
        return sum(each.processed for each in self.names)

    @property
    def failed(self) -> int:
        """Events that Pinterest would have failed."""
        return sum(each.failed for each in self.names)

    @property
    def events(self) -> int:
        """Real events."""
        return self.processed + self.failed

    @property
    def pass_rate(self) -> float:
        """Percent of the real events that were processed; 0 of none."""
        return self.share(self.processed)

    def share(self, number: int) -> float:
        """The percentage that so many of the real events are; 0 of none."""
        return 100 * number / self.events if self.events else 0.0

    @property
    def grade(self) -> str:
        """The match quality in Pinterest's words, such as `needs improvement`, by our thresholds."""
        return str(self.quality["status"]).replace("_", " ").lower()

    @property
    def freshness(self) -> dict[str, int]:
        """Events by how old they were when they came."""
        return dict(zip(self.overview.freshness.labels, self.overview.freshness.totals, strict=True))

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """Why the verdict is what it is, the gravest first."""
        said = (reason for ask in QUESTIONS for reason in ask(self))
        return tuple(sorted(said, key=lambda reason: SEVERITIES.index(reason.severity)))

    @property
    def severity(self) -> str:
        """The severity of the gravest reason."""
        return self.reasons[0].severity if self.reasons else "info"

    @property
    def verdict(self) -> str:
        """Whether the sender may go to production, in words."""
        return VERDICTS[self.severity]

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON."""
        return {
            "verdict": self.verdict,
            "checked_against": DISCLAIMER,
            "reasons": [reason.to_dict() for reason in self.reasons],
            "events": {
                "real": self.events,
                "processed": self.processed,
                "failed": self.failed,
                "pass_rate": round(self.pass_rate, 2),
                "in_test_requests": self.test_events,
                "evicted": self.evicted,
            },
            "event_names": [each.to_dict() for each in self.names],
            "findings": [each.to_dict() for each in self.findings],
            "statuses": {str(status): number for status, number in self.statuses.items()},
            "freshness": self.freshness,
            "privacy": {
                name: {"events": number, "share": round(self.share(number), 2)}
                for name, number in self.privacy.items()
            },
            "quality": dict(self.quality),
            "deduplication": dict(self.deduplication),
            "conduct": [dict(each) for each in self.conduct],
            "rate_budget": self.budget.to_dict(),
        }


def make_report(
    events: Iterable[Record],
    requests: Iterable[Mapping[str, Any]],
    *,
    expected: Mapping[str, int] | None = None,
    evicted: int = 0,
) -> Report:
    """Report on event records and exchanges in the order in which they were received.

    `expected` says by canonical event name how many events there should be, each counted once.
    """
    records, listed = list(events), list(requests)
    real = [record for record in records if not record["test"]]
    return Report(
        names=count_names(real, expected or {}),
        findings=count_findings(real),
        overview=survey(real, match_keys=MATCH_KEYS),
        privacy=count_privacy(real),
        quality=measure_quality(real),
        deduplication=report_deduplication(real).to_dict(),
        conduct=tuple(each.to_dict() for each in judge_conduct(listed)),
        test_events=len(records) - len(real),
        evicted=evicted,
        **_count_exchanges([*read_exchanges(listed)]),
    )


def _count_exchanges(exchanges: list[Exchange]) -> dict[str, Any]:
    return {
        "statuses": _count_statuses(exchanges),
        "earned": _count_statuses(each for each in exchanges if not each.injected),
        "budget": measure_budget(each for each in exchanges if not each.test and not each.internal),
    }


def _count_statuses(exchanges: Iterable[Exchange]) -> dict[int, int]:
    return dict(sorted(Counter(each.status for each in exchanges).items()))
