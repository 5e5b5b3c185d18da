"""The files behind `--baseline`: read, written anew, and told when they have become too generous."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mockpin.cli.shared.errors import InputUnreadable, OutputUnwritable
from mockpin.replacing import replacing
from mockpin_validator.archive.baseline import Baseline, BaselineUnreadable
from mockpin_validator.files import read_whole

if TYPE_CHECKING:
    from mockpin_validator.archive import Tally


def read(path: Path | None, *, updating: bool) -> Baseline:
    """The baseline of a file; an empty one when none is named or it is about to be written."""
    if updating and path is None:
        raise click.UsageError("--update-baseline needs --baseline FILE to write to.")
    if updating or path is None:
        return Baseline()
    try:
        return Baseline.read(read_whole(path), path.parent)
    except OSError as error:
        message = f"The baseline {path} cannot be read ({error.strerror}): write it with --update-baseline."
        raise InputUnreadable(message) from error
    except BaselineUnreadable as error:
        message = f"The baseline {path} cannot be used, {error}: write it anew with --update-baseline."
        raise InputUnreadable(message) from error


def write(path: Path, tally: Tally, files: Iterable[str]) -> None:
    """Write a baseline that accepts what was found in files; the file is there whole or not at all.

    What it accepted of other files stays.
    """
    renewed = _read_old(path).renewed(tally, files)
    try:
        with replacing(path) as file:
            file.write(renewed.text)
    except OSError as error:
        raise OutputUnwritable(f"The baseline {path} cannot be written: {error.strerror}.") from error
    click.echo(f"Wrote {path}: what was found now no longer counts.", err=True)


def _read_old(path: Path) -> Baseline:
    """The baseline that is about to be replaced; an empty one without a usable file."""
    try:
        return read(path, updating=False)
    except InputUnreadable:
        return Baseline(folder=path.parent)


def suggest_renewal(baseline: Baseline, tally: Tally, files: Iterable[str]) -> Iterator[str]:
    """Yield a sentence if some entries of the baseline are found less often now."""
    if gone := sum(1 for _ in baseline.gone(tally, files)):
        yield f"{gone} of the baseline's entries are found less often now: renew it with --update-baseline."
