"""Ask a service every probe, one after another, and keep what was answered when it stops half-way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mockpin.calibration.failures import (
    BudgetSpent,
    CredentialsRefused,
    ProbeUnreadable,
    ServiceFailed,
    ServiceThrottled,
)
from mockpin.calibration.readings import READINGS, ProbeReading

if TYPE_CHECKING:
    from mockpin.calibration.probes import Probe
    from mockpin.calibration.session import ProbeExchange, ProbeSession

#: Failures after which no further probe is asked.
_FINAL = (CredentialsRefused, ServiceThrottled, BudgetSpent)
#: Failures one after another after which no further probe is asked.
_PATIENCE = 2


@dataclass(frozen=True)
class AnsweredProbe:
    """A probe with what the service answered; one whose answers decide nothing reads `not readable: ...`."""

    probe: Probe
    reading: ProbeReading
    exchanges: Sequence[ProbeExchange]
    readable: bool = True


@dataclass
class Interview:
    """The probes that were answered, why others were not, and the failure that ended it, if one did."""

    answered: list[AnsweredProbe] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)
    failure: ServiceFailed | None = None
    interrupted: bool = False


def hold_interview(
    session: ProbeSession, probes: Sequence[Probe], *, progress: Callable[[Probe], object] = lambda _: None
) -> Interview:
    """Ask the probes; a failure or Ctrl-C leaves those that were answered and names the missing ones."""
    interview, failures = Interview(), 0
    try:
        for probe in probes:
            progress(probe)
            try:
                interview.answered.append(ask_probe(session, probe))
                failures = 0
            except ServiceFailed as failure:
                interview.missing[probe.name] = str(failure)
                failures += 1
                # Nothing was answered yet, or the next would fail alike.
                if isinstance(failure, _FINAL) or failures >= _PATIENCE or not interview.answered:
                    interview.failure = failure
                    break
    except KeyboardInterrupt:
        interview.interrupted = True
    known = {answered.probe.name for answered in interview.answered} | interview.missing.keys()
    interview.missing |= {probe.name: "not asked" for probe in probes if probe.name not in known}
    return interview


def ask_probe(session: ProbeSession, probe: Probe) -> AnsweredProbe:
    """One probe and its reading. Raises ServiceFailed."""
    began = len(session.exchanges)
    try:
        reading, readable = READINGS[probe.reading](session, probe), True
    except ProbeUnreadable as unreadable:
        reading, readable = ProbeReading(f"not readable: {unreadable}"), False
    return AnsweredProbe(probe, reading, tuple(session.exchanges[began:]), readable)
