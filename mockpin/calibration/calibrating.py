"""A calibration from an interview: what was observed, compared with what the emulator does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from mockpin.calibration.emulated import find_deviations, interview_emulator
from mockpin.emulator.accounts import fingerprint
from mockpin.emulator.settings.calibrations import Calibration
from mockpin.emulator.settings.settings import FIELDS, read_settings
from mockpin.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mockpin.calibration.interview import AnsweredProbe, Interview
    from mockpin.calibration.probes import Probe

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
