"""A calibration from an interview: what was observed, and what the emulator answers to the same."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from mockpin.calibration.failures import ServiceFailed
from mockpin.calibration.interview import ask_probe, hold_interview
from mockpin.calibration.observed import ObservedAnswer
from mockpin.calibration.probes import EventVariant
from mockpin.calibration.services import EmulatedService
from mockpin.calibration.session import ProbeSession
from mockpin.emulator.accounts import fingerprint
from mockpin.emulator.settings.calibrations import Calibration
from mockpin.emulator.settings.settings import FIELDS, read_settings
from mockpin.version import __version__

if TYPE_CHECKING:
    from mockpin.calibration.interview import AnsweredProbe, Interview
    from mockpin.calibration.probes import Probe
    from mockpin.emulator.settings.settings import Settings


#: Settings whose behaviour shows only in the headers of an answer.
_IN_HEADERS = ("rate_limit",)


@dataclass(frozen=True)
class BehaviourDrift:
    """A probe that is answered otherwise than a calibration recorded it."""

    name: str
    question: str
    recorded: str
    now: str


def make_calibration(
    interview: Interview, probes: Sequence[Probe], *, service: str, ad_account_id: str
) -> Calibration:
    """The calibration that follows from the answers. Emulated are mockpin's defaults."""
    emulated = {answer.probe.name: answer.reading.observed for answer in interview_emulator(probes).answered}
    settings = collect_settings(interview.answered)
    return Calibration(
        service=service,
        ad_account=fingerprint(ad_account_id),
        observed=datetime.now(UTC).date().isoformat(),
        mockpin=__version__,
        settings=settings,
        probes=[
            record_probe(answer, emulated.get(answer.probe.name, ""), settings)
            for answer in interview.answered
        ],
        missing=list(interview.missing),
    )


def collect_settings(answered: Sequence[AnsweredProbe]) -> dict[str, str]:
    """The settings that the answers decide and this version of mockpin has, as their flags take them."""
    decided = {name: text for answer in answered for name, text in answer.reading.settings.items()}
    return {name: text for name, text in decided.items() if name in FIELDS}


def record_probe(answered: AnsweredProbe, emulated: str, settings: Mapping[str, str]) -> dict[str, Any]:
    """A probe as the calibration keeps it.

    `agrees` is None where the answers decide nothing; `reproduced` says whether the emulator, calibrated,
    answers the same.
    """
    exchanges = [exchange.to_dict() for exchange in answered.exchanges]
    observed = answered.reading.observed
    return {
        "name": answered.probe.name,
        "question": answered.probe.question,
        "emulated": emulated,
        "observed": observed,
        "agrees": emulated == observed if answered.readable else None,
        "settings": list(answered.probe.settings),
        "reproduced": not list_deviations(exchanges, answered.probe.settings, settings),
        "exchanges": exchanges,
    }


def list_deviations(
    exchanges: Sequence[Mapping[str, Any]], decided: Sequence[str], settings: Mapping[str, str]
) -> list[str]:
    """Where the emulator under these settings answers a probe's requests otherwise than recorded."""
    headers = any(name in _IN_HEADERS for name in decided)
    return [*find_deviations(exchanges, read_settings(settings), headers=headers)]


def check_offline(calibration: Calibration) -> list[BehaviourDrift]:
    """Probes that the emulator reproduced when it was calibrated and does not reproduce any more."""
    return [
        BehaviourDrift(probe["name"], probe["question"], probe["observed"], "; ".join(deviations))
        for probe in calibration.probes
        if probe["reproduced"]
        and (deviations := list_deviations(probe["exchanges"], probe["settings"], calibration.settings))
    ]


def check_online(calibration: Calibration, interview: Interview) -> list[BehaviourDrift]:
    """Probes that the service answers otherwise than it did when it was asked before."""
    recorded = {probe["name"]: probe["observed"] for probe in calibration.probes}
    return [
        BehaviourDrift(
            answer.probe.name, answer.probe.question, recorded[answer.probe.name], answer.reading.observed
        )
        for answer in interview.answered
        if recorded.get(answer.probe.name, answer.reading.observed) != answer.reading.observed
    ]


def interview_emulator(probes: Sequence[Probe], settings: Settings | None = None) -> Interview:
    """The emulator's own answers to the probes, without a socket and without waiting."""
    with EmulatedService(settings) as service:
        session = ProbeSession(service, sleep=lambda _seconds: None)
        return hold_interview(session, probes)


def find_unaskable(probes: Sequence[Probe]) -> Probe | None:
    """The first probe that lacks what its reading needs, found by asking the emulator; None without one."""
    with EmulatedService() as service:
        session = ProbeSession(
            service, sleep=lambda _seconds: None, limit=sys.maxsize, failing=EventVariant()
        )
        return next((probe for probe in probes if not is_askable(session, probe)), None)


def is_askable(session: ProbeSession, probe: Probe) -> bool:
    """Whether a probe can be sent and its answers read, whatever they say."""
    try:
        ask_probe(session, probe)
    except ServiceFailed:
        return True
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return False
    return True


def find_deviations(
    exchanges: Iterable[Mapping[str, Any]], settings: Settings, *, headers: bool = False
) -> Iterator[str]:
    """Where the emulator under these settings answers recorded requests otherwise; empty when it does not.

    Statuses and verdicts are compared, `headers` also the announced rate limit; wording never is. The
    emulator's clock shows what the service's did.
    """
    now = [0.0]
    with EmulatedService(settings, clock=lambda: now[0]) as service:
        for number, exchange in enumerate(exchanges, 1):
            now[0] = exchange["at"]
            recorded = ObservedAnswer(**exchange["answer"])
            emulated = service.answer(exchange["events"], ad_account_id=exchange["ad_account_id"])
            before, after = (describe(answer, headers=headers) for answer in (recorded, emulated))
            if before != after:
                yield f"request {number}: recorded {before}; the emulator answers {after}"


def describe(answer: ObservedAnswer, *, headers: bool) -> str:
    """Status and verdicts in words, equal for answers that mean the same."""
    outcomes = list(answer.outcomes)
    counted = ", ".join(f"{outcomes.count(word)} {word}" for word in dict.fromkeys(outcomes))
    places = [str(index) for index, outcome in enumerate(outcomes) if outcome == "failed"]
    failed = f" (failed: {', '.join(places)})" if len(outcomes) > len(places) > 0 else ""
    limit = answer.headers.get("x-ratelimit-limit", "no rate limit") if headers else ""
    return f"{answer.status}, {counted}{failed}" + (f", {limit.partition(';name')[0]}" if headers else "")
