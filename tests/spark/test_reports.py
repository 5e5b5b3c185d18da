"""The report of Spark on this machine is that of one process, to the last count, example and coverage."""

import json

import pytest

from mockpin.observations.limits import Limits
from mockpin.spark.running import ClusterRun
from tests.spark.archives import write_archive
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
