"""What `mockpin run` says at the end: what was caught, whether the journey was met, the go-live report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mockpin.cli.commands.report import FAILING, WRITERS
from mockpin.cli.shared.errors import OutputUnwritable
from mockpin.cli.shared.parameters import OptionValue
from mockpin.replacing import replacing
from mockpin_validator.wording import count, make_visible

if TYPE_CHECKING:
    from mockpin.cli.shared.received import Received
    from mockpin.emulator.emulator import Emulator
    from mockpin.expectations.journeys import Journey
    from mockpin.interception.session import Interception
    from mockpin.reports.go_live.report import GoLiveReport

#: What --report takes, and the format of `mockpin report` that each is.
FORMS = {"short": None, "full": "text", "json": "json", "html": "html", "none": None}


#: Commands that start Node.js.
NODE = ("node", "nodejs", "npm", "npx", "yarn", "pnpm")


@dataclass(frozen=True)
class ReportTarget:
    """A form of the report, and the file it goes to instead of the terminal."""

    form: str
    file: Path | None = None

    def __str__(self) -> str:
        return f"{self.form}={self.file}" if self.file else self.form


def read_report(value: Any) -> ReportTarget:
    """The form and the file of `short`, `full`, `json`, `html=FILE` or `none`."""
    if isinstance(value, ReportTarget):
        return value
    form, equals, file = str(value).partition("=")
    if form not in FORMS:
        raise click.BadParameter(f"{form!r} is not one of {', '.join(FORMS)}.")
    if equals and (not file or form == "none"):
        raise click.BadParameter(f"{value!r} names no file: write {form}=FILE, or {form} alone.")
    return ReportTarget(form, Path(file) if file else None)


REPORT = OptionValue("FORM[=FILE]", read_report)


def judge_run(
    emulator: Emulator, interception: Interception, journey: Journey | None, options: Mapping[str, Any]
) -> bool:
    """Say what was caught, check the journey, write the report; whether the run fails."""
    from mockpin.cli.shared.received import read_emulator

    received = read_emulator(emulator)
    traffic = describe_traffic(interception, received, options["words"])
    for line in (*traffic, *describe_separate_accounts(received)):
        click.echo(f"mockpin: {make_visible(line)}", err=True)
    unmet = journey is not None and not check_journey(journey, received)
    target: ReportTarget = options["report"]
    return (target.form != "none" and report_run(interception, received, options)) or unmet


def describe_traffic(interception: Interception, received: Received, words: Sequence[str]) -> Iterator[str]:
    """Which hosts were caught and refused, and what to do when nothing came at all."""
    yield from interception.traffic.describe()
    if received.requests or interception.traffic.answered:
        return
    answered = ", ".join(interception.traffic.hosts.intercepted)
    yield f"no request came. mockpin answers for {answered}: --intercept HOST adds another."
    if words and Path(words[0]).name in NODE and not interception.folder.node_was_hooked:
        yield (
            "Node.js ignored NODE_OPTIONS, so its traffic was not caught. Use a Node.js that obeys it, or"
            " point the sender at PINTEREST_API_URI."
        )


def describe_separate_accounts(received: Received) -> Iterator[str]:
    """What to do when the tag's events and the API's belong to different ad accounts.

    A sender's own tag is unknown to mockpin, so its events go to the first ad account of the run.
    """
    api, tag = (
        {event["ad_account_id"] for event in received.events if event["source"] == source}
        for source in ("api", "tag")
    )
    if api and tag and not api & tag:
        yield (
            f"the tag's events belong to ad account {min(tag)}, those of the API to {min(api)}, so none"
            f" of them were deduplicated. Name the tag: --account {min(api)}=TOKEN --tag TAG_ID={min(api)}."
        )


def check_journey(journey: Journey, received: Received) -> bool:
    """Whether everything that a journey states has come; the steps go to standard error."""
    from mockpin.expectations.journeys import JourneyUnmet, describe_outcomes
    from mockpin.expectations.refusals import describe_refusals

    outcomes = journey.judge(received.events)
    if all(outcome.met for outcome in outcomes):
        click.echo("\n".join([f"Journey {journey.name!r}:", *describe_outcomes(outcomes)]), err=True)
        return True
    click.echo(
        str(JourneyUnmet(journey.name, outcomes, tuple(describe_refusals(received.requests)))), err=True
    )
    return False


def report_run(interception: Interception, received: Received, options: Mapping[str, Any]) -> bool:
    """Write the report, beside the short one if it has a file; whether its gravest reason fails the run."""
    from mockpin.cli.shared.observing import configured_limits
    from mockpin.reports.go_live.report import make_report

    report = make_report(
        received.events,
        received.requests,
        expected=options["expected"],
        evicted=received.evicted,
        refused_hosts=interception.traffic.refused,
        limits=configured_limits(click.get_current_context()),
    )
    target: ReportTarget = options["report"]
    form = FORMS[target.form]
    if target.file is not None:
        click.echo(write_short(report), err=True)  # the log of a failed CI job says why
    write(target, WRITERS[form](report, "run") if form else write_short(report))
    return report.severity in FAILING[options["fail_on"]]


def write(target: ReportTarget, text: str) -> None:
    """Write the report to its file; else JSON to standard output, and text to standard error.

    The command's own output stays alone on standard output. Raises OutputUnwritable.
    """
    if target.file is None:
        click.echo(text, err=target.form != "json")
        return
    try:
        with replacing(target.file) as file:
            file.write(f"{text}\n".encode())
    except OSError as error:
        raise OutputUnwritable(f"The report cannot be written to {target.file}: {error.strerror}.") from None
    click.echo(f"mockpin: the report is in {target.file}", err=True)


def write_short(report: GoLiveReport) -> str:
    """The readiness and its reasons, a line each."""
    from mockpin.reports.go_live.text import SIGNS

    reasons = (f"  {SIGNS[reason.severity]} {reason.sentence}" for reason in report.reasons)
    figures = f"{count(report.events, 'event')}, {report.processed:,} processed, {report.failed:,} failed."
    lines = [f"mockpin: {report.readiness.upper()}. {figures}", *reasons]
    return "\n".join(make_visible(line) for line in lines)
