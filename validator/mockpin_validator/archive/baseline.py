"""Findings that are known and accepted: a file of counts, so that only what is new counts."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import orjson

from mockpin_validator.archive.opening import STDIN
from mockpin_validator.archive.tally import Mistake, Tally, make_mistake

VERSION: Final = 1
HERE: Final = Path()


class BaselineUnreadable(ValueError):
    """A baseline is not what `Baseline.text` writes; the message says what is wrong with it."""


#: What a baseline counts: a file's findings of one rule at one path, wherever their lines move.
BaselineEntry = tuple[str, str, str]
_ENTRY_KEYS: Final = ("file", "rule", "path")


def read_entry(written: Mapping[str, Any]) -> tuple[BaselineEntry, int]:
    """What an entry counts, and how often that is accepted. Raises KeyError and TypeError for others."""
    names, count = tuple(written[key] for key in _ENTRY_KEYS), written["count"]
    if not all(isinstance(name, str) for name in names) or not isinstance(count, int):
        raise TypeError
    file, rule, path = names
    return (file, rule, path), count


@dataclass(frozen=True)
class Baseline:
    """How many findings of each entry are accepted.

    `folder` holds its file. Its entries name files relative to that folder; the command line names them
    relative to `here`.
    """

    counts: Mapping[BaselineEntry, int] = field(default_factory=dict)
    folder: Path = field(default=HERE, compare=False)
    here: Path = field(default=HERE, compare=False)

    @classmethod
    def read(cls, text: bytes, folder: Path = HERE) -> "Baseline":
        """The baseline that a file in a folder holds. `BaselineUnreadable` if it holds none."""
        try:
            document = orjson.loads(text)
            entries = {VERSION: document["findings"]}[document["version"]]
            return cls(dict(map(read_entry, entries)), folder)
        except orjson.JSONDecodeError as error:
            raise BaselineUnreadable(f"it is not JSON: {error}") from None
        except (KeyError, TypeError) as error:
            raise BaselineUnreadable(f"it is not a baseline of version {VERSION}") from error

    @property
    def text(self) -> bytes:
        """The file that `read` reads; the same findings give the same bytes."""
        entries: list[dict[str, Any]] = [
            {**dict(zip(_ENTRY_KEYS, entry, strict=True)), "count": count}
            for entry, count in sorted(self.counts.items())
        ]
        document = {"version": VERSION, "findings": entries}
        return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)

    def renewed(self, tally: Tally, files: Iterable[str]) -> "Baseline":
        """The baseline that accepts all that was found in files, except documents that could not be read.

        Of files that were not judged it accepts what it did.
        """
        judged = self._named(files)
        others = {entry: count for entry, count in self.counts.items() if entry[0] not in judged}
        found = {
            entry: count for entry, count in self.count_entries(tally).items() if entry[1] != "unreadable"
        }
        return replace(self, counts=others | found)

    def leave_new(self, tally: Tally) -> Tally:
        """The tally without the entries that are not more frequent than they were.

        Of an entry that has grown all findings stay, since none can be told to be the new one.
        """
        found = self.count_entries(tally).items()
        grown = {entry for entry, count in found if count > self.counts.get(entry, 0)}
        mistakes = {
            mistake: count for mistake, count in tally.mistakes.items() if self.entry_of(mistake) in grown
        }
        new = tuple(
            placed
            for placed in tally.findings
            if self.entry_of(make_mistake(placed.file, placed.finding)) in grown
        )
        return replace(tally, mistakes=Counter(mistakes), findings=new)

    def gone(self, tally: Tally, files: Iterable[str]) -> Iterator[BaselineEntry]:
        """The entries that are less frequent in files than they were: the baseline can be written anew."""
        now, judged = self.count_entries(tally), self._named(files)
        yield from (
            entry for entry, count in self.counts.items() if entry[0] in judged and now[entry] < count
        )

    def count_entries(self, tally: Tally) -> Counter[BaselineEntry]:
        """How often what each entry counts was found."""
        counts: Counter[BaselineEntry] = Counter()
        for mistake, count in tally.mistakes.items():
            counts[self.entry_of(mistake)] += count
        return counts

    def entry_of(self, mistake: Mistake) -> BaselineEntry:
        """The entry that counts a mistake: a finding is not new because its severity or wording changed."""
        return self.name_of(mistake.file), mistake.rule, mistake.path

    def name_of(self, file: str) -> str:
        """How a file is reached from the folder; standard input is reached from everywhere."""
        way = os.path.relpath(self.here / file, self.here / self.folder)
        return file if file == STDIN else Path(way).as_posix()

    def _named(self, files: Iterable[str]) -> frozenset[str]:
        return frozenset(map(self.name_of, files))
