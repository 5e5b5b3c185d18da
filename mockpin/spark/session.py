"""A Spark session of a command: started without noise, and stopped."""

from __future__ import annotations

import logging
import os
import shutil
import socket
import sys
import tempfile
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from mockpin.spark.problems import CONNECT, INSTALL, NO_JAVA, NO_WORKER, ClusterFailed, SparkUnusable, explain

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LOCAL: Final = "local[*]"
#: Seconds to wait for a standalone master to take a connection.
CONNECT_TIMEOUT: Final = 5.0
#: Seconds between two looks at the progress of Spark's tasks.
POLL_INTERVAL: Final = 0.5
#: Seconds without any worker after which a run ends.
WORKER_TIMEOUT: Final = 60.0
#: py4j writes what it raises to the root logger as well, which without a handler prints it.
_NO_LOG: Final = logging.NullHandler()
#: How Spark is set unless `settings` say otherwise, also against spark-defaults.conf. SQL is that of SQLite.
SETTINGS: Final[Mapping[str, str]] = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "2000",
    "spark.log.level": "ERROR",
}
#: Set where every task runs on this machine: few rows need few partitions.
LOCAL_SETTINGS: Final[Mapping[str, str]] = {
    "spark.sql.shuffle.partitions": str(os.cpu_count() or 2),
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
}


@contextmanager
def open_session(
    master: str | None = None, settings: Mapping[str, str] | None = None
) -> Iterator[SparkSession]:
    """A session that is stopped at the end. Raises SparkUnusable, and ClusterFailed."""
    check_java()
    master = master or os.environ.get("MASTER") or LOCAL
    check_classic(master)
    reach_master(master)
    logging.getLogger().addHandler(_NO_LOG)
    session = start_whole(lambda: start_session(master, settings or {}), stop_session)
    try:
        with explaining():
            yield session
    finally:
        stop_session(session)


def check_java() -> None:
    """Raise SparkUnusable where there is no Java."""
    home = os.environ.get("JAVA_HOME")
    if not (Path(home, "bin", "java").exists() if home else shutil.which("java")):
        raise SparkUnusable(NO_JAVA)


def check_classic(master: str) -> None:
    """Raise SparkUnusable where a session would be one of Spark Connect."""
    if master.startswith("sc://") or os.environ.get("SPARK_REMOTE"):
        raise SparkUnusable(CONNECT)


def reach_master(master: str) -> None:
    """Raise ClusterFailed where a standalone master takes no connection."""
    if not master.startswith("spark://"):
        return
    problems = [
        problem for address in master.removeprefix("spark://").split(",") if (problem := _connect(address))
    ]
    if len(problems) == len(master.split(",")):
        raise ClusterFailed(
            f"No Spark master answers at {master}: {problems[0]}. Start it, or correct --master."
        )


def _connect(address: str) -> str | None:
    """Why a host:port takes no connection; None if it does."""
    try:
        url = urlsplit(f"//{address}")
        with socket.create_connection((url.hostname or "", url.port or 7077), CONNECT_TIMEOUT):
            return None
    except ValueError:
        return "that is not a host and a port"
    except OSError as error:
        return (error.strerror or str(error)).lower()


def start_whole(start: Callable[[], SparkSession], stop: Callable[[SparkSession], object]) -> SparkSession:
    """A session that is started on another thread; Ctrl-C waits for it and stops it.

    A start that is broken off would leave its Java process behind. On the main thread pyspark would also take
    over Ctrl-C, with a handler that asks Java in the middle of another question.
    """
    with ThreadPoolExecutor(1, "mockpin-start") as pool:
        starting = pool.submit(start)
        try:
            return starting.result()
        except KeyboardInterrupt:
            if not starting.exception():
                stop(starting.result())
            raise


def start_session(master: str, settings: Mapping[str, str]) -> SparkSession:
    """A new session; what Java writes to standard error goes to a file that only `explain` reads."""
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415 - an optional package
    except ImportError:
        raise SparkUnusable(INSTALL) from None
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("mockpin validate").master(master)
    for name, value in {
        **SETTINGS,
        **(LOCAL_SETTINGS if master.startswith("local") else {}),
        **settings,
    }.items():
        builder = builder.config(name, value)
    with tempfile.TemporaryFile() as log:
        try:
            with standard_error_in(log):
                return builder.getOrCreate()
        except Exception as error:  # noqa: BLE001 - pyspark, py4j and Java raise anything
            log.seek(0)
            raise explain(f"{error}\n{log.read().decode(errors='replace')}") from None


@contextmanager
def standard_error_in(file: IO[bytes]) -> Iterator[None]:
    """Processes that are started inside write their standard error to a file, for as long as they live."""
    sys.stderr.flush()
    kept = os.dup(2)
    os.dup2(file.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


@contextmanager
def explaining() -> Iterator[None]:
    """Raise SparkUnusable or ClusterFailed in place of what Spark, py4j and its sockets raise."""
    from py4j.protocol import Py4JError  # noqa: PLC0415 - an optional package
    from pyspark.errors import PySparkException  # noqa: PLC0415

    try:
        yield
    except (PySparkException, Py4JError, ConnectionError) as error:
        raise explain(str(error)) from None


def stop_session(session: SparkSession) -> None:
    """Stop the session and its Java process."""
    from pyspark import SparkContext  # noqa: PLC0415 - an optional package

    gateway: Any = SparkContext._gateway  # noqa: SLF001 - or the process would stay until this one ends
    with suppress(Exception), warnings.catch_warnings(action="ignore"):  # it may be gone
        session.stop()
    if gateway is not None and getattr(gateway, "proc", None):
        gateway.shutdown()
        gateway.proc.stdin.close()
        gateway.proc.wait(timeout=60)
        SparkContext._gateway = SparkContext._jvm = None  # noqa: SLF001


@contextmanager
def watch_tasks(
    session: SparkSession,
    report: Callable[[int, int], None] = lambda _done, _all: None,
    *,
    worker_timeout: float = WORKER_TIMEOUT,
    poll_interval: float = POLL_INTERVAL,
) -> Iterator[None]:
    """Report the tasks that are done and their number, and end jobs that no worker is left for.

    Both times are in seconds. Raises ClusterFailed in place of what a job raises that was ended so.
    """
    ended = threading.Event()
    with ThreadPoolExecutor(1, "mockpin-spark") as pool:
        lost = pool.submit(_watch, session, report, ended, worker_timeout, poll_interval)
        try:
            yield
        except Exception as error:
            ended.set()
            if lost.result():
                raise ClusterFailed(NO_WORKER.format(seconds=worker_timeout)) from error
            raise
        finally:
            ended.set()


def _watch(
    session: SparkSession,
    report: Callable[[int, int], None],
    ended: threading.Event,
    worker_timeout: float,
    poll_interval: float,
) -> bool:
    """Report until `ended`; whether jobs were ended for want of a worker."""
    context = session.sparkContext
    tracker = context.statusTracker()
    is_local, waited = (context.master or "").startswith("local"), 0.0
    while not ended.wait(poll_interval):
        try:
            stages = [info for stage in tracker.getActiveStageIds() if (info := tracker.getStageInfo(stage))]
            workers = is_local or context._jsc.sc().getExecutorMemoryStatus().size() > 1  # noqa: SLF001
        except Exception:  # noqa: BLE001 - the session has ended; the job says why
            return False
        if stages:
            report(sum(stage.numCompletedTasks for stage in stages), sum(stage.numTasks for stage in stages))
        waited = 0.0 if workers or not stages else waited + poll_interval
        if waited >= worker_timeout:
            context.cancelAllJobs()
            return True
    return False
