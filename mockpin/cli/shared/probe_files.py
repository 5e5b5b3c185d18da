"""Folders of probes: those that shadow mode found are written there, and asked from there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson

from mockpin.cli.shared.errors import InputUnreadable, OutputUnwritable
from mockpin.cli.shared.right_server import administer
from mockpin_validator.wording import count

if TYPE_CHECKING:
    from mockpin.calibration.probes import Probe


def read_probes(folder: Path | None) -> list[Probe]:
    """The shipped probes, and those of a folder behind them. Raises InputUnreadable."""
    from mockpin.calibration.calibrating import find_unaskable
    from mockpin.calibration.probes import load_probes, make_probe
    from mockpin.calibration.readings import READINGS
    from mockpin.fixtures import FixtureUnreadable, cases

    probes = load_probes()
    if folder is None:
        return probes
    try:
        further = [
            make_probe(name, dict(content)) for name, content in cases(folder.name, root=folder.parent)
        ]
        unknown = [probe.name for probe in further if probe.reading not in READINGS]
    except (FixtureUnreadable, KeyError, TypeError, ValueError, AttributeError):
        raise InputUnreadable(f"{folder} should be a folder whose *.json files are probes alone.") from None
    if unknown:
        raise InputUnreadable(f"{folder}: the probe {unknown[0]} has a reading that there is not.")
    if probe := find_unaskable(further):
        raise InputUnreadable(
            f"{folder}: the probe {probe.name} cannot be asked. Compare it with docs/calibration.md#a-probe."
        )
    return [*probes, *further]


def write_probes(url: str, folder: Path, *, admin_token: str | None) -> None:
    """Write a probe for each request that a server's shadow judged otherwise. Raises OutputUnwritable."""
    from mockpin.calibration.exporting import export_probe

    with administer(url, admin_token=admin_token) as admin:
        exported = {
            number: export_probe(admin.get(f"requests/{number}")) for number in list_disagreeing(admin)
        }
    probes = {number: probe for number, probe in exported.items() if probe["events"]}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number, probe in probes.items():
            path = folder / f"shadow-{number}.json"
            path.write_bytes(orjson.dumps(probe, option=orjson.OPT_INDENT_2))
    except OSError as error:
        raise OutputUnwritable(f"{folder} cannot be written: {error.strerror}.") from None
    click.echo(f"{len(probes)} probes written to {folder}.")
    if left_out := len(exported) - len(probes):
        click.echo(f"{count(left_out, 'request')} left out: no event to ask about.", err=True)


def list_disagreeing(admin: Any) -> Iterator[str]:
    """The numbers of the requests that were judged otherwise."""
    after = 0
    while page := admin.get("shadow", after=after)["shadow"]:
        yield from (answer["request_id"] for answer in page if answer["disagreements"])
        after = int(page[-1]["request_id"])
