"""`mockpin validate --engine spark` as a user runs it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.spark.archives import NOW, write_archive, write_lines
from tests.spark.conftest import SETTINGS

pytestmark = pytest.mark.slow_spark
SPARK = ("--engine", "spark", "--master", "local[2]")
PAGE = Path(__file__).parents[2] / "docs" / "scale.md"


def run(*command, folder):
    """A command that has its settings of Spark from a file, as the page says."""
    settings = folder / "spark-defaults.conf"
    settings.write_text("".join(f"{name} {value}\n" for name, value in SETTINGS.items()))
    environment = {**os.environ, "SPARK_CONF_DIR": str(folder), "PYSPARK_PYTHON": sys.executable}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=600, check=False
    )


def validate(*arguments, folder):
    command = (sys.executable, "-m", "mockpin", "validate", "--now", str(NOW))
    return run(*command, *map(str, arguments), folder=folder)


def test_the_command_prints_what_one_process_prints_and_nothing_of_java(tmp_path):
    names = [file.name for file in write_archive(tmp_path, seed=7, lines=60)]
    one = validate("--format", "json", *names, folder=tmp_path)
    cluster = validate("--format", "json", *SPARK, *names, folder=tmp_path)
    assert (cluster.stdout, cluster.returncode) == (one.stdout, one.returncode)
    assert cluster.stderr == one.stderr == ""


def test_a_path_that_leads_nowhere_is_one_sentence(tmp_path):
    ended = validate(*SPARK, tmp_path / "nothing-*.jsonl", folder=tmp_path)
    assert ended.returncode == 2
    assert (
        ended.stderr == f"Error: Spark finds nothing at file:{tmp_path}/nothing-*.jsonl: correct the path.\n"
    )
    assert ended.stdout == ""


def test_the_job_of_the_page_runs_under_spark_submit(tmp_path):
    import pyspark

    (job,) = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(), re.MULTILINE | re.DOTALL)
    write_lines(tmp_path / "events.jsonl", 3, 40)
    written = tmp_path / "audit_job.py"
    written.write_text(
        job.replace("s3a://lake/conversions/", str(tmp_path / "events.jsonl")).replace(
            "s3a://lake/mockpin/observations", str(tmp_path / "observations")
        )
    )
    submit = Path(pyspark.__file__).parent / "bin" / "spark-submit"
    ended = run(str(submit), "--master", "local[2]", str(written), folder=tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert "conversions" in ended.stdout
    assert [*(tmp_path / "observations").glob("*.parquet")]
