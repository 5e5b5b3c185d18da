"""`mockpin hash`: what to send for a value of a match key."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

import click

from mockpin.cli.shared.parameters import normalization_option, region_option
from mockpin.cli.shared.private_inputs import read_plain
from mockpin_transformer.match_keys.birth_dates import is_ambiguous
from mockpin_transformer.match_keys.places_of_residence import is_country, is_state

if TYPE_CHECKING:
    from mockpin_transformer.match_keys.normalization import Normalization, Stages


@click.command(short_help="Print what to send for an e-mail address or other match key.")
@click.argument("key")
@click.argument("value", metavar="VALUE|-")
@normalization_option("documented")
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
            show_doubts(key, HashInput(plain, clean(plain, stages), region))
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


def show_doubts(key: str, value: HashInput) -> None:
    """Say on standard error why the hash may not match anyone."""
    from mockpin_transformer.match_keys.hashing import is_hashed

    if value.cleaned and not is_hashed(value.plain):
        for doubt in find_doubts(key, value):
            click.echo(doubt, err=True)


_EMAIL = re.compile(r"[^@\s]++@[^@\s][^@\s.]*+\.[^@\s]++")
_GENDERS = ("m", "f", "n")
#: How many digits a telephone number has, its country code among them.
_SHORTEST_NUMBER, _LONGEST_NUMBER = 7, 15


class HashInput(NamedTuple):
    """A plain match key, the text that is hashed, and the region of telephone numbers without a country."""

    plain: str
    cleaned: str
    region: str | None


class Doubt(NamedTuple):
    """What to say of a value of one match key, and when."""

    key: str
    arises: Callable[[HashInput], bool]
    sentence: str


def find_doubts(key: str, value: HashInput) -> Iterator[str]:
    """What is doubtful about a value, without the value."""
    return (doubt.sentence for doubt in DOUBTS if doubt.key == key and doubt.arises(value))


def _names_no_country(value: HashInput) -> bool:
    return not value.region and not value.plain.strip().startswith(("+", "00"))


def _is_not_a_date(value: HashInput) -> bool:
    try:
        datetime.strptime(value.cleaned, "%Y%m%d")  # noqa: DTZ007 - days have no zone
    except ValueError:
        return True
    return False


DOUBTS = (
    Doubt("em", lambda value: not _EMAIL.fullmatch(value.cleaned),
          "This is not an e-mail address, such as jo@example.com."),
    Doubt("ph", _names_no_country,
          "This is read as if its country code came first. If it names none, give its country"
          " with --region, such as US."),
    Doubt("ph", lambda value: not _SHORTEST_NUMBER <= len(value.cleaned) <= _LONGEST_NUMBER,
          f"A telephone number has {_SHORTEST_NUMBER} to {_LONGEST_NUMBER} digits with its country code."),
    Doubt("ge", lambda value: value.cleaned not in _GENDERS,
          "Pinterest knows the genders f, m and n (non-binary): for any other leave the key out."),
    Doubt("db", lambda value: is_ambiguous(value.plain.strip()),
          "This is read with the month before the day (MM/DD/YYYY). If the day comes first,"
          " write the date as YYYY-MM-DD."),
    Doubt("db", _is_not_a_date, "This is not a day of the calendar: write it as YYYY-MM-DD."),
    Doubt("st", lambda value: not is_state(value.cleaned),
          "This is not a known state of the United States, Canada or Australia:"
          " Pinterest asks for its code, such as ca."),
    Doubt("country", lambda value: not is_country(value.cleaned),
          "This is not a known country: Pinterest asks for its ISO 3166 code, such as us."),
)  # fmt: skip
