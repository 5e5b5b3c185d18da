"""What the emulator in this process answers to probes, and to the recorded requests of a calibration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockpin.calibration.interview import hold_interview
from mockpin.calibration.observed import ObservedAnswer
from mockpin.calibration.services import EmulatedService
from mockpin.calibration.session import ProbeSession

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mockpin.calibration.interview import Interview
    from mockpin.calibration.probes import Probe
    from mockpin.emulator.settings.settings import Settings


def interview_emulator(probes: Sequence[Probe], settings: Settings | None = None) -> Interview:
    """The emulator's own answers to the probes, without a socket and without waiting."""
    with EmulatedService(settings) as service:
        session = ProbeSession(service, sleep=lambda _seconds: None)
        return hold_interview(session, probes)


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
