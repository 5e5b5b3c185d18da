"""The report of Spark on this machine is that of one process, to the last count, example and coverage."""

import json
from dataclasses import replace

import pytest

from mockpin.observations.in_files import FileFacts
from mockpin.observations.limits import Limits
from mockpin.spark import audit
from mockpin.spark.problems import SparkUnusable
from mockpin.spark.running import ClusterRun
from tests.spark.archives import make_lines, write_archive
from tests.spark.conftest import JUDGING, report_of_one_process, reports

pytestmark = pytest.mark.slow_spark


def run(session, *paths, **settings):
    """The tally and the names of the files."""
    return ClusterRun(JUDGING, Limits(), paths=tuple(map(str, paths)), **settings).run(session)


@pytest.fixture
def split(spark):
    """Files cut into slices of 30 kB."""
    for name, value in (("maxPartitionBytes", "30000"), ("openCostInBytes", "1000")):
        spark.conf.set(f"spark.sql.files.{name}", value)
    yield
    for name in ("maxPartitionBytes", "openCostInBytes"):
        spark.conf.unset(f"spark.sql.files.{name}")


@pytest.mark.parametrize("most_on_driver", [0, 200_000], ids=["observed by Spark", "observed by the driver"])
def test_an_archive_of_every_form_in_slices_gives_the_same_report(spark, split, tmp_path, most_on_driver):
    files = write_archive(tmp_path / "archive", seed=1, lines=160)
    expected = reports(*report_of_one_process(files))
    assert reports(*run(spark, *files, most_on_driver=most_on_driver)) == expected
    assert json.loads(expected["json"])["unreadable"] > 5


def test_a_directory_and_a_pattern_give_their_files_by_name(spark, tmp_path):
    files = write_archive(tmp_path / "archive", seed=2, lines=60)
    first, *_, last = sorted(files)
    expected = reports(*report_of_one_process(sorted(files)))
    assert reports(*run(spark, tmp_path / "archive")) == expected
    assert reports(*run(spark, f"{tmp_path}/arch*/[a-z]*")) == expected
    tally, names = run(spark, last, first)
    assert names == (str(last), str(first))
    assert tally.events == report_of_one_process([first, last])[0].events


def readable(seed, number):
    """The events of an archive of lines, each as one line."""
    for line in make_lines(seed, number):
        try:
            event = json.loads(line)
        except ValueError:
            continue
        if isinstance(event, dict) and "user_data" in event and line.count(b'"a"') == 0:
            yield event


def test_columns_of_json_and_of_structs_are_read_as_their_events(spark, tmp_path):
    events = [*readable(3, 80)]
    lines = tmp_path / "events.jsonl"
    lines.write_text("".join(json.dumps(event) + "\n" for event in events))
    expected, _ = report_of_one_process([lines])
    of_json = spark.createDataFrame(
        [(json.dumps(event), number) for number, event in enumerate(events)], "payload STRING, n INT"
    )
    of_json.coalesce(1).write.parquet(str(tmp_path / "texts"))
    tally, (name,) = run(spark, tmp_path / "texts", column="payload")
    assert counts(tally) == counts(expected)
    assert name.endswith(".parquet")
    assert [each.finding.line for each in tally.findings] == [each.finding.line for each in expected.findings]
    with pytest.raises(SparkUnusable, match="There is no column 'paylod'; did you mean payload"):
        run(spark, tmp_path / "texts", column="paylod")


def counts(tally):
    """Everything that is counted, whatever the file is called."""
    mistakes = {mistake._replace(file=""): times for mistake, times in tally.mistakes.items()}
    return tally.events, tally.failed, tally.unreadable, mistakes, tally.quality


def test_a_dataframe_is_audited_with_all_findings_and_duplicates(spark):
    texts = [line.decode() for line in make_lines(4, 120) if b"\xff" not in line]
    spark.createDataFrame([("untouched",)], "name STRING").createOrReplaceTempView("facts")
    frame = spark.createDataFrame([(text,) for text in texts], "payload STRING").repartition(3)
    with audit(frame, now=JUDGING.now, name="events") as audited:
        tally = audited.report.tally
        findings = audited.findings.collect()
        assert {row.file for row in findings} == {"events"}
        found = sum(times for mistake, times in tally.mistakes.items())
        observed = audited.observations.collect()
        assert len(observed) == len(audited.made) > 0
        assert len(findings) < found
        assert audited.coverage.where(
            "event_name IS NULL AND parameter = 'em'"
        ).first().percent == pytest.approx(tally.quality.coverage("em"))
        assert json.loads(audited.render("json"))["events"] == tally.events
        first = audited.duplicates.first()
        assert (first.first_file, first.file) == ("events", "events")
    assert spark.table("facts").columns == ["name"]


def test_duplicates_are_exact_within_a_day_of_each_first_report(spark):
    day = 86_400
    times = [0, day, day + 1, 2 * day + 1, 2 * day + 2, 5]
    person = {"em": ["9" * 64], "client_ip_address": "8.8.4.4", "client_user_agent": "Mozilla/5.0"}
    good = {"event_name": "lead", "action_source": "web", "event_id": "e", "user_data": person}
    rows = [(json.dumps(good | {"event_time": JUDGING.now - 6 * day + time}),) for time in times]
    with audit(spark.createDataFrame(rows, "e STRING").coalesce(1), now=JUDGING.now) as audited:
        found = {(row.line, row.first_line) for row in audited.duplicates.collect()}
    assert found == {(2, 1), (6, 1), (4, 3)}


def test_an_unknown_path_and_an_unclear_table_are_named(spark, tmp_path):
    from mockpin.spark.session import explaining

    with pytest.raises(SparkUnusable, match="Spark finds nothing at file:/nowhere/x"), explaining():
        run(spark, "/nowhere/x")
    with pytest.raises(SparkUnusable, match="Spark knows no table `nothing`"), explaining():
        run(spark, table="nothing")
    with pytest.raises(SparkUnusable, match="name it with --column"):
        audit(spark.createDataFrame([("a", "b")], "one STRING, two STRING"))
    (tmp_path / "empty").mkdir()
    with pytest.raises(SparkUnusable, match="There are no files in"):
        run(spark, tmp_path / "empty")


def test_digests_with_another_key_give_the_same_observations(spark, tmp_path):
    files = write_archive(tmp_path / "archive", seed=6, lines=80)
    other = replace(JUDGING, fact_of=FileFacts(b"another key"))
    tally, names = ClusterRun(other, Limits(), paths=tuple(map(str, files))).run(spark)
    assert reports(tally, names) == reports(*report_of_one_process(files))
