"""Documents added up one after another, until their tally is handed on."""

from collections import Counter
from dataclasses import dataclass, field

from mockpin_validator.archive.habits import Watch
from mockpin_validator.archive.judging import Inspected
from mockpin_validator.archive.lines import Document
from mockpin_validator.archive.tally import MOST_KEPT, Kind, Sighting, Tally, kind_of
from mockpin_validator.judging.finding import Finding
from mockpin_validator.match_quality.quality import Quality, Shape, shape_of


@dataclass
class Keeper:
    """Which findings one process keeps: the first of each rule, over all it judges."""

    most: int = MOST_KEPT
    seen: Counter[str] = field(default_factory=Counter)

    def keeps(self, finding: Finding) -> bool:
        """Whether to keep one more; to be asked once for each finding."""
        self.seen[finding.rule] += 1
        return self.seen[finding.rule] <= self.most


class Stretch:
    """A few thousand documents of a file, added up."""

    def __init__(self, file: str, keeper: Keeper) -> None:
        self.file, self.keeper = file, keeper
        self.lines = self.size = self.events = self.failed = self.unreadable = 0
        self.kinds: Counter[Kind] = Counter()
        self.sightings: list[Sighting] = []
        self.shapes: Counter[Shape] = Counter()
        self.watch = Watch()

    def add(self, document: Document, inspected: Inspected) -> None:
        """Count one document."""
        self.lines += document.lines
        self.size += len(document.text)
        self.events += len(inspected.events)
        self.failed += inspected.failed
        self.unreadable += not inspected.readable
        for event in inspected.events:
            shape = shape_of(event)
            self.shapes[shape] += 1
            if shape[0] not in self.watch.settled:
                self.watch.note(shape[0], event)
        for finding, place in inspected.seen:
            self.kinds[kind_of(self.file, finding)] += 1
            if self.keeper.keeps(finding):
                self.sightings.append(place(finding))

    def tally(self) -> Tally:
        """What was added up."""
        return Tally(
            lines=self.lines,
            size=self.size,
            events=self.events,
            failed=self.failed,
            unreadable=self.unreadable,
            kinds=self.kinds,
            sightings=tuple(self.sightings),
            quality=Quality(self.shapes),
            habits=dict(self.watch.habits(self.counts())),
        )

    def counts(self) -> Counter[str]:
        """How many events there are of each name."""
        counts: Counter[str] = Counter()
        for (name, _), count in self.shapes.items():
            counts[name] += count
        return counts
