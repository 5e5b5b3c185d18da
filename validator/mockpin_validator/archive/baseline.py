"""Findings that are known and accepted: a file of counts, so that only what is new counts."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, NamedTuple

import orjson

from mockpin_validator.archive.sources import STDIN
from mockpin_validator.archive.tally import Kind, Tally, kind_of

VERSION: Final = 1
HERE: Final = Path()


class BaselineUnreadable(ValueError):
    """A baseline is not what `Baseline.text` writes; the message says what is wrong with it."""


class Group(NamedTuple):
    """What a baseline counts by: lines move, but a file's findings of a rule at a path stay what they are."""

    file: str
    rule: str
    path: str


@dataclass(frozen=True)
class Baseline:
    """How often each group of findings was there when it was written.

    `folder` is where its file lies: files are named from there, however they were named to be judged, which
    was from `here`.
    """

    counts: Mapping[Group, int] = field(default_factory=dict)
    folder: Path = field(default=HERE, compare=False)
    here: Path = field(default=HERE, compare=False)

    @classmethod
    def read(cls, text: bytes, folder: Path = HERE) -> "Baseline":
        """The baseline that a file in a folder holds. `BaselineUnreadable` if it holds none."""
        try:
            document = orjson.loads(text)
            entries = {VERSION: document["findings"]}[document["version"]]
            counts = {Group(each["file"], each["rule"], each["path"]): each["count"] + 0 for each in entries}
            return cls(counts, folder)
        except orjson.JSONDecodeError as error:
            raise BaselineUnreadable(f"it is not JSON: {error}") from None
        except (KeyError, TypeError) as error:
            raise BaselineUnreadable(f"it is no baseline of version {VERSION}") from error

    @property
    def text(self) -> bytes:
        """The file that `read` reads; the same findings give the same bytes."""
        entries: list[dict[str, Any]] = [
            {**group._asdict(), "count": count} for group, count in sorted(self.counts.items())
        ]
        document = {"version": VERSION, "findings": entries}
        return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)

    def renewed(self, tally: Tally, files: Iterable[str]) -> "Baseline":
        """The baseline that accepts all that was found in files, except documents that could not be read.

        Of files that were not judged it accepts what it did.
        """
        judged = self._named(files)
        others = {group: count for group, count in self.counts.items() if group.file not in judged}
        found = {group: count for group, count in self.grouped(tally).items() if group.rule != "unreadable"}
        return replace(self, counts=others | found)

    def leave_new(self, tally: Tally) -> Tally:
        """The tally without the groups that are no more frequent than they were.

        Of a group that has grown all findings stay, since none can be told to be the new one.
        """
        found = self.grouped(tally).items()
        grown = {group for group, count in found if count > self.counts.get(group, 0)}
        kinds = Counter({kind: count for kind, count in tally.kinds.items() if self.group_of(kind) in grown})
        seen = tuple(
            each for each in tally.sightings if self.group_of(kind_of(each.file, each.finding)) in grown
        )
        return replace(tally, kinds=kinds, sightings=seen)

    def gone(self, tally: Tally, files: Iterable[str]) -> Iterator[Group]:
        """The groups that are less frequent in files than they were: the baseline can be written anew."""
        now, judged = self.grouped(tally), self._named(files)
        yield from (
            group for group, count in self.counts.items() if group.file in judged and now[group] < count
        )

    def grouped(self, tally: Tally) -> Counter[Group]:
        """How often each group was found."""
        counts: Counter[Group] = Counter()
        for kind, count in tally.kinds.items():
            counts[self.group_of(kind)] += count
        return counts

    def group_of(self, kind: Kind) -> Group:
        """The group a kind belongs to; severities may be changed without a finding becoming new."""
        return Group(self.name_of(kind.file), kind.rule, kind.path)

    def name_of(self, file: str) -> str:
        """How a file is reached from the folder; standard input is reached from everywhere."""
        way = os.path.relpath(self.here / file, self.here / self.folder)
        return file if file == STDIN else Path(way).as_posix()

    def _named(self, files: Iterable[str]) -> frozenset[str]:
        return frozenset(map(self.name_of, files))
