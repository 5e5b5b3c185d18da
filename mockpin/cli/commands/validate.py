"""`mockpin validate`: would Pinterest take these payloads, and what is wrong with those it would not?"""

from __future__ import annotations

import os
import shutil
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mockpin.cli.shared.archive_progress import Reached, show_progress
from mockpin.cli.shared.clusters import SPARK, check_cluster_options, cluster_options, judge_on_cluster
from mockpin.cli.shared.coverage import measure_gates, read_coverage
from mockpin.cli.shared.errors import WorkFailed, name_file
from mockpin.cli.shared.interruption import interrupted_once
from mockpin.cli.shared.observing import configured_limits, open_facts
from mockpin.cli.shared.parameters import FILE_PATH, WholeNumber, read_instant, region_option
from mockpin.cli.shared.severities import find_configured_severities
from mockpin.observations.engines.engine import ENGINES
from mockpin_validator.files import show_name
from mockpin_validator.formats import FORMATS

if TYPE_CHECKING:
    from mockpin.cli.shared.fixes import Hasher
    from mockpin.observations.limits import Limits
    from mockpin.observations.relation import Facts
    from mockpin_validator.archive import Audit, Judging, Tally


@click.command(short_help="Judge payloads, conversion events or Segment events in files.")
@click.argument("files", nargs=-1, metavar="FILE...|-")
@click.option("--from", "origin", type=click.Choice(["payload", "segment"]), default="payload",
              show_default=True,
              help="What the files hold: requests and conversion events, or Segment events.")  # fmt: skip
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    help="The format of the report. Default: text, or github if GITHUB_ACTIONS is true.",
)
@click.option("--fail-on", type=click.Choice(["error", "warning"]), default="error", show_default=True,
              help="The least severity at which to exit with 1.")  # fmt: skip
@click.option("--profile", type=click.Choice(["faithful", "strict", "lenient"]), default="faithful",
              show_default=True,
              help="Judge as Pinterest does (faithful), by its advice, too (strict), or by mistakes alone "
              "(lenient).")  # fmt: skip
@click.option("--jobs", type=WholeNumber(0, 1024), default=1, show_default=True,
              help="How many processes to use; 0 means one for each core.")  # fmt: skip
@click.option("--engine", type=click.Choice([*ENGINES, SPARK]), default="sqlite", show_default=True,
              help="The database that observes events together; duckdb is for millions of them, spark judges "
              "on a cluster.")  # fmt: skip
@click.option("--memory", type=WholeNumber(min=16), metavar="MB",
              help="How much memory the engine uses before it writes to temporary files; without it 40 for "
              "sqlite, 512 for duckdb.")  # fmt: skip
@cluster_options
@click.option("--baseline", type=FILE_PATH,
              help="A file of known findings, which do not count.")  # fmt: skip
@click.option(
    "--update-baseline", is_flag=True, help="Write the present findings to --baseline and exit with 0."
)
@click.option("--now", callback=read_instant, metavar="TIME",
              help="Judge as of this time (ISO 8601 or Unix seconds) instead of the present.")  # fmt: skip
@click.option("--ignore-time", is_flag=True, help="Leave the age of events out of the judgement.")
@click.option("--min", "least", multiple=True, callback=read_coverage, metavar="KEY=PERCENT",
              help="Fail below this coverage, such as em=90 or checkout:em=90. May be repeated.")  # fmt: skip
@click.option("--show", type=WholeNumber(min=0), metavar="N",
              help="How many findings of each mistake to show; the others are counted.")  # fmt: skip
@click.option("--statistics", is_flag=True, help="Report counts only, without single findings.")
@click.option(
    "--fix",
    is_flag=True,
    help="Write a copy in which every certain mistake is corrected, and judge the copy.",
)
@click.option("--diff", is_flag=True, help="Show what --fix would change, masked, and write nothing.")
@click.option("--hash", "hashing", is_flag=True,
              help="With --fix or --diff: also hash match keys in plain text.")  # fmt: skip
@region_option
@click.option("--output", metavar="PATH",
              help="The corrected copy. Default: events.fixed.jsonl for events.jsonl. With --engine spark: a "
              "directory for Parquet of findings, observations and counts.")  # fmt: skip
@click.option("--min-events", type=WholeNumber(min=0), default=1, show_default=True, metavar="N",
              help="Fail when fewer events were judged; 0 lets an empty file pass.")  # fmt: skip
@click.pass_context
def command(ctx: click.Context, /, files: tuple[str, ...], **options: Any) -> None:
    """Judge payloads, conversion events or Segment events in files of any length.

    A file may hold JSON (a request, an event or a list of events), one of these on each line, CSV whose
    header names the fields, Parquet, a HAR recording of a browser or proxy, or an export of the emulator;
    plain or compressed by gzip or zstd. The tag's and Segment's requests of a recording are judged as such.
    What only many events show, such as one event id on all of them, is observed over all files together.
    Severities of single rules come from the table [rules] of mockpin.toml, such as click-id-missing = "off".
    --fix corrects hashes in upper case, currencies in lower case, times in milliseconds and values of the
    wrong type, if only one correction is possible; the rest of the copy is the same, byte for byte.
    Exits with 0 when clean, 1 on findings or a difference, 2 when something could not be read.
    """
    check_cluster_options(ctx, files, **options)
    if options["diff"]:
        raise SystemExit(show_differences(files, choose_hasher(**options)))
    if options["fix"]:
        output = Path(options["output"]) if options["output"] else None
        files = correct(files, output, choose_hasher(**options))
    elif options["hashing"] or (options["output"] and options["engine"] != SPARK):
        raise click.UsageError("--hash and --output go with --fix; --hash also with --diff.")
    from mockpin.cli.shared import baselines

    baseline = baselines.read(options["baseline"], updating=options["update_baseline"])
    form = options["form"] or ("github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text")
    most = FORMATS[form] if options["show"] is None else options["show"]
    tally, files, interruption = judge_files(ctx, files, most=most, **options)
    if options["update_baseline"] and not interruption:
        baselines.write(options["baseline"], tally, files)
        raise SystemExit(2 if tally.unreadable else 0)
    for note in baselines.suggest_renewal(baseline, tally, files):
        click.echo(note, err=True)
    new = baseline.leave_new(tally)
    known = tally.mistakes.total() - new.mistakes.total()
    audit = make_audit(new, files, interruption=interruption, known=known, **options)
    report(audit, form, most, brief=options["statistics"])
    raise SystemExit(130 if interruption else 2 if tally.unreadable else int(audit.failing))


def choose_hasher(*, hashing: bool, region: str | None, **_: Any) -> Hasher | None:
    """The function that hashes plain match keys; None unless the user asked for that."""
    from mockpin.cli.shared.fixes import make_hasher

    return make_hasher(region) if hashing else None


def correct(files: tuple[str, ...], output: Path | None, hasher: Hasher | None) -> tuple[str, ...]:
    """Write a corrected copy of each file, say what was done, and give the copies' names."""
    from mockpin.cli.shared.failed_events import is_same_file
    from mockpin.cli.shared.fixing import fix_file, name_output

    if output and len(files) > 1:
        raise click.UsageError("--output takes one file; without it each file has a copy of its own.")
    outputs = [output or name_output(name) for name in files]
    for name, path in zip(files, outputs, strict=True):
        if is_same_file(path, name):
            raise click.UsageError(f"--output {path} is the file itself: name another one.")
        fixed = fix_file(name, path, hasher=hasher, stdin=sys.stdin.buffer)
        click.echo(f"{name_file(name)} -> {path}: {fixed}.", err=True)
    return tuple(map(str, outputs))


def show_differences(files: tuple[str, ...], hasher: Hasher | None) -> int:
    """Print what would be corrected; 1 if there is anything."""
    from mockpin.cli.shared.fixing import diff_file

    found = 0
    for name in files:
        lines = list(diff_file(name, hasher=hasher, stdin=sys.stdin.buffer))
        if len(lines) > 2:  # noqa: PLR2004 - the two names at the top
            click.echo("\n".join(lines))
            found = 1
    return found


def judge_files(
    ctx: click.Context, files: tuple[str, ...], *, most: int, **options: Any
) -> tuple[Tally, tuple[str, ...], str]:
    """Everything that was found, the files' names in it, and where Ctrl-C ended it early, a sentence."""
    from mockpin.segment.payloads import make_judging

    limits = configured_limits(ctx, files_as=options["profile"])
    now = time.time() if options["now"] is None else options["now"]
    as_of = None if options["ignore_time"] else now
    on_cluster, jobs = options["engine"] == SPARK, count_jobs(options["jobs"], files)
    severities, alone = find_configured_severities(ctx), jobs == 1 and not on_cluster
    judging = make_judging(options["profile"], as_of, severities, options["origin"], alone=alone)
    if on_cluster:
        return *judge_on_cluster(files, judging, limits, most=most, **options), ""
    with open_facts(options["engine"], options["memory"]) as facts:
        tally, interruption = judge(files, judging, (facts, limits), jobs=jobs, most=most)
    return tally, tuple(map(show_name, files)), interruption


def count_jobs(jobs: int, files: tuple[str, ...]) -> int:
    """How many processes to use: standard input can only be read by this one."""
    return 1 if "-" in files else jobs or os.cpu_count() or 1


def judge(
    files: tuple[str, ...], judging: Judging, observed: tuple[Facts, Limits], *, jobs: int, most: int
) -> tuple[Tally, str]:
    """Everything that was found in the files; where Ctrl-C ended it early, a sentence about how far it came.

    `observed` is the relation to gather events in, and the limits of the observations.
    """
    from mockpin.observations.as_findings import add_observations
    from mockpin_validator.archive import ProcessLost, Tally, divide_files, judge_parts
    from mockpin_validator.archive.audit import add_up

    tally, reached, (facts, limits) = Tally(), Reached(), observed
    done = judge_parts(divide_files(files, jobs=jobs), judging, jobs=jobs, most=most, stdin=sys.stdin.buffer)
    with interrupted_once():
        try:
            with show_progress(files) as advance, closing(done):
                for tally in add_up(reached.follow(done), facts.add):
                    advance(tally)
                observations = facts.observe(limits)
        except KeyboardInterrupt:
            return tally, reached.describe(files)
        except ProcessLost as error:
            raise WorkFailed(str(error)) from None
    return add_observations(tally, observations, [*map(show_name, files)]), ""


def make_audit(
    tally: Tally, files: tuple[str, ...], *, interruption: str, known: int, **options: Any
) -> Audit:
    """The audit of the files: the tally, and what the options ask of it."""
    from mockpin.rules import ROWS
    from mockpin_validator.archive import Audit

    return Audit(
        tally,
        tuple(dict.fromkeys(files)),
        profile=options["profile"],
        fail_on=options["fail_on"],
        gates=measure_gates(options["least"], tally.quality),
        interrupted=bool(interruption),
        notes=(interruption,) if interruption else (),
        known=known,
        rules=ROWS,
        min_events=options["min_events"],
    )


def report(audit: Audit, form: str, most: int, *, brief: bool) -> None:
    """Write the report to standard output, in colour where somebody can see it."""
    from mockpin_validator.formats import Style, render

    color = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    style = Style(most, color, shutil.get_terminal_size((100, 24)).columns, brief)
    click.echo(render(audit, form, style), nl=False)
