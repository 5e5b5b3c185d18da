"""What is checked before Spark is started, and how its tasks are watched."""

import signal
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
from types import SimpleNamespace

import pytest

from mockpin.spark.problems import ClusterFailed, SparkUnusable
from mockpin.spark.session import check_classic, reach_master, standard_error_in, start_whole, watch_tasks


@pytest.fixture
def closed():
    """The address of a port that takes no connection: it is bound, and nothing listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield "{}:{}".format(*held.getsockname())


@pytest.fixture
def listening():
    """The address of a port that takes connections."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield "{}:{}".format(*server.getsockname())


def test_a_master_that_takes_no_connection_is_told(closed):
    with pytest.raises(ClusterFailed) as failed:
        reach_master(f"spark://{closed}")
    assert str(failed.value) == (
        f"No Spark master answers at spark://{closed}: connection refused. Start it, or correct --master."
    )


def test_an_address_without_a_port_that_is_a_number_is_told(closed):
    with pytest.raises(ClusterFailed, match="that is not a host and a port"):
        reach_master(f"spark://127.0.0.1:port,{closed}")


def test_one_master_that_takes_a_connection_is_enough(closed, listening):
    reach_master(f"spark://{closed},{listening}")
    reach_master(f"spark://{listening}")


@pytest.mark.parametrize("master", ["local[*]", "yarn", "k8s://https://127.0.0.1:1"])
def test_any_other_master_is_left_to_spark(master):
    reach_master(master)


def test_a_master_of_spark_connect_is_refused_in_a_sentence():
    check_classic("spark://127.0.0.1:7077")
    with pytest.raises(SparkUnusable, match="cannot judge through Spark Connect: it needs a classic session"):
        check_classic("sc://127.0.0.1:15002")


def test_a_start_that_is_interrupted_is_waited_for_and_stopped():
    stopped = []

    def start():
        main = threading.main_thread().ident
        while "result" not in {frame.name for frame in traceback.extract_stack(sys._current_frames()[main])}:
            pass
        signal.pthread_kill(main, signal.SIGINT)
        return "interrupted"

    with pytest.raises(KeyboardInterrupt):
        start_whole(start, stopped.append)
    assert stopped == ["interrupted"]
    assert start_whole(lambda: "session", stopped.append) == "session"
    assert stopped == ["interrupted"]


def test_what_a_process_writes_to_standard_error_goes_to_the_file_until_the_end(capfd):
    write = [sys.executable, "-c", "import sys; sys.stderr.write('x')"]
    with tempfile.TemporaryFile() as log:
        with standard_error_in(log):
            subprocess.run(write, check=True)
        subprocess.run(write, check=True)
        log.seek(0)
        assert log.read() == b"x"
    assert capfd.readouterr().err == "x"


class Context:
    """What `watch_tasks` asks of a SparkContext: stages as (done, all) of their tasks, and its executors."""

    def __init__(self, *stages, master="spark://a:1", executors=2, broken=False):
        self.master, self.stages, self.executors, self.broken = master, stages, executors, broken
        self.cancelled, self.polled, self.polls = threading.Event(), threading.Event(), 0
        self.cancelAllJobs = self.cancelled.set
        self.statusTracker = lambda: self
        self._jsc = SimpleNamespace(sc=lambda: self)

    def getActiveStageIds(self):  # noqa: N802 - as pyspark calls it
        self.polls += 1
        if self.polls > 20 or self.broken:
            self.polled.set()
        if self.broken:
            raise ConnectionRefusedError
        return range(len(self.stages) + 1)

    def getStageInfo(self, stage):  # noqa: N802
        """The tasks of a stage; None for one that has ended meanwhile."""
        if stage == len(self.stages):
            return None
        done, every = self.stages[stage]
        return SimpleNamespace(numCompletedTasks=done, numTasks=every)

    def getExecutorMemoryStatus(self):  # noqa: N802
        return SimpleNamespace(size=lambda: self.executors)


def watch(context, *, until, worker_timeout=60.0):
    """What is reported of a job that runs `until` it is told, and raises once it is cancelled."""
    reported, told = [], threading.Event()

    def report(*tasks):
        reported.append(tasks)
        told.set()

    session = SimpleNamespace(sparkContext=context)
    with watch_tasks(session, report, worker_timeout=worker_timeout, poll_interval=0.001):
        assert until(told).wait(20)
        if context.cancelled.is_set():
            raise ZeroDivisionError
    return reported


def test_the_tasks_of_all_stages_are_reported_together():
    assert watch(Context((1, 4), (2, 3)), until=lambda told: told)[0] == (3, 7)


def test_jobs_without_a_worker_are_ended():
    lonely = Context((0, 4), executors=1)
    with pytest.raises(ClusterFailed, match=r"^No Spark worker has been there for 0 seconds"):
        watch(lonely, until=lambda _: lonely.cancelled, worker_timeout=0.002)


@pytest.mark.parametrize("context", [
    Context((0, 4), executors=1, master="local[2]"), Context((0, 4)), Context(executors=1),
    Context(broken=True),
])  # fmt: skip
def test_jobs_with_workers_or_without_tasks_are_left_alone(context):
    watch(context, until=lambda _: context.polled, worker_timeout=0.002)
    assert not context.cancelled.is_set()


def test_an_error_of_a_job_is_its_own():
    session = SimpleNamespace(sparkContext=Context((0, 4)))
    with pytest.raises(ZeroDivisionError), watch_tasks(session, poll_interval=0.001):
        raise ZeroDivisionError
