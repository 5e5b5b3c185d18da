"""The report of Spark on this machine is that of one process, to the last count, example and coverage."""

import json
from collections import Counter
from dataclasses import replace

import pytest

from mockpin.observations.in_files import FileFacts
from mockpin.observations.rules import OBSERVATION_RULES
from mockpin.spark import audit
from mockpin.spark.problems import SparkUnusable
from mockpin.spark.running import ClusterRun
from tests.spark.archives import make_lines, write_archive, write_lines
from tests.spark.conftest import JUDGING, LIMITS, report_of_one_process, reports

pytestmark = pytest.mark.slow_spark


def run(session, *paths, **settings):
    """The tally and the names of the files."""
    return ClusterRun(JUDGING, LIMITS, paths=tuple(map(str, paths)), **settings).run(session)


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


def test_files_that_spark_leaves_out_are_refused_by_name_and_passed_over_in_a_directory(spark, tmp_path):
    seen = write_lines(tmp_path / "a.jsonl", 1, 5)
    for hidden in ("_b.jsonl", ".c.jsonl"):
        write_lines(tmp_path / hidden, 2, 5)
        with pytest.raises(SparkUnusable, match=f"begin with _ or a dot, as .*{hidden} does"):
            run(spark, seen, tmp_path / hidden)
    with pytest.raises(SparkUnusable, match="begin with _ or a dot"):
        run(spark, seen, tmp_path / "_*.jsonl")
    assert run(spark, tmp_path)[1] == (str(seen),)
    assert run(spark, tmp_path / "nowhere" / ".." / "a.jsonl")[1] == (str(seen),)


def readable(seed, number):
    """The events of an archive of lines, each as one line."""
    for line in make_lines(seed, number):
        try:
            event = json.loads(line)
        except ValueError:
            continue
        if isinstance(event, dict) and "user_data" in event and line.count(b'"a"') == 0:
            yield event


@pytest.fixture
def events(tmp_path):
    """Events as a file of lines."""
    file = tmp_path / "events.jsonl"
    file.write_text("".join(json.dumps(event) + "\n" for event in readable(3, 80)))
    return file


def test_a_column_of_json_is_read_as_its_events(spark, tmp_path, events):
    of_json = spark.read.text(str(events)).selectExpr("value AS payload", "1 AS n")
    of_json.coalesce(1).write.parquet(str(tmp_path / "texts"))
    tally, (name,) = run(spark, tmp_path / "texts", column="payload")
    assert places(tally) == places(report_of_one_process([events])[0])
    assert name.endswith(".parquet")
    with pytest.raises(SparkUnusable, match="There is no column 'paylod'; did you mean payload"):
        run(spark, tmp_path / "texts", column="paylod")


def test_columns_of_fields_and_a_column_of_structs_are_read_as_their_events(spark, tmp_path, events):
    expected = places(report_of_one_process([events])[0])
    of_fields = spark.read.json(str(events)).coalesce(1)
    assert dict(of_fields.dtypes)["user_data"].startswith("struct<")
    of_fields.write.parquet(str(tmp_path / "fields"))
    assert places(run(spark, tmp_path / "fields")[0]) == expected
    of_structs = of_fields.selectExpr("STRUCT(*) AS event", "1 AS n")
    of_structs.write.parquet(str(tmp_path / "structs"))
    assert places(run(spark, tmp_path / "structs", column="event")[0]) == expected
    with audit(of_fields, now=JUDGING.now) as audited:
        assert places(audited.report.tally) == expected


def test_a_row_without_a_value_is_a_blank_line(spark, events):
    structs = spark.read.json(str(events)).selectExpr("STRUCT(*) AS event").coalesce(1)
    nothing = structs.selectExpr("NULLIF(event, event) AS event").limit(1)
    with audit(nothing.union(structs), column="event", now=JUDGING.now) as audited:
        found = audited.report.tally
    expected, lines = places(report_of_one_process([events])[0])
    assert places(found) == (expected, [line and line + 1 for line in lines])


def test_a_table_of_the_catalog_is_read_by_its_name(spark, events):
    spark.read.text(str(events)).coalesce(1).createOrReplaceTempView("conversions")
    tally, names = run(spark, table="conversions")
    assert names == ("conversions",)
    assert places(tally) == places(report_of_one_process([events])[0])
    with pytest.raises(SparkUnusable, match="There is no column 'payload'"):
        run(spark, table="conversions", column="payload")


def places(tally):
    """Everything that is counted, and the lines of the findings that are kept."""
    return counts(tally), [finding.finding.line for finding in tally.findings]


def counts(tally):
    """Everything that is counted, whatever the file is called."""
    mistakes = {mistake._replace(file=""): times for mistake, times in tally.mistakes.items()}
    shapes = Counter()
    for (name, parameters), times in tally.quality.shapes.items():  # a table may have them in another order
        shapes[name, frozenset(parameters)] += times
    return tally.events, tally.failed, tally.unreadable, mistakes, shapes


def test_a_dataframe_is_audited_with_all_findings_and_duplicates(spark):
    texts = [line.decode() for line in make_lines(4, 120) if b"\xff" not in line]
    texts += [text for text in texts if '"web"' in text]
    spark.createDataFrame([("untouched",)], "name STRING").createOrReplaceTempView("facts")
    frame = spark.createDataFrame([(text,) for text in texts], "payload STRING").repartition(3)
    name = "Jo's \\n events"
    with audit(frame, now=JUDGING.now, name=name) as audited:
        tally = audited.report.tally
        findings = audited.findings.collect()
        assert {row.file for row in findings} == {name}
        observed = audited.observations.collect()
        assert len(observed) == len(audited.made) > 0
        judged = {mistake: times for mistake, times in tally.mistakes.items()
                  if mistake.rule not in OBSERVATION_RULES}  # fmt: skip
        assert Counter(row.rule for row in findings) == sum_by_rule(judged)
        assert audited.coverage.where(
            "event_name IS NULL AND parameter = 'em'"
        ).first().percent == pytest.approx(tally.quality.coverage("em"))
        assert json.loads(audited.render("json"))["events"] == tally.events
        first = audited.duplicates.first()
        assert (first.first_file, first.file) == (name, name)
    assert spark.table("facts").columns == ["name"]


def sum_by_rule(mistakes):
    return sum((Counter({mistake.rule: times}) for mistake, times in mistakes.items()), Counter())


def test_duplicates_are_exact_within_a_day_of_each_first_report_and_never_offline(spark):
    day = 86_400
    times = [0, day, day + 1, 2 * day + 1, 2 * day + 2, 5]
    person = {"em": ["9" * 64], "client_ip_address": "8.8.4.4", "client_user_agent": "Mozilla/5.0"}
    good = {"event_name": "lead", "action_source": "web", "event_id": "e", "user_data": person}
    rows = [(json.dumps(good | {"event_time": JUDGING.now - 6 * day + time}),) for time in times]
    offline = good | {"action_source": "offline", "event_time": JUDGING.now - 6 * day}
    rows += [(json.dumps(offline),)] * 2
    with audit(spark.createDataFrame(rows, "e STRING").coalesce(1), now=JUDGING.now) as audited:
        found = {(row.line, row.first_line) for row in audited.duplicates.collect()}
    assert found == {(2, 1), (6, 1), (4, 3)}


def test_an_unknown_path_and_an_unclear_table_are_named(spark, tmp_path):
    from mockpin.spark.session import explaining

    with pytest.raises(SparkUnusable, match="Spark finds nothing at file:/nowhere/x"), explaining():
        run(spark, "/nowhere/x")
    for scheme, missing in (("s3a", "hadoop-aws"), ("gs", "lacks org.apache.hadoop.fs.gs.GoogleHadoop")):
        with pytest.raises(SparkUnusable, match=missing), explaining():
            run(spark, f"{scheme}://lake/conversions")
    with pytest.raises(SparkUnusable, match="Spark knows no table `nothing`"), explaining():
        run(spark, table="nothing")
    with pytest.raises(SparkUnusable, match="in Python column=NAME"):
        audit(spark.createDataFrame([("a", "b")], "one STRING, two STRING"))
    (tmp_path / "empty").mkdir()
    with pytest.raises(SparkUnusable, match=f"There are no files in {tmp_path}/empty: name"):
        run(spark, write_lines(tmp_path / "a.jsonl", 1, 5), tmp_path / "empty")


def test_digests_with_another_key_give_the_same_observations(spark, tmp_path):
    files = write_archive(tmp_path / "archive", seed=6, lines=80)
    other = replace(JUDGING, fact_of=FileFacts(b"another key"))
    tally, names = ClusterRun(other, LIMITS, paths=tuple(map(str, files))).run(spark)
    assert reports(tally, names) == reports(*report_of_one_process(files))
