"""Which work of an ended run another goes on with, and how files are put in lots."""

from dataclasses import replace

import pytest

from mockpin.observations.in_files import FileFacts
from mockpin.segment.payloads import READINGS, RECORDED
from mockpin.spark.listing import SourceFile
from mockpin.spark.output import OutputFolder, StoredRun, split
from mockpin_validator.archive import Judging
from mockpin_validator.judging.policy import Policy

FILE = SourceFile("file:/a.jsonl", "a.jsonl", 0, size=10, modified=1, head=b"{}", form="lines")
JUDGING = Judging(now=100.0, reading=READINGS["payload"], readings=RECORDED, fact_of=FileFacts(b"a key"))


def folder(judging=JUDGING, **settings):
    run = StoredRun(OutputFolder(None, "out"), (FILE,), judging)
    return replace(run, **settings).folder


@pytest.mark.parametrize(
    "change",
    [
        {"profile": "strict"},
        {"now": None},
        {"severities": {"click-id-missing": None}},
        {"policy": Policy(max_event_age=9)},
        {"policy": Policy(unhashed={"em": "warn"})},
        {"reading": READINGS["segment"]},
        {"readings": {}},
    ],
)
def test_lots_judged_with_another_setting_are_not_taken_up(change):
    assert folder(replace(JUDGING, **change)) != folder()


@pytest.mark.parametrize(
    "change",
    [
        {"column": "payload"},
        {"lot_size": 9},
        {"keeps_now": True},
        {"files": (FILE._replace(size=11),)},
        {"files": (FILE._replace(modified=2),)},
        {"files": (FILE, FILE)},
    ],
)
def test_lots_of_other_files_or_another_column_are_not_taken_up(change):
    assert folder(**change) != folder()


def test_a_time_that_was_asked_for_decides_and_the_present_does_not():
    later = replace(JUDGING, now=101.0)
    assert folder(later) == folder()
    assert folder(later, keeps_now=True) != folder(keeps_now=True)


def test_the_key_of_the_digests_does_not_decide():
    assert folder(replace(JUDGING, fact_of=FileFacts(b"another key"))) == folder()


def test_a_lot_ends_before_the_file_that_is_too_much_for_it():
    files = [FILE._replace(number=number) for number in range(5)]
    assert [[file.number for file in lot] for lot in split(files, 20)] == [[0, 1], [2, 3], [4]]
    assert [len(lot) for lot in split(files, 1)] == [1] * 5
