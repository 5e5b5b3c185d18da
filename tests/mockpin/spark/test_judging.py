"""The rules as a Python worker of Spark applies them, without Spark."""

import gzip
import json
import pickle
from itertools import islice

import pytest

from mockpin.observations.facts import Fact
from mockpin.observations.in_files import FileFacts
from mockpin.spark.judging import IDS_PER_BYTE, SliceJudging, load_judging, number_facts
from mockpin.spark.schema import COLUMNS
from mockpin.spark.tallies import read_finding, read_tally
from mockpin_validator.archive import Judging, divide_file, judge_parts
from mockpin_validator.archive.audit import add_up
from mockpin_validator.archive.documents import LIMIT
from tests.mockpin.spark.batches import EVENT, LINES, NOW, lines_batch, table_batch, whole_batch

JUDGING = Judging(now=NOW, fact_of=FileFacts(b"a key"))


def judged(form, batches, **settings):
    names = {"file:/a.jsonl": (3, "a.jsonl"), "file:/b.jsonl": (4, "b.jsonl")}
    judging = SliceJudging(form, names, pickle.dumps(JUDGING), **settings)
    return [row for batch in judging.judge(batches) for row in batch.to_pylist()]


def tallies(rows):
    return [read_tally(row["tally"]) for row in rows if row["tally"]]


def one_process(tmp_path, content, name="a.jsonl"):
    path = tmp_path / name
    path.write_bytes(content)
    *_, whole = add_up(judge_parts(divide_file(str(path)), JUDGING))
    return whole


def renamed(tally):
    """Counts under names of files without their folders."""
    return {
        mistake._replace(file=mistake.file.rpartition("/")[2]): times
        for mistake, times in tally.mistakes.items()
    }


def test_lines_are_judged_as_one_process_judges_their_file(tmp_path):
    whole = one_process(tmp_path, b"\n".join(LINES) + b"\n")
    rows = judged("lines", [lines_batch(("file:/a.jsonl", 0, LINES))])
    (tally,) = tallies(rows)
    assert (tally.lines, tally.events, tally.failed, tally.unreadable) == (5, 2, 2, 1)
    assert tally.mistakes == renamed(whole)
    assert tally.quality == whole.quality
    found = [read_finding(row["finding"]) for row in rows if row["finding"]]
    assert [placed.finding for placed in found] == [finding.finding for finding in whole.findings]
    assert [placed.excerpt for placed in found] == [finding.excerpt for finding in whole.findings]


def test_every_slice_has_a_tally_of_its_own_wherever_batches_are_cut():
    first, second = ("file:/a.jsonl", 0, LINES[:2]), ("file:/a.jsonl", 700, LINES[2:])
    other = ("file:/b.jsonl", 0, LINES[:1])
    together = judged("lines", [lines_batch(first, second, other)])
    apart = judged("lines", [lines_batch(first), lines_batch(("file:/a.jsonl", 700, LINES[2:4])),
                             lines_batch(("file:/a.jsonl", 700, LINES[4:]), other)])  # fmt: skip
    assert together == apart
    assert [(row["source_file"], row["slice_start"]) for row in together if row["tally"]] == [
        (3, 0),
        (3, 700),
        (4, 0),
    ]
    assert [tally.lines for tally in tallies(together)] == [2, 3, 1]


def test_facts_are_numbered_in_the_order_of_files_slices_and_events():
    rows = judged("lines", [lines_batch(("file:/a.jsonl", 0, LINES), ("file:/a.jsonl", 9, LINES),
                                        ("file:/b.jsonl", 0, LINES))])  # fmt: skip
    ids = [row["id"] for row in rows if row["id"]]
    assert ids == sorted(set(ids))
    assert len(ids) == 6
    fact = next(row for row in rows if row["id"])
    assert {name: fact[name] for name in ("file", "line", "event_name", "event_id")} == {
        "file": "a.jsonl", "line": 1, "event_name": "checkout", "event_id": "e-1",
    }  # fmt: skip


@pytest.mark.parametrize(("form", "largest"), [("lines", 2 << 40), ("whole", 2 << 40),
                                               ("texts", 64 << 30), ("rows", 64 << 30)])  # fmt: skip
def test_the_ids_of_a_slice_and_of_a_file_end_before_those_of_the_next(form, largest):
    per_byte = IDS_PER_BYTE[form]
    slice_ = 4 << 20  # the least that Spark cuts by default
    smallest_event = len("{},")
    most_events = (slice_ + LIMIT) // smallest_event  # the last line may begin at the end of the slice
    first, following = (next(number_facts(0, start, per_byte=per_byte)) for start in (0, slice_))
    assert first + most_events < following
    assert next(number_facts(0, largest - 1, per_byte=per_byte)) < next(number_facts(1, 0, per_byte=per_byte))


def test_rows_of_a_table_that_take_less_than_a_byte_have_ids_of_their_own():
    for form in ("texts", "rows"):
        ids = number_facts(0, 0, per_byte=IDS_PER_BYTE[form])
        assert [*islice(ids, 100)][-1] < next(number_facts(0, 1, per_byte=IDS_PER_BYTE[form]))


def test_all_findings_are_handed_on_and_the_kept_ones_marked():
    lines = LINES[:1] * 5
    kept = judged("lines", [lines_batch(("file:/a.jsonl", 0, lines))], most=1)
    every = judged("lines", [lines_batch(("file:/a.jsonl", 0, lines))], most=1, keeps_all=True)
    is_kept = [row["finding"] for row in every if row["is_kept"]]
    assert is_kept == [row["finding"] for row in kept if row["finding"]]
    assert len([row for row in every if row["finding"]]) > len(is_kept)


COMPRESSED = gzip.compress(b"\n".join(LINES))


@pytest.mark.parametrize(
    "content",
    [COMPRESSED, COMPRESSED[:-9], b"", json.dumps([EVENT, EVENT], indent=1).encode()],
    ids=["compressed", "cut", "empty", "array"],
)
def test_whole_files_are_judged_as_one_process_does(tmp_path, content):
    whole = one_process(tmp_path, content)
    (tally,) = tallies(judged("whole", [whole_batch(content)]))
    assert tally.mistakes == renamed(whole)
    assert (tally.lines, tally.events, tally.unreadable) == (whole.lines, whole.events, whole.unreadable)


@pytest.mark.parametrize(("indexes", "lines", "spanned"), [((7, 9), [8, 10], 0), ((None, None), [1, 2], 2)])
def test_a_row_is_placed_by_its_index_in_the_file_or_by_its_number(indexes, lines, spanned):
    for form, values in (("texts", LINES[:1] * 2), ("rows", [EVENT, EVENT])):
        rows = judged(form, [table_batch(values, indexes, form)])
        assert [row["line"] for row in rows if row["id"]] == lines
        assert tallies(rows)[0].lines == spanned


def test_a_line_longer_than_a_request_is_not_held():
    (tally,) = tallies(judged("lines", [lines_batch(("file:/a.jsonl", 0, [b"x" * 10_000_000]))]))
    assert tally.unreadable == 1


def test_rows_have_the_columns_that_are_declared():
    rows = judged("lines", [lines_batch(("file:/a.jsonl", 0, LINES))])
    assert {tuple(row) for row in rows} == {tuple(COLUMNS)}
    assert set(Fact._fields) < set(COLUMNS)


def test_equal_settings_share_one_judge():
    settings = pickle.dumps(JUDGING)
    assert load_judging(settings) is load_judging(bytes(bytearray(settings)))
