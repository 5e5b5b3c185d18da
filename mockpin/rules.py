"""Every rule that a report may name: on conversion events, documents, Segment events and the tag's hits.

`python -m mockpin.rules > docs/rules.md` writes the page on all of them.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mockpin.core.tag_rules import TAG_RULES
from mockpin.segment.rules import SEGMENT_RULES
from validator.archive.rules import DOCUMENT_RULES
from validator.rules import RULES

if TYPE_CHECKING:
    from validator.handbook import Example, Examples, Rows

ROWS: Final["Rows"] = {**RULES, **DOCUMENT_RULES, **SEGMENT_RULES, **TAG_RULES}


def find_examples() -> "Examples":
    """By rule, the shipped cases in which it speaks."""
    from mockpin.fixtures import ROOT  # noqa: PLC0415 - loaded when first needed
    from validator.handbook import examples_in  # noqa: PLC0415 - as above

    on_documents = {path.stem: (_example(path),) for path in sorted((ROOT / "documents").glob("*.json"))}
    on_hits = {path.stem: (_hit_example(path),) for path in sorted((ROOT / "tag_hits").glob("*.json"))}
    return {**examples_in(ROOT / "rules"), **on_documents, **on_hits}


def _example(path: Path) -> "Example":
    from mockpin.fixtures import read  # noqa: PLC0415 - loaded when first needed
    from mockpin.segment.payloads import READINGS  # noqa: PLC0415 - as above
    from validator.archive.judging import Judging, inspect  # noqa: PLC0415 - as above
    from validator.archive.lines import Document  # noqa: PLC0415 - as above
    from validator.handbook import Example  # noqa: PLC0415 - as above

    case = read(path)
    judging = Judging("strict", reading=READINGS[case["from"]])
    seen = inspect(Document(case["text"].encode()), judging, path.name).seen
    return Example(case["what"], next(each.finding for each in seen if each.finding.rule == path.stem))


def _hit_example(path: Path) -> "Example":
    from mockpin.core.tag_hits import unfold  # noqa: PLC0415 - loaded when first needed
    from mockpin.core.tag_rules import find_unreadable  # noqa: PLC0415 - as above
    from mockpin.fixtures import read  # noqa: PLC0415 - as above
    from validator.handbook import Example  # noqa: PLC0415 - as above

    case = read(path)
    return Example(case["what"], find_unreadable(unfold(case["parameters"].items()))[0])


if __name__ == "__main__":
    from validator.handbook import manual

    sys.stdout.write(manual(find_examples(), ROWS))
