"""A file that Spark read nothing of is never a file without mistakes."""

import pytest

from mockpin.spark.archive import JudgedArchive
from mockpin.spark.listing import SourceFile
from mockpin.spark.merging import Slice
from mockpin.spark.problems import ClusterFailed
from mockpin.spark.running import check_complete
from mockpin_validator.archive import Tally

EMPTY, EVENTS, TABLE = (
    SourceFile(f"file:/{name}", name, number, 9, 0, b"", form)
    for number, (name, form) in enumerate([("a.jsonl", "empty"), ("b.jsonl", "lines"), ("c.parquet", "rows")])
)


def judged(*numbers):
    """An archive with a tally of the files with these numbers."""
    return JudgedArchive(rows=None, tally=Tally(), slices=tuple(Slice(number, 0, 0) for number in numbers))


def test_a_file_without_a_tally_was_not_judged():
    check_complete(judged(0, 1), [EMPTY, EVENTS])
    with pytest.raises(ClusterFailed, match=r"Spark read nothing of b\.jsonl:"):
        check_complete(judged(0), [EMPTY, EVENTS])


def test_a_table_may_have_no_rows():
    check_complete(judged(), [TABLE])
