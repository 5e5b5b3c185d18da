"""`--min em=90`: coverage that is asked for, by match key or by component of the event quality score."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mockpin.cli.shared.errors import InputUnreadable
from mockpin_validator.contract.spelling import suggest

if TYPE_CHECKING:
    from mockpin_validator.match_quality.gates import Gate
    from mockpin_validator.match_quality.quality import Quality


def read_coverage(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> tuple[Gate, ...]:
    """The options' values, read and checked."""
    return tuple(map(read_least, values))


def read_least(value: str) -> Gate:
    """`em=90` or `checkout:em=90`. `click.BadParameter` says what is wrong with another."""
    from mockpin_validator.contract.request import MATCH_KEYS
    from mockpin_validator.contract.vocabulary import find_meant_name
    from mockpin_validator.match_quality.gates import Gate
    from mockpin_validator.match_quality.quality import COMPONENTS, METADATA

    where, _, percent = value.partition("=")
    event_name, _, parameter = where.rpartition(":")
    known = (*MATCH_KEYS, *METADATA, *COMPONENTS)
    if parameter not in known:
        meant = find_meant_name(parameter, known)
        hint = f" Did you mean {meant}?" if meant else ""
        raise click.BadParameter(f"{parameter!r} is not one of {', '.join(dict.fromkeys(known))}.{hint}")
    number = percent.removesuffix("%").strip()
    if not number.replace(".", "", 1).isdecimal() or float(number) > 100:  # noqa: PLR2004 - per cent
        raise click.BadParameter(
            f"{value!r} is not KEY=PERCENT with 0 to 100 percent, such as em=90 or checkout:em=90."
        )
    return Gate(parameter, float(number), event_name or None)


def measure_gates(asked: tuple[Gate, ...], quality: Quality) -> tuple[Gate, ...]:
    """What was asked for beside what there is."""
    for gate in asked:
        check_event_name(gate, quality)
    return tuple(gate.measure(quality) for gate in asked)


def check_event_name(asked: Gate, quality: Quality) -> None:
    """Refuse a coverage of an event name that the files do not have: it could be neither met nor missed."""
    if asked.event_name and quality.events and asked.event_name not in quality.event_names:
        hint = suggest(asked.event_name, quality.event_names)
        raise InputUnreadable(f"--min: there is no event {asked.event_name!r} in the files; {hint}")
