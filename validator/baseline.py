"""Findings that are known and accepted: a file of counts, so that only what is new counts."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple

import orjson

from validator.archive.tally import Kind, Tally, kind_of

VERSION: Final = 1


class BaselineUnreadable(ValueError):
    """A baseline is not what `Baseline.text` writes; the message says what is wrong with it."""


class Group(NamedTuple):
    """What a baseline counts by: lines move, but a file's findings of a rule at a path stay what they are."""

    file: str
    rule: str
    path: str


@dataclass(frozen=True)
class Baseline:
    """How often each group of findings was there when it was written."""

    counts: Mapping[Group, int] = field(default_factory=dict)

    @classmethod
    def of(cls, tally: Tally) -> "Baseline":
        """The baseline that accepts all that was found, except documents that could not be read."""
        return cls({group: count for group, count in grouped(tally).items() if group.rule != "unreadable"})

    @classmethod
    def read(cls, text: bytes) -> "Baseline":
        """The baseline that a file holds. `BaselineUnreadable` if it holds none."""
        try:
            document = orjson.loads(text)
            entries = {VERSION: document["findings"]}[document["version"]]
            return cls(
                {Group(each["file"], each["rule"], each["path"]): each["count"] + 0 for each in entries}
            )
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

    def leave_new(self, tally: Tally) -> Tally:
        """The tally without the groups that are no more frequent than they were.

        Of a group that has grown all findings stay, since none can be told to be the new one.
        """
        grown = {group for group, count in grouped(tally).items() if count > self.counts.get(group, 0)}
        kinds = Counter({kind: count for kind, count in tally.kinds.items() if group_of(kind) in grown})
        seen = tuple(each for each in tally.sightings if group_of(kind_of(each.file, each.finding)) in grown)
        return replace(tally, kinds=kinds, sightings=seen)

    def gone(self, tally: Tally) -> Iterator[Group]:
        """The groups that are less frequent than they were: the baseline can be written anew."""
        now = grouped(tally)
        yield from (group for group, count in self.counts.items() if now[group] < count)


def grouped(tally: Tally) -> Counter[Group]:
    """How often each group was found."""
    counts: Counter[Group] = Counter()
    for kind, count in tally.kinds.items():
        counts[group_of(kind)] += count
    return counts


def group_of(kind: Kind) -> Group:
    """The group a kind belongs to; severities may be changed without a finding becoming new."""
    return Group(kind.file, kind.rule, kind.path)
