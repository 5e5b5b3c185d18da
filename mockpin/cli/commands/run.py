"""`mockpin run`: a command with an emulator of its own, to which everything it sends to Pinterest goes."""

from __future__ import annotations

import os
import shlex
import signal
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from threading import Event
from types import FrameType
from typing import TYPE_CHECKING, Any, NoReturn

import click

from mockpin.cli.commands.report import expect_option, fail_on_option
from mockpin.cli.shared.credentials import RANDOM, account_options
from mockpin.cli.shared.emulators import build_emulator, choose_settings, read_destination, settings_options
from mockpin.cli.shared.errors import InputUnreadable, OutputUnwritable
from mockpin.cli.shared.interruption import interrupted_once
from mockpin.cli.shared.parameters import FILE_PATH, HOST, WholeNumber
from mockpin.cli.shared.run_report import REPORT, ReportTarget, judge_run

if TYPE_CHECKING:
    from mockpin.emulator.emulator import Emulator
    from mockpin.interception.environment import OpenAccount
    from mockpin.interception.session import Interception

#: Seconds to go on serving after the command has ended, for requests that it left on the way.
LINGER = 0.1
#: Seconds between two looks whether a signal came, for a run without a command.
LOOK = 0.5
#: Signals that end a run without a command.
ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


@click.command(
    "run",
    short_help="Run a command whose traffic to Pinterest and Segment goes to an emulator.",
    context_settings={"allow_interspersed_args": False},
)
@click.argument("words", metavar="[--] COMMAND...", nargs=-1, type=click.UNPROCESSED)
@expect_option
@click.option(
    "--journey", type=FILE_PATH, help="A TOML file of expected events, checked when the command has ended."
)
@click.option("--report", type=REPORT, default="short", show_default=True,
              help="What to report: short, full, json, html=FILE or none.")  # fmt: skip
@fail_on_option
@click.option("--intercept", "further", multiple=True, type=HOST, metavar="HOST",
              help="Another host whose requests mockpin answers. May be repeated.")  # fmt: skip
@click.option(
    "--print-env",
    is_flag=True,
    help="Print the environment variables. Without a command, serve until SIGTERM or Ctrl-C.",
)
@click.option("--port", default=0, envvar="MOCKPIN_RUN_PORT", type=WholeNumber(0, 65535),
              show_default=True, help="The emulator's port; 0 takes a free one.")  # fmt: skip
@click.option(
    "--store",
    type=click.Path(dir_okay=False),
    envvar="MOCKPIN_RUN_STORE",
    help="The SQLite file to keep the history in. Without it the history is kept in memory.",
)
@account_options
@click.option(
    "--accept-any/--known-accounts-only",
    default=True,
    show_default=True,
    help="Whether to accept every token for every ad account, so that the sender's own works.",
)
@click.option("--destination", type=FILE_PATH,
              help="A JSON file with the settings of the Segment destination.")  # fmt: skip
@click.option("--calibration", type=FILE_PATH,
              help="A file written by `mockpin calibrate`: behave as it observed.")  # fmt: skip
@click.option("--log-format", type=click.Choice(["none", "text", "json"]), default="none", show_default=True,
              help="Whether and how to log each request, on standard error.")  # fmt: skip
@settings_options
def command(*, words: tuple[str, ...], **options: Any) -> None:
    """Run a command, unchanged, against an emulator of its own, and report on what it sent.

    mockpin answers everything that the command sends to Pinterest's Conversions API, its tag or Segment.
    It refuses requests to other hosts of Pinterest and passes all others on. At the end it says to which
    hosts the command sent requests and whether the sender may go live.

    Exits with the command's status, or with 1 when the command succeeded but the report fails. The status is
    127 for a command that is not found, and 128 + n for one that signal n ended.
    """
    options["report"], words = take_report_file(options["report"], words)
    if not words and not options["print_env"]:
        raise click.UsageError("Say which command to run, such as: mockpin run -- npm test")
    if options["report"].form == "none" and options["expected"]:
        raise click.UsageError("--expect is checked by the report: leave out --report none.")
    raise SystemExit(run(words, options))


def take_report_file(report: ReportTarget, words: tuple[str, ...]) -> tuple[ReportTarget, tuple[str, ...]]:
    """The report with its file, which `--report html FILE` has before the command. Raises UsageError."""
    if report.form != "html" or report.file:
        return report, words
    if words[1:2] != ("--",):
        raise click.UsageError(
            "An HTML report needs a file: --report html=FILE, or --report html FILE -- COMMAND."
        )
    return ReportTarget("html", Path(words[0])), words[2:]


def run(words: Sequence[str], options: dict[str, Any]) -> int:
    """Run the command and report; the exit status."""
    from mockpin.cli.commands.expect import read_journey_option
    from mockpin.interception.child import CommandUnusable

    journey = read_journey_option(options["journey"])
    try:
        with leaving_cleanly(), ExitStack() as exits:
            emulator, interception = intercept(exits, options)
            status = run_child(words, interception, options) if words else serve_until_ended(interception)
            with ending_with(status):
                failed = judge_run(emulator, interception, journey, {**options, "words": words})
    except CommandUnusable as unusable:
        click.echo(str(unusable), err=True)
        return unusable.status
    return status or int(failed)


@contextmanager
def ending_with(status: int) -> Iterator[None]:
    """Let a report that cannot be written end with the command's status, if the command failed."""
    try:
        yield
    except OutputUnwritable as unwritable:
        if not status:
            raise
        unwritable.show()
        raise SystemExit(status) from None


@contextmanager
def leaving_cleanly() -> Iterator[None]:
    """Leave by an exception on the signals that end a run, so that nothing stays behind."""
    handlers = {sign: signal.signal(sign, leave) for sign in ENDING if sign != signal.SIGINT}
    try:
        with interrupted_once():
            yield
    finally:
        for sign, handler in handlers.items():
            signal.signal(sign, handler)


def leave(number: int, _frame: FrameType | None) -> NoReturn:
    """Leave with the status of a process that the signal ended."""
    raise SystemExit(128 + number)


def intercept(exits: ExitStack, options: dict[str, Any]) -> tuple[Emulator, Interception]:
    """The emulator and the interception in front of it, until the exits are closed."""
    from mockpin.emulator.history.store_errors import StoreFailed
    from mockpin.interception.hosts import HostTable
    from mockpin.interception.session import Interception
    from mockpin.serving.server import AddressTaken
    from mockpin.web.app import build_app

    settings, destination = choose_settings(options), read_destination(options["destination"])
    account = choose_account(options["accounts"], os.environ)
    try:
        emulator = exits.enter_context(
            closing(build_emulator(settings, open_accounts(account, options), options))
        )
        app = build_app(emulator, destination=destination)
        table = HostTable(options["further"])
        made = Interception(app, table, account, inherited=os.environ, port=options["port"])
        return emulator, exits.enter_context(made)
    except (AddressTaken, StoreFailed) as error:
        raise InputUnreadable(str(error)) from None
    except OSError as error:
        raise OutputUnwritable(
            f"The certificates and hooks of the run cannot be written: {error.strerror}. Set TMPDIR to a"
            " folder that can be written."
        ) from None


def choose_account(named: Mapping[str, str], environment: Mapping[str, str]) -> OpenAccount:
    """The first ad account that is named; else the sender's own, of the environment; else a new one."""
    from mockpin.emulator.accounts import AD_ACCOUNT_ID, TOKEN, mint_ad_account_id, mint_token
    from mockpin.interception.environment import OpenAccount

    if named:
        return OpenAccount(*next(iter(named.items())))
    own_id = environment.get("PINTEREST_AD_ACCOUNT_ID", "")
    own_token = environment.get("PINTEREST_CONVERSION_TOKEN", "")
    return OpenAccount(
        own_id if AD_ACCOUNT_ID.fullmatch(own_id) else mint_ad_account_id(RANDOM),
        own_token if TOKEN.fullmatch(own_token) else mint_token(RANDOM),
    )


def open_accounts(account: OpenAccount, options: Mapping[str, Any]) -> Any:
    """The ad accounts of the run."""
    from mockpin.cli.shared.credentials import open_accounts as open_named

    named = {account.ad_account_id: account.conversion_token, **options["accounts"]}
    accounts, _ = open_named(
        named,
        options["tags"],
        access_token=None,
        accept_any=options["accept_any"],
        provisional=None if options["accounts"] else account.ad_account_id,
    )
    return accounts


def print_environment(environment: Mapping[str, str], *, to_errors: bool) -> None:
    """Print the variables as a POSIX shell reads them."""
    lines = [f"export {name}={shlex.quote(value)}" for name, value in environment.items()]
    click.echo("\n".join(lines), err=to_errors)
    sys.stdout.flush()


def run_child(words: Sequence[str], interception: Interception, options: Mapping[str, Any]) -> int:
    """Run the command to its end; its status."""
    from mockpin.interception.child import Child

    if options["print_env"]:
        print_environment(interception.environment, to_errors=True)
    child = Child(words, {**os.environ, **interception.environment})
    status = child.run()
    time.sleep(LINGER)
    for line in describe_end(status, left_processes=child.has_left_processes()):
        click.echo(f"mockpin: {line}", err=True)
    return status


def describe_end(status: int, *, left_processes: bool) -> Iterator[str]:
    """Why the report may be about a part of what the sender has to send."""
    if status:
        yield f"the command ended with status {status}: the report is about what it sent until then."
    if left_processes:
        yield "processes of the command still run: the report is about what they have sent so far."


def serve_until_ended(interception: Interception) -> int:
    """Print the environment, and serve until a signal ends the run; 0."""
    ended = Event()
    handlers = {sign: signal.signal(sign, lambda *_: ended.set()) for sign in ENDING}
    print_environment(interception.environment, to_errors=False)
    while not ended.wait(LOOK):  # a signal that comes just before it waits does not wake it
        pass
    time.sleep(LINGER)
    for sign, handler in handlers.items():
        signal.signal(sign, handler)
    return 0
