"""`mockpin validate --engine spark`: its options, its session, and its errors."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from mockpin.cli.shared.configuration import given_among
from mockpin.cli.shared.errors import InputUnreadable, WorkFailed
from mockpin.cli.shared.interruption import interrupted_once
from mockpin.cli.shared.parameters import combine_options

if TYPE_CHECKING:
    from mockpin.observations.limits import Limits
    from mockpin_validator.archive import Judging, Tally

SPARK = "spark"
#: Options that mean something only to a cluster, and those that mean nothing to one.
ON_CLUSTER = ("master", "table", "column")
ON_ONE_MACHINE = ("jobs", "memory", "fix", "diff")
INTERRUPTED = "Interrupted: nothing of the cluster's work is reported. With --output, run it again to go on."


cluster_options = combine_options(
    click.option("--master", metavar="URL",
                 help="With --engine spark: the cluster, such as spark://HOST:7077, not local[*]."),
    click.option("--table", metavar="NAME", help="With --engine spark: judge a table of Spark's catalog."),
    click.option("--column", metavar="NAME",
                 help="With --engine spark: the column of Parquet files or of --table that holds JSON."),
)  # fmt: skip


def check_cluster_options(ctx: click.Context, files: tuple[str, ...], **options: Any) -> None:
    """Raise UsageError for options that do not go together."""
    is_cluster = options["engine"] == SPARK
    if given := given_among(ctx, ON_ONE_MACHINE if is_cluster else ON_CLUSTER):
        raise click.UsageError(f"{given} {'does not go' if is_cluster else 'goes'} with --engine spark.")
    if is_cluster and "-" in files:
        raise click.UsageError("A cluster cannot read standard input: give files, directories or patterns.")
    if options["table"] and (files or options["output"]):
        raise click.UsageError("--table stands alone: leave out the files and --output.")
    if not files and not options["table"]:
        raise click.UsageError("Name what to judge: files, or - for standard input.")


def judge_on_cluster(
    files: tuple[str, ...], judging: Judging, limits: Limits, *, most: int, **options: Any
) -> tuple[Tally, tuple[str, ...]]:
    """Everything that was found, and the names of the files. Raises InputUnreadable and WorkFailed."""
    from mockpin.spark.problems import INSTALL, ClusterFailed, SparkUnusable
    from mockpin.spark.session import open_session, watch_tasks

    try:
        from mockpin.spark.running import ClusterRun
    except ModuleNotFoundError:  # pyarrow; pyspark is loaded later
        raise InputUnreadable(INSTALL) from None
    run = ClusterRun(
        judging, limits, paths=files, table=options["table"], column=options["column"],
        output=options["output"], most=most, keeps_now=options["now"] is not None,
    )  # fmt: skip
    with interrupted_once():
        try:
            with (
                show_progress() as report,
                open_session(options["master"]) as session,
                watch_tasks(session, report),
            ):
                return run.run(session)
        except KeyboardInterrupt:
            click.echo(INTERRUPTED, err=True)
            raise SystemExit(130) from None
        except ClusterFailed as error:
            raise WorkFailed(str(error)) from None
        except SparkUnusable as error:
            raise InputUnreadable(str(error)) from None


@contextmanager
def show_progress() -> Iterator[Callable[[int, int], None]]:
    """A function to call with the tasks that are done and their number; a bar on a terminal."""
    if not sys.stderr.isatty():
        yield lambda _done, _all: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting Spark", total=None)

        def report(done: int, tasks: int) -> None:
            bar.update(task, completed=done, total=tasks, description=f"{done:,} of {tasks:,} tasks")

        yield report
