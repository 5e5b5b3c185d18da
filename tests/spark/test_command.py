"""`mockpin validate --engine spark` as a user runs it."""

import subprocess
import sys

import pytest

from tests.spark.archives import NOW, write_archive

pytestmark = pytest.mark.slow_spark
SPARK = ("--engine", "spark", "--master", "local[2]")


def validate(*arguments, folder):
    command = [sys.executable, "-m", "mockpin", "validate", "--now", str(NOW), *map(str, arguments)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=600, check=False)


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
