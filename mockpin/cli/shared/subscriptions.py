"""Which mappings a command applies: a file's, one preset's, or every preset by its trigger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mockpin.cli.shared.documents import read_document
from mockpin.cli.shared.errors import InputUnreadable
from mockpin.cli.shared.parameters import FILE_PATH, combine_options
from mockpin.segment.doubts import find_unknown_fields

if TYPE_CHECKING:
    from mockpin_transformer import Subscription

mapping_options = combine_options(
    click.option("--mapping", type=FILE_PATH,
                 help="A JSON mapping for every Segment event. With --preset, it overrides fields of the "
                 "preset."),
    click.option("--preset", metavar="NAME",
                 help="One prebuilt mapping, such as Checkout, for every Segment event."),
)  # fmt: skip

#: Chooses every event: without a trigger of its own a mapping is for all.
ALWAYS = 'type != ""'


def choose_subscriptions(mapping: Path | None, preset: str | None) -> tuple[Subscription, ...]:
    """The subscriptions for `--mapping` and `--preset`; both together lay the mapping over the preset."""
    from mockpin_transformer import PRESETS, MappingInvalid, Subscription

    if mapping is None and preset is None:
        return tuple(prepared.subscription for prepared in PRESETS.values())
    base = PRESETS[find_preset_name(preset)].mapping.raw if preset else {}
    try:
        raw = read_document(str(mapping)) if mapping else {}
        if not isinstance(raw, dict):
            raise InputUnreadable(f'{mapping}: a mapping is an object, such as {{"event_name": "checkout"}}.')
        for unknown in find_unknown_fields(raw):
            click.echo(f"{mapping}: {unknown}", err=True)
        return (Subscription(ALWAYS, {**base, **raw}, preset or str(mapping)),)
    except MappingInvalid as error:
        raise InputUnreadable(f"{mapping}: " + "\n".join(error.errors)) from error


def find_preset_name(name: str) -> str:
    """A preset's name as it is spelled, whatever the case it was given in."""
    from mockpin_transformer import PRESETS

    found = next((preset for preset in PRESETS if preset.lower() == name.lower()), None)
    if found is None:
        raise click.BadParameter(f"{name!r} is not one of {', '.join(PRESETS)}.", param_hint="--preset")
    return found
