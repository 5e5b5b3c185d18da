"""What an audit gives once Spark has judged."""

from types import SimpleNamespace

import pytest

from mockpin.spark import audit
from mockpin.spark.archive import JudgedArchive
from mockpin.spark.auditing import SparkAudit, make_audit
from mockpin.spark.problems import SparkUnusable
from mockpin_validator.archive import Tally

REPORT = make_audit(Tally(), ("table",), "strict")


def test_a_report_without_events_does_not_pass():
    assert (REPORT.files, REPORT.profile, REPORT.min_events) == (("table",), "strict", 1)
    assert "email-changes" in REPORT.rules


def test_a_report_is_rendered_in_every_format():
    audit = SparkAudit(REPORT, JudgedArchive(None, Tally(), ()))
    assert audit.render().startswith("Not ready.")
    assert audit.render("json").startswith("{")


def test_a_notebook_that_shows_an_audit_shows_its_counts():
    assert repr(SparkAudit(REPORT, JudgedArchive(None, Tally(), ()))) == (
        "<SparkAudit: 0 events in 1 file, 0 with errors: 0 errors, 0 warnings, 0 for information.>"
    )


def test_a_dataframe_of_spark_connect_is_refused_in_a_sentence():
    frame = type("DataFrame", (), {"__module__": "pyspark.sql.connect.dataframe"})()
    with pytest.raises(SparkUnusable, match="cannot judge through Spark Connect: it needs a classic"):
        audit(frame)


def test_spark_forgets_the_rows_at_the_end():
    forgotten = []
    rows = SimpleNamespace(unpersist=lambda: forgotten.append("rows"))
    with SparkAudit(REPORT, JudgedArchive(rows, Tally(), ())) as audit:
        assert (audit.archive.rows, forgotten) == (rows, [])
    assert forgotten == ["rows"]
