"""The report as a value, made from event records and exchanges as the admin API lists them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from mockpin.observations.in_history import read_facts
from mockpin.observations.relation import Facts
from mockpin.reports.conduct import judge_conduct
from mockpin.reports.deduplication import report_deduplication
from mockpin.reports.exchanges import read_exchanges
from mockpin.reports.findings import count_findings
from mockpin.reports.go_live.evidence import count_sources, describe_counts
from mockpin.reports.go_live.figures import count_names, count_privacy
from mockpin.reports.go_live.rate_budget import measure_budget
from mockpin.reports.go_live.reasons import CHECKS, READINESS, Reason
from mockpin.reports.go_live.shadowed import ShadowFigures, count_shadow
from mockpin.reports.overview import summarize_events
from mockpin.reports.usable_keys import measure_quality
from mockpin_validator.wording import count

if TYPE_CHECKING:
    from mockpin.expectations.matching import Record
    from mockpin.observations.limits import Limits
    from mockpin.observations.rule import Observation
    from mockpin.reports.exchanges import Exchange
    from mockpin.reports.findings import FindingFigures
    from mockpin.reports.go_live.figures import NameFigures
    from mockpin.reports.go_live.rate_budget import RateBudget
    from mockpin.reports.overview import Overview

EMULATION = "Checked against an emulation of the published contract."
UNSEEN = "Pinterest has not seen these events."


@dataclass(frozen=True)
class GoLiveReport:
    """Everything a team wants to know before its sender goes to production.

    Real events are counted; those of test requests only in `test_events`. Shares are of real events.
    `statuses` counts requests by what was answered, `injected` those that met a fault, by its kind;
    `expected` is what was asked for, by keys such as `checkout` and `api:checkout`; `refused_hosts`
    counts the requests to hosts of Pinterest that mockpin does not answer for, by host. `servers` has the
    number of events of each server, where several were asked, and `divided` the servers of each ad account
    whose events several received.
    """

    names: tuple[NameFigures, ...]
    findings: tuple[FindingFigures, ...]
    statuses: Mapping[int, int]
    injected: Mapping[str, int]
    overview: Overview
    privacy: Mapping[str, int]
    quality: Mapping[str, Any]
    deduplication: Mapping[str, Any]
    conduct: tuple[Mapping[str, Any], ...]
    budget: RateBudget
    test_events: int
    evicted: int
    observations: tuple[Observation, ...] = ()
    expected: Mapping[str, int] = field(default_factory=dict)
    refused_hosts: Mapping[str, int] = field(default_factory=dict)
    shadow: ShadowFigures = field(default_factory=ShadowFigures)
    servers: Mapping[str, int] = field(default_factory=dict)
    divided: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def processed(self) -> int:
        """Events that Pinterest would have taken."""
        return sum(name.processed for name in self.names)

    @property
    def failed(self) -> int:
        """Events that Pinterest would have failed."""
        return sum(name.failed for name in self.names)

    @property
    def events(self) -> int:
        """Real events."""
        return self.processed + self.failed

    @property
    def pass_rate(self) -> float:
        """Percent of the real events that were processed; 0 of none."""
        return self.share(self.processed)

    def share(self, number: int) -> float:
        """The percentage of the real events that a count is; 0 without events."""
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
        """Why the readiness is what it is: the gravest first, then what loses or doubles most."""
        reasons = (reason for check in CHECKS for reason in check(self))
        return tuple(sorted(reasons, key=lambda reason: reason.rank))

    @property
    def evidence(self) -> tuple[str, ...]:
        """What was seen of each name by source, the most frequent first."""
        seen = [name for name in self.names if name.processed]
        seen.sort(key=lambda name: (-name.counted, name.event_name))
        return tuple(describe_counts(name.event_name, name.by_source) for name in seen)

    @property
    def severity(self) -> str:
        """The severity of the gravest reason."""
        return self.reasons[0].severity if self.reasons else "info"

    @property
    def readiness(self) -> str:
        """Whether the sender may go to production, in words."""
        return READINESS[self.severity]

    @property
    def disclaimer(self) -> str:
        """What the report rests on."""
        shadow = f"In shadow mode a real service judged {count(self.shadow.requests, 'request')}, as tests."
        return f"{EMULATION} {shadow if self.shadow.requests else UNSEEN}"

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON."""
        return {
            "readiness": self.readiness,
            "checked_against": self.disclaimer,
            "reasons": [reason.to_dict() for reason in self.reasons],
            "events": {
                "real": self.events,
                "processed": self.processed,
                "failed": self.failed,
                "pass_rate": round(self.pass_rate, 2),
                "in_test_requests": self.test_events,
                "evicted": self.evicted,
            },
            "evidence": list(self.evidence),
            "observations": [observation.to_dict() for observation in self.observations],
            "injected_faults": dict(self.injected),
            "event_names": [name.to_dict() for name in self.names],
            "findings": [finding.to_dict() for finding in self.findings],
            "statuses": {str(status): number for status, number in self.statuses.items()},
            "freshness": self.freshness,
            "privacy": {
                name: {"events": number, "share": round(self.share(number), 2)}
                for name, number in self.privacy.items()
            },
            "quality": dict(self.quality),
            "deduplication": dict(self.deduplication),
            "conduct": [dict(finding) for finding in self.conduct],
            "rate_budget": self.budget.to_dict(),
            "shadow": self.shadow.to_dict(),
            **({"servers": dict(self.servers)} if self.servers else {}),
        }


def make_report(  # noqa: PLR0913 - what is known beside the history, each with its default
    events: Iterable[Record],
    requests: Iterable[Mapping[str, Any]],
    *,
    expected: Mapping[str, int] | None = None,
    evicted: int = 0,
    refused_hosts: Mapping[str, int] | None = None,
    limits: Limits | None = None,
    servers: Mapping[str, int] | None = None,
    divided: Mapping[str, tuple[str, ...]] | None = None,
) -> GoLiveReport:
    """Report on event records and exchanges in the order in which they were received.

    `expected` says how many events there should be, each counted once, by keys of `read_expected`;
    `refused_hosts` says how many requests went to a host of Pinterest that mockpin does not answer for.
    """
    records, listed = list(events), list(requests)
    exchanges = [*read_exchanges(listed)]
    real = [record for record in records if not record["test"]]
    with Facts() as facts, ThreadPoolExecutor(1) as beside:
        facts.add(read_facts(records, listed))
        # A statement of SQLite lets other threads run: the rest is counted while the rules are asked.
        observing = beside.submit(facts.observe, limits)
        counted: dict[str, Any] = {
            "findings": count_findings(real),
            "overview": summarize_events(real),
            "privacy": count_privacy(real),
            "quality": measure_quality(choose_server_side(real)),
            "deduplication": report_deduplication(real).to_dict(),
            "conduct": tuple(mistake.to_dict() for mistake in judge_conduct(exchanges)),
            "shadow": count_shadow(listed),
            **_count_exchanges(exchanges),
        }
        observations, sources = observing.result(), count_sources(facts)
    return GoLiveReport(
        names=count_names(real, expected or {}, sources),
        test_events=len(records) - len(real),
        evicted=evicted,
        observations=observations,
        expected=dict(expected or {}),
        refused_hosts=dict(refused_hosts or {}),
        servers=dict(servers or {}),
        divided=dict(divided or {}),
        **counted,
    )


def choose_server_side(records: Sequence[Record]) -> Sequence[Record]:
    """The records whose match keys are the server's to send; the tag's where there are no others."""
    return [record for record in records if record["source"] != "tag"] or records


def _count_exchanges(exchanges: list[Exchange]) -> dict[str, Any]:
    return {
        "statuses": dict(sorted(Counter(exchange.status for exchange in exchanges).items())),
        "injected": dict(Counter(_name_fault(exchange) for exchange in exchanges if exchange.fault)),
        "budget": measure_budget(
            exchange for exchange in exchanges if not exchange.test and not exchange.internal
        ),
    }


def _name_fault(exchange: Exchange) -> str:
    return f"status {exchange.status}" if exchange.injected else str(exchange.fault)
