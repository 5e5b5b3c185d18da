"""`mockpin hash`: what to send for a value of a match key."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from mockpin.cli.shared.hash_doubts import Value, find_doubts
from mockpin.cli.shared.plain_text import read_plain
from mockpin.cli.shared.regions import region_option

if TYPE_CHECKING:
    from mockpin_transformer.match_keys.normalization import Normalization, Stages


@click.command(short_help="Print what to send for an e-mail address or other match key.")
@click.argument("key")
@click.argument("value", metavar="VALUE|-")
@click.option(
    "--normalization",
    type=click.Choice(["documented", "segment"]),
    default="documented",
    show_default=True,
    help="Normalize match keys as Pinterest documents, or as Segment does.",
)
@region_option
def command(*, key: str, value: str, normalization: Normalization, region: str | None) -> None:
    """Print the hash to send for VALUE of the match key KEY (em, ph, ge, db, fn, ln, ct, st, zp ...).

    The steps on the way and what is doubtful go to standard error. A terminal shows the value itself; a log
    or file only its shape, with A and a for letters and 9 for digits. `-` reads the value from standard
    input, one line, unseen by other users.
    A SHA-256 is not hashed again, and keeps digits in upper case. Exits with 1 if nothing of the value is
    left to hash.
    """
    from mockpin_transformer import EmptyValue, MatchKeyUnknown
    from mockpin_transformer.match_keys.hashing import clean, hash_value
    from mockpin_transformer.match_keys.normalization import stages_of

    plain = read_plain(value)
    try:
        stages = stages_of(key, normalization, region=region)
        if normalization == "documented":
            show_doubts(key, Value(plain, clean(plain, stages), region))
        show_steps(plain, stages)
        click.echo(hash_value(plain, stages))
    except MatchKeyUnknown as error:
        raise click.BadParameter(str(error)) from error
    except EmptyValue as error:
        what = f"Nothing of this {key} is left to hash" if plain else f"This {key} is empty"
        click.echo(f"{what}: leave the key out of the event.", err=True)
        raise SystemExit(1) from error


def show_steps(plain: str, stages: Stages) -> None:
    """Each stage and what it leaves, on standard error: on a terminal as it is, elsewhere its shape."""
    from mockpin_transformer.match_keys.hashing import is_hashed, trace_stages
    from mockpin_transformer.sending.masking import mask

    if is_hashed(plain):
        click.echo("This is a SHA-256 already, which is sent as it is.", err=True)
        if plain != plain.lower():
            click.echo(
                "Its digits are in upper case, which Pinterest may not match: send lower case.", err=True
            )
        return
    if not plain:
        return
    trace = [("given", plain), *trace_stages(plain, stages)]
    width = max(len(name) for name, _ in trace)
    for name, text in trace:
        shown = text if sys.stderr.isatty() else mask(text)
        click.echo(f"{name:{width}}  {shown!r}", err=True)
    if text.strip():
        click.echo(f"{'SHA-256':{width}}  of the UTF-8 bytes, in hexadecimal:", err=True)


def show_doubts(key: str, value: Value) -> None:
    """Say on standard error why the hash may not match anyone."""
    from mockpin_transformer.match_keys.hashing import is_hashed

    if value.cleaned and not is_hashed(value.plain):
        for doubt in find_doubts(key, value):
            click.echo(doubt, err=True)
