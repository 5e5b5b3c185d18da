"""docs/rules.md, written from the rules and the shipped cases: `python -m mockpin.manuals.rules`."""

import sys
from pathlib import Path

from mockpin.emulator.pipeline.requests import HttpRequest
from mockpin.emulator.tag.hits import read_event, unfold
from mockpin.emulator.tag.rules import judge_hit
from mockpin.fixtures import ROOT, read
from mockpin.rules import ROWS
from mockpin.segment.payloads import READINGS
from mockpin_validator.archive.documents import Document
from mockpin_validator.archive.judging import Judging, judge_document
from mockpin_validator.handbook import Example, Examples, load_examples, manual


def find_examples() -> Examples:
    """By rule, the shipped cases in which it speaks."""
    on_documents = {path.stem: (_example(path),) for path in sorted((ROOT / "documents").glob("*.json"))}
    on_hits = {path.stem: (_hit_example(path),) for path in sorted((ROOT / "tag_hits").glob("*.json"))}
    return {**load_examples(ROOT / "rules"), **on_documents, **on_hits}


def _example(path: Path) -> Example:
    case = read(path)
    judging = Judging("strict", reading=READINGS[case["from"]])
    judged = judge_document(Document(case["text"].encode()), judging, path.name)
    return Example(case["what"], next(finding for finding, _ in judged.findings if finding.rule == path.stem))


def _hit_example(path: Path) -> Example:
    case = read(path)
    fields = unfold(case["parameters"].items())
    findings = judge_hit(fields, read_event(fields, HttpRequest("GET", "/v3/"), 0))
    return Example(case["what"], next(finding for finding in findings if finding.rule == path.stem))


if __name__ == "__main__":
    sys.stdout.write(manual(find_examples(), ROWS))
