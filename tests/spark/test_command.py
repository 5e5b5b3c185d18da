"""`mockpin validate --engine spark` as a user runs it."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from mockpin.cli.shared.clusters import INTERRUPTED
from tests.spark.archives import NOW, make_event, write_archive, write_lines
from tests.spark.conftest import SETTINGS

pytestmark = pytest.mark.slow_spark
SPARK = ("--engine", "spark", "--master", "local[2]")
PAGE = Path(__file__).parents[2] / "docs" / "scale.md"


def run(*command, folder, **more):
    """A command that has its settings of Spark from a file, as the page says."""
    settings = folder / "spark-defaults.conf"
    settings.write_text("".join(f"{name} {value}\n" for name, value in {**SETTINGS, **more}.items()))
    environment = {**os.environ, "SPARK_CONF_DIR": str(folder), "PYSPARK_PYTHON": sys.executable}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=600, check=False
    )


def validate(*arguments, folder, **more):
    command = (sys.executable, "-m", "mockpin", "validate", "--now", str(NOW))
    return run(*command, *map(str, arguments), folder=folder, **more)


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


MAKE_TABLE = """
from pyspark.sql import SparkSession

spark = SparkSession.builder.master("local[2]").getOrCreate()
spark.sql("CREATE DATABASE lake")
events = spark.read.json("events.jsonl").coalesce(1).selectExpr("*", "'2026-09-19' AS dt")
events.write.partitionBy("dt").saveAsTable("lake.conversions")
"""


def test_a_table_of_a_metastore_is_judged_without_the_column_that_partitions_it(tmp_path):
    hive = {
        "spark.sql.catalogImplementation": "hive",
        "spark.sql.warehouse.dir": str(tmp_path / "warehouse"),
        "spark.hadoop.javax.jdo.option.ConnectionURL": f"jdbc:derby:{tmp_path}/store;create=true",
    }
    events = (json.dumps(make_event(number, Random(number))) for number in range(40))
    (tmp_path / "events.jsonl").write_text("\n".join(events))
    assert run(sys.executable, "-c", MAKE_TABLE, folder=tmp_path, **hive).returncode == 0
    assert [*(tmp_path / "warehouse" / "lake.db" / "conversions").glob("dt=2026-09-19/*.parquet")]
    one = validate("--format", "json", "events.jsonl", folder=tmp_path)
    table = validate("--format", "json", *SPARK, "--table", "lake.conversions", folder=tmp_path, **hive)
    assert table.stderr == ""
    assert mistakes(table) == mistakes(one) != []


def mistakes(ended):
    return [(mistake["message"], mistake["count"]) for mistake in json.loads(ended.stdout)["mistakes"]]


JAVA = """#!/bin/sh
echo $$ >> {pids}
exec {java} "$@"
"""


@pytest.fixture
def counted_java(tmp_path):
    """A folder for JAVA_HOME whose Java notes its process in the file `pids`."""
    java = tmp_path / "java" / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.write_text(JAVA.format(pids=tmp_path / "pids", java=shutil.which("java")))
    java.chmod(0o755)
    return tmp_path / "java"


@pytest.mark.parametrize("sign", ["pids", "out/_work/*/lot-*"], ids=["as Spark starts", "as it judges"])
def test_an_interrupted_run_is_one_sentence_and_leaves_no_java(tmp_path, counted_java, sign):
    write_lines(tmp_path / "events.jsonl", 3, 2000)
    command = (sys.executable, "-m", "mockpin", "validate", *SPARK, "--output", "out", "events.jsonl")
    environment = {**os.environ, "JAVA_HOME": str(counted_java), "TMPDIR": str(tmp_path)}
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        while not [*tmp_path.glob(sign)] and process.poll() is None:
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)
        told = process.communicate(timeout=300)[1]
    assert (process.returncode, told) == (130, f"{INTERRUPTED}\n")
    assert not (tmp_path / "out" / "_SUCCESS").exists()
    assert [pid for pid in (tmp_path / "pids").read_text().split() if Path("/proc", pid).exists()] == []
