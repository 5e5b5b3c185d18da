"""How `mockpin validate` makes observations: the settings, the engine, and the facts."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from mockpin.cli.shared.errors import InputUnreadable, WorkFailed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mockpin.observations.as_findings import Observing
    from mockpin.observations.relation import Facts
    from mockpin_validator.judging.finding import Severity


def read_observing(
    table: Mapping[str, Any], *, profile: str, severities: Mapping[str, Severity | None]
) -> Observing:
    """The settings of a table `[observations]`. Raises InputUnreadable."""
    from mockpin.observations.as_findings import Observing, leave_out
    from mockpin.observations.limits import LimitInvalid, read_limits

    try:
        limits = read_limits(table)
    except LimitInvalid as error:
        raise InputUnreadable(f"[observations]: {error}") from None
    return Observing(leave_out(limits), profile, severities)


@contextmanager
def open_facts(engine: str, memory_mb: int | None) -> Iterator[Facts]:
    """An empty relation in an engine of that name.

    Raises InputUnreadable where the engine's packages are missing, and WorkFailed for a full disk.
    """
    from mockpin.observations.engines.engine import EngineFailed, EngineMissing, open_engine
    from mockpin.observations.relation import Facts

    try:
        with Facts(open_engine(engine, memory_mb)) as facts:
            yield facts
    except EngineMissing as error:
        raise InputUnreadable(str(error)) from None
    except EngineFailed as error:
        raise WorkFailed(str(error)) from error


def make_facts() -> Any:
    """A function that makes the fact of an event, for every process of this run."""
    from mockpin.observations.in_files import FileFacts

    return FileFacts(key=os.urandom(16))
