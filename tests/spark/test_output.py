"""`--output`: tables of Parquet that look whole only when they are, and runs that go on where they ended."""

from dataclasses import replace
from pathlib import Path

import pytest

from mockpin.spark.listing import list_files
from mockpin.spark.output import MARKER, WORK, OutputFolder, StoredRun
from mockpin.spark.problems import SparkUnusable
from mockpin.spark.running import ClusterRun
from tests.spark.archives import PLAIN, write_archive
from tests.spark.conftest import JUDGING, LIMITS, report_of_one_process, reports

pytestmark = pytest.mark.slow_spark


def test_an_ended_run_goes_on_with_its_lots_and_its_time(spark, tmp_path):
    files = [str(file) for file in write_archive(tmp_path / "archive", seed=5, lines=60)]
    out = OutputFolder(spark, str(tmp_path / "out"))
    listed = list_files(spark, files)
    begun = StoredRun(out, listed, JUDGING, lot_size=1).prepared()
    assert any(PLAIN in Path(file).read_text() for file in files if file.endswith("b.jsonl"))
    assert PLAIN not in str(begun.judge(most=1000).collect())
    lots = sorted((tmp_path / "out" / begun.folder).glob("lot-*"))
    assert len(lots) == len(listed)
    changed = {lot: (lot / MARKER).stat().st_mtime_ns for lot in lots}
    (lots[1] / MARKER).unlink()  # it was being written
    later = StoredRun(out, listed, replace(JUDGING, now=JUDGING.now + 99), lot_size=1).prepared()
    assert later.judging.now == JUDGING.now
    later.judge(most=1000)
    again = {lot: (lot / MARKER).stat().st_mtime_ns for lot in lots}
    assert [lot for lot in lots if again[lot] != changed[lot]] == [lots[1]]
    assert not (tmp_path / "out" / MARKER).exists()


def test_the_output_has_every_table_a_marker_and_no_work_left(spark, tmp_path):
    files = [str(file) for file in write_archive(tmp_path / "archive", seed=5, lines=60)]
    run = ClusterRun(JUDGING, LIMITS, paths=tuple(files), output=str(tmp_path / "out"), keeps_now=True)
    tally, names = run.run(spark)
    assert reports(tally, names) == reports(*report_of_one_process(files))
    assert {path.name for path in (tmp_path / "out").iterdir() if not path.name.startswith(".")} == {
        "findings", "observations", "coverage", "duplicates", "summary", MARKER,
    }  # fmt: skip
    summary = spark.read.parquet(str(tmp_path / "out" / "summary")).first()
    assert (summary.events, summary.failed, summary.errors) == (
        tally.events,
        tally.failed,
        tally.count("error"),
    )
    for table in ("findings", "observations", "coverage", "duplicates"):
        rows = spark.read.parquet(str(tmp_path / "out" / table)).collect()
        assert rows
        assert PLAIN not in str(rows)
    with pytest.raises(SparkUnusable, match="holds a finished report"):
        run.run(spark)


def test_a_directory_of_something_else_is_left_alone(spark, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(SparkUnusable, match="is not empty: name another directory"):
        OutputFolder(spark, str(tmp_path)).check_free()
    (tmp_path / WORK).mkdir()
    OutputFolder(spark, str(tmp_path)).check_free()
