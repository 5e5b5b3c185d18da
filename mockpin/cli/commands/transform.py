"""`mockpin transform`: what Segment would send for these events."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mockpin.cli.shared.documents import read_events
from mockpin.cli.shared.parameters import normalization_option, region_option
from mockpin.cli.shared.subscriptions import choose_subscriptions, mapping_options
from mockpin_validator.contract.kinds import Kind, tell_kind

if TYPE_CHECKING:
    from mockpin.cli.shared.documents import Located
    from mockpin_transformer import Conversion, Mapping, Subscription, TransformFailed

CONVERTED = "this is a conversion event already: mockpin send and mockpin validate take it as it is."
NO_EVENT = (
    "this is not an event. A Segment event is an object with a type such as track, a conversion event one"
    " with an event_name; several stand in a list, one on each line, or under batch or data."
)


@click.command(short_help="Show what Segment would send for these events.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...|-")
@mapping_options
@normalization_option("segment")
@region_option
@click.option("--explain", is_flag=True, help="Show where each field comes from and what was done to it.")
def command(*, files: tuple[str, ...], mapping: Path | None, preset: str | None, **options: Any) -> None:
    """Print the payload that Segment sends for each Segment event, one on each line, byte for byte.

    Without --mapping and --preset the prebuilt mappings decide by their triggers. Events that no mapping
    takes are named on standard error. Exits with 1 if some event cannot be converted; the others are
    converted all the same. A conversion event, which needs no conversion, counts as one that cannot be.
    """
    subscriptions = choose_subscriptions(mapping, preset)
    failed = False
    for located in read_events(files):
        converted, problems = transform(located, subscriptions, **options)
        for conversion in converted:
            click.echo(_explain(conversion, located.place) if options["explain"] else conversion.body)
        for problem in problems:
            click.echo(f"{located.place}: {problem}", err=True)
        failed = failed or bool(problems)
        if not converted and not problems:
            click.echo(f"{located.place}: no mapping takes this event, so nothing is sent for it.", err=True)
    raise SystemExit(int(failed))


def transform(
    located: Located,
    subscriptions: tuple[Subscription, ...],
    *,
    normalization: Any,
    region: Any,
    explain: bool,
) -> tuple[list[Conversion], list[str]]:
    """What the subscriptions make of an event, and why some make nothing of it."""
    from mockpin.emulator.masking.texts import mask_text

    kind = tell_kind(located.event)
    if kind is not Kind.SEGMENT_EVENT:
        return [], [CONVERTED if kind is Kind.CONVERSION_EVENT else NO_EVENT]
    converted, problems = [], []
    how = {"normalization": normalization, "region": region, "trace": explain}
    for outcome in (subscription.convert(located.event, **how) for subscription in subscriptions):
        if outcome.conversion:
            converted.append(outcome.conversion)
        elif error := outcome.error:
            places = _list_places(error, outcome.subscription.mapping) if explain else ()
            said = f"{outcome.subscription.name}: {error.name}: {mask_text(str(error))}"
            problems.append("\n".join((said, *places)))
    return converted, problems


def _list_places(error: TransformFailed, mapping: Mapping) -> Iterator[str]:
    """Which fields of the mapping an error is about, and what they are made of."""
    from mockpin.emulator.masking.texts import mask_text

    for pointer, sentence in zip_longest(error.pointers, error.errors[: len(error.pointers)], fillvalue=""):
        what = f": {mask_text(sentence)}" if sentence else ""
        yield f"    at {pointer}, {_name_source(pointer, mapping)}{what}"


def _name_source(pointer: str, mapping: Mapping) -> str:
    from mockpin_transformer.mappings.sources import find_paths

    if paths := find_paths(pointer, mapping.sources()):
        return f"from {', '.join(paths)}"
    return "from the mapping" if _is_set(mapping.raw, pointer) else "which the mapping does not set"


def _is_set(value: Any, pointer: str) -> bool:
    """Whether a mapping mentions a field, directly or inside a directive."""
    for key in pointer.split("/")[1:]:
        if not isinstance(value, dict) or any(name.startswith("@") for name in value):
            return True
        if key not in value:
            return False
        value = value[key]
    return True


def _explain(conversion: Conversion, place: str) -> str:
    """Every field on its way, then the match keys that are lost."""
    heading = f"{place} -> {conversion.event['event_name']}"
    return "\n".join([heading, *_list_steps(conversion), *_list_lost(conversion), ""])


def _list_steps(conversion: Conversion) -> Iterator[str]:
    from mockpin.emulator.masking.texts import mask_secrets
    from mockpin_transformer.js import stringify

    for step in conversion.trace:
        source = ", ".join(step.sources) or "the mapping"
        if step.dropped:
            yield f"  - {step.pointer}  from {source}: left out, {step.dropped}"
            continue
        yield f"  + {step.pointer} = {mask_secrets(stringify(step.value))}  from {source}"
        yield from (f"      {stage}" for stage in step.stages)
        if step.documented:
            yield f"      ! matches nobody: Pinterest asks for {step.documented}"
            yield f"        ({'; '.join(step.documented_stages)})"


def _list_lost(conversion: Conversion) -> Iterator[str]:
    """How many match keys Segment's cleaning spoils, and which."""
    hashed = [step for step in conversion.trace if step.stages]
    lost = [step.pointer.removeprefix("/user_data/") for step in hashed if step.documented]
    if lost:
        yield (
            f"  ! {len(lost)} of {len(hashed)} hashed match keys match nobody as Segment cleans them:"
            f" {', '.join(lost)}. Correct them before Segment, in the form Pinterest asks for."
        )
