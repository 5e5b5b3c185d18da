"""Tallies and findings as JSON, in which they travel between machines and wait in files."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import Any

import orjson

from mockpin_validator.archive.placing import PlacedFinding
from mockpin_validator.archive.tally import Mistake, Tally
from mockpin_validator.judging.finding import Finding
from mockpin_validator.match_quality.quality import Quality

_COUNTS = ("lines", "size", "events", "failed", "unreadable")
#: Members of a mistake by which findings are counted.
_KEY = Mistake._fields[:6]


def write_mistake(mistake: Mistake) -> str:
    """A mistake as JSON; equal mistakes give the same text."""
    return orjson.dumps([getattr(mistake, name) for name in _KEY]).decode()


def write_tally(tally: Tally) -> str:
    """A tally's counts as JSON, without its findings and facts."""
    counts = {name: getattr(tally, name) for name in _COUNTS}
    mistakes = [[*mistake[: len(_KEY)], count] for mistake, count in tally.mistakes.items()]
    shapes = [[name, parameters, count] for (name, parameters), count in tally.quality.shapes.items()]
    return orjson.dumps({**counts, "mistakes": mistakes, "shapes": shapes}).decode()


def read_tally(text: str) -> Tally:
    """The tally that `write_tally` wrote."""
    members = orjson.loads(text)
    shapes = {(name, tuple(parameters)): count for name, parameters, count in members["shapes"]}
    return Tally(
        **{name: members[name] for name in _COUNTS},
        mistakes=Counter({Mistake(*key): count for *key, count in members["mistakes"]}),
        quality=Quality(shapes),
    )


def write_finding(placed: PlacedFinding) -> str:
    """A placed finding as JSON."""
    return orjson.dumps(
        {"file": placed.file, **asdict(placed.finding), "excerpt": placed.excerpt}, default=tuple
    ).decode()


def read_finding(text: str) -> PlacedFinding:
    """The placed finding that `write_finding` wrote."""
    members: dict[str, Any] = orjson.loads(text)
    file, excerpt = members.pop("file"), members.pop("excerpt")
    return PlacedFinding(file, Finding(**members), tuple(excerpt) if excerpt else None)
