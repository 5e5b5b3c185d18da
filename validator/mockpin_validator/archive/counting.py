"""Judged documents added up one after another, until their tally is handed on."""

from collections import Counter

from mockpin_validator.archive.documents import Document
from mockpin_validator.archive.judging import JudgedDocument, Judging, judge_document
from mockpin_validator.archive.tally import FindingGroup, KeptFindings, PlacedFinding, Tally, group_of
from mockpin_validator.match_quality.quality import Quality, Shape, shape_of


class TallyBuilder:
    """Judges documents of one file and counts what was found in them."""

    def __init__(self, file: str, judging: Judging, kept: KeptFindings) -> None:
        self.file, self.judging, self.kept = file, judging, kept
        self.lines = self.size = self.events = self.failed = self.unreadable = 0
        self.groups: Counter[FindingGroup] = Counter()
        self.findings: list[PlacedFinding] = []
        self.shapes: Counter[Shape] = Counter()
        self.facts: list[object] = []

    def add(self, document: Document) -> None:
        """Judge and count one document."""
        judged = judge_document(document, self.judging, self.file)
        self.lines += document.lines
        self.size += len(document.text)
        self.events += len(judged.events)
        self.failed += judged.failed
        self.unreadable += not judged.is_readable
        self.facts += judged.facts
        self._count_events(judged)
        self._count_findings(judged)

    def _count_events(self, judged: JudgedDocument) -> None:
        for event in judged.events:
            self.shapes[shape_of(event)] += 1

    def _count_findings(self, judged: JudgedDocument) -> None:
        for finding, place in judged.findings:
            group = group_of(self.file, finding)
            self.groups[group] += 1
            if self.kept.keeps(group):
                self.findings.append(place(finding))

    def build(self) -> Tally:
        """The tally of what was added."""
        return Tally(
            lines=self.lines,
            size=self.size,
            events=self.events,
            failed=self.failed,
            unreadable=self.unreadable,
            groups=self.groups,
            findings=tuple(self.findings),
            quality=Quality(self.shapes),
            facts=tuple(self.facts),
        )
