"""Calibrations on the command line: reading their files, and showing what they hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mockpin.cli.shared.errors import InputUnreadable
from mockpin.cli.shared.tables import draw_table
from mockpin.emulator.settings.setting import SettingInvalid
from mockpin.emulator.settings.settings import FIELDS, Settings, read_settings

if TYPE_CHECKING:
    from mockpin.calibration.calibrating import BehaviourDrift
    from mockpin.emulator.settings.calibrations import Calibration

MARKS = {True: "agrees", False: "differs", None: "unknown"}


def open_calibration(path: Path) -> Calibration:
    """The calibration in a file, its settings known to this version. Raises InputUnreadable."""
    from mockpin.emulator.settings.calibrations import CalibrationInvalid, read_calibration

    try:
        calibration = read_calibration(path)
    except CalibrationInvalid as error:
        raise InputUnreadable(str(error)) from None
    check_settings(calibration, path)
    return calibration


def check_settings(calibration: Calibration, path: Path) -> None:
    """Raise InputUnreadable for a setting or a value that this version does not have."""
    if unknown := sorted(calibration.settings.keys() - FIELDS.keys()):
        raise InputUnreadable(
            f"{path} has the setting {unknown[0]}, which this mockpin does not have. Update mockpin."
        )
    try:
        read_settings(calibration.settings)
    except SettingInvalid as error:
        raise InputUnreadable(f"{path}: {error}") from None


def tell_effect(calibration: Calibration, settings: Settings) -> Iterator[str]:
    """Lines about the settings that a calibration changes, and those that contradict it."""
    defaults = {setting["name"]: setting["value"] for setting in Settings().describe()}
    observed = {
        setting["name"]: setting["value"] for setting in read_settings(calibration.settings).describe()
    }
    for setting in settings.describe():
        name, value, origin = setting["name"], setting["value"], setting["origin"]
        if name not in calibration.settings:
            continue
        if value != observed[name]:
            yield f"{name} is {value} by {origin}; on {calibration.observed}, {observed[name]} was observed"
        elif value != defaults[name] and origin == "calibration":
            when = f"observed on your account on {calibration.observed}"
            yield f"{name} is {value}, {when}; the default is {defaults[name]}"


def show_probes(calibration: Calibration) -> str:
    """A table: question, emulated, observed, and whether they agree."""
    rows = [
        (probe["question"], probe["emulated"], probe["observed"], MARKS[probe["agrees"]])
        for probe in calibration.probes
    ]
    return show_table(("question", "emulated", "observed", ""), rows)


def show_drift(drifts: Sequence[BehaviourDrift]) -> str:
    """A table of what is answered otherwise than recorded."""
    return show_table(
        ("question", "recorded", "now"), [(drift.question, drift.recorded, drift.now) for drift in drifts]
    )


def show_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of texts."""
    from rich.table import Table
    from rich.text import Text

    table = Table(*head, show_lines=True)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return draw_table(table).rstrip("\n")


def to_json(calibration: Calibration, **more: Any) -> Mapping[str, Any]:
    """What `--format json` prints: settings, and of each probe what the table shows."""
    shown = ("name", "question", "emulated", "observed", "agrees")
    probes = [{key: probe[key] for key in shown} for probe in calibration.probes]
    return {"settings": dict(calibration.settings), "probes": probes, **more}


def tell_missing(missing: Mapping[str, str]) -> None:
    """Say on standard error which probes have no answer, and why."""
    for name, reason in missing.items():
        click.echo(f"missing: {name}: {reason}", err=True)
