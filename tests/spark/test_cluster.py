"""A real standalone master with two workers: one is killed in the middle, and the report stays."""

import os
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from mockpin.spark.problems import ClusterFailed
from mockpin.spark.running import ClusterRun
from mockpin.spark.session import open_session, watch_tasks
from tests.spark.archives import write_lines
from tests.spark.conftest import JAVA_OPTIONS, JUDGING, LIMITS, SETTINGS, report_of_one_process, reports

pytestmark = pytest.mark.slow_spark
#: Seconds to wait for a process before it is taken to hang.
PATIENCE = 120
LOOPBACK = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}


@contextmanager
def java(name, *arguments, log):
    """A Spark process in a group of its own, with the executors that it starts."""
    import pyspark

    home = Path(pyspark.__file__).parent
    environment = {
        **os.environ,
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_DAEMON_MEMORY": "128m",
        "SPARK_DAEMON_JAVA_OPTS": JAVA_OPTIONS,
        "PYSPARK_PYTHON": sys.executable,
    }
    command = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{name}", *arguments]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, env=environment, stdout=output, stderr=output, start_new_session=True
        )
    try:
        yield process
    finally:
        kill(process)


def kill(process):
    """Kill a process and those it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, 9)
    process.wait(PATIENCE)


def wait_for(said, log, times=1):
    """Wait until a log says something so many times."""
    end = time.monotonic() + PATIENCE
    while log.read_text(errors="replace").count(said) < times:
        assert time.monotonic() < end, f"{log.read_text(errors='replace')[-2000:]}"
        time.sleep(0.2)


@pytest.fixture
def master(tmp_path):
    """The URL of a master without workers, and its log."""
    log = tmp_path / "master.log"
    with java("master.Master", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0", log=log):
        wait_for("Starting Spark master at ", log)
        yield log.read_text().partition("Starting Spark master at ")[2].split()[0], log


@pytest.fixture
def cluster(master, tmp_path):
    """The URL of a master, and its two workers."""
    url, log = master
    with ExitStack() as stack:
        workers = [
            stack.enter_context(
                java("worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", "600m",
                     "--webui-port", "0", "--work-dir", str(folder), url, log=folder.with_suffix(".log"))
            )
            for folder in (tmp_path / "one", tmp_path / "two")
        ]  # fmt: skip
        wait_for("Registering worker", log, times=2)
        yield url, workers


def test_a_worker_that_is_killed_in_the_middle_costs_no_finding(cluster, tmp_path):
    url, workers = cluster
    files = [write_lines(tmp_path / f"{name}.jsonl", seed, 400) for seed, name in enumerate("ab")]
    expected = reports(*report_of_one_process(files))
    slices = {"spark.sql.files.maxPartitionBytes": "5000", "spark.sql.files.openCostInBytes": "1000"}
    killed = []

    def kill_one(done, tasks):
        if 2 <= done < tasks and not killed:
            killed.append((done, tasks))
            kill(workers[0])

    with (
        open_session(url, {**SETTINGS, **LOOPBACK, **slices}) as session,
        watch_tasks(session, kill_one, poll_interval=0.05),
    ):
        found = reports(*ClusterRun(JUDGING, LIMITS, paths=tuple(map(str, files))).run(session))
    assert killed
    assert found == expected


def test_a_cluster_without_workers_is_told_after_a_bounded_wait(master, tmp_path):
    url, _ = master
    file = write_lines(tmp_path / "a.jsonl", 1, 10)
    with (
        pytest.raises(ClusterFailed, match="No Spark worker has been there for 2 seconds: start workers"),
        open_session(url, {**SETTINGS, **LOOPBACK}) as session,
        watch_tasks(session, worker_timeout=2, poll_interval=0.1),
    ):
        ClusterRun(JUDGING, LIMITS, paths=(str(file),)).run(session)
