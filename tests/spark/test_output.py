"""`--output`: tables of Parquet that look whole only when they are, and runs that go on where they ended."""

from dataclasses import replace

import pytest

from mockpin.spark.listing import list_files
from mockpin.spark.output import MARKER, OutputFolder, StoredRun, split
from tests.spark.archives import write_archive
from tests.spark.conftest import JUDGING

pytestmark = pytest.mark.slow_spark


def test_an_ended_run_goes_on_with_its_lots_and_its_time(spark, tmp_path):
    files = [str(file) for file in write_archive(tmp_path / "archive", seed=5, lines=60)]
    out = OutputFolder(spark, str(tmp_path / "out"))
    listed = list_files(spark, files)
    begun = StoredRun(out, listed, JUDGING, lot_size=1).prepared(keeps_now=False)
    one, other, *_ = split(listed, 1)
    replace(begun, files=tuple(one)).judge(most=1000)  # what an ended run leaves, in another directory
    begun.judge(most=1000)
    lots = sorted((tmp_path / "out" / begun.folder).glob("lot-*"))
    assert len(lots) == len(listed)
    changed = {lot: (lot / MARKER).stat().st_mtime_ns for lot in lots}
    (lots[1] / MARKER).unlink()  # it was being written
    assert other
    later = StoredRun(out, listed, replace(JUDGING, now=JUDGING.now + 99), lot_size=1).prepared(
        keeps_now=False
    )
    assert later.judging.now == JUDGING.now
    later.judge(most=1000)
    again = {lot: (lot / MARKER).stat().st_mtime_ns for lot in lots}
    assert [lot for lot in lots if again[lot] != changed[lot]] == [lots[1]]
    assert not (tmp_path / "out" / MARKER).exists()
