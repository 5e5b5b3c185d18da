"""`mockpin calibrate`: ask the real service what it does, and let the emulator do the same."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click
import orjson

from mockpin.addresses import API, is_loopback
from mockpin.cli.shared.calibrations import open_calibration, show_drift, show_probes, tell_missing, to_json
from mockpin.cli.shared.errors import InputUnreadable, OutputUnwritable, ServerUnreachable
from mockpin.cli.shared.interruption import interrupted_once
from mockpin.cli.shared.parameters import AD_ACCOUNT, FILE_PATH, FOLDER_PATH, TOKEN, URL
from mockpin.cli.shared.private_inputs import read_token
from mockpin.cli.shared.probe_files import read_probes, write_probes
from mockpin.cli.shared.targets import AD_ACCOUNT_VARIABLES, TARGET, check_target, confirm

if TYPE_CHECKING:
    from mockpin.calibration.interview import Interview
    from mockpin.calibration.probes import Probe
    from mockpin.emulator.settings.calibrations import Calibration

OUT = Path("mockpin-calibration.json")


@click.command(short_help="Ask the real service what it does, and let the emulator do the same.")
@click.option("--to", "url", type=TARGET, callback=check_target, metavar="URL|pinterest",
              help="The service to ask: a URL, or pinterest for the real one.")  # fmt: skip
@click.option(
    "--ad-account", type=AD_ACCOUNT, metavar="ID", envvar=AD_ACCOUNT_VARIABLES, help="Your ad account."
)
@click.option("--token-file", metavar="F", type=click.Path(path_type=Path, allow_dash=True),
              help="The file that holds its conversion token; - reads standard input.")  # fmt: skip
@click.option(
    "--out", type=FILE_PATH, default=OUT, show_default=True, help="The file that keeps the calibration."
)
@click.option("--yes", is_flag=True, help="Do not ask before anything is sent or printed.")
@click.option("--dry-run", is_flag=True, help="Print the requests, one on each line; send nothing.")
@click.option("--check", type=FILE_PATH, metavar="F",
              help="Check a calibration against this mockpin, or with --to against the service.")  # fmt: skip
@click.option(
    "--share", type=FILE_PATH, metavar="F", help="Print the part of a calibration that may be published."
)
@click.option("--probes", "folder", type=FOLDER_PATH, metavar="DIR",
              help="A folder with more probes, sent after the shipped ones.")  # fmt: skip
@click.option(
    "--from-shadow",
    type=URL,
    metavar="URL",
    help="Write the requests that this server's shadow judged differently to --probes.",
)
@click.option("--admin-token", type=TOKEN, help="The token that this server's admin API requires.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="For people, or for machines.")  # fmt: skip
def command(
    *, share: Path | None, dry_run: bool, check: Path | None, url: str | None, **options: Any
) -> None:
    """Ask a service about each point on which Pinterest's documentation is silent or contested.

    At most 40 test requests about made-up people are sent; no conversion is recorded. The answers and the
    settings that follow are kept in a file: `mockpin serve --calibration F` then does as your account
    observed. --check exits with 1 if the emulator, or with --to the service, now answers otherwise.
    Exits with 2 if the service does not accept the token or the ad account, with 3 if it does not answer.
    """
    if options["from_shadow"]:
        if options["folder"] is None:
            raise click.UsageError("Name the folder for the probes with --probes.")
        write_probes(options["from_shadow"], options["folder"], admin_token=options["admin_token"])
    elif share:
        share_calibration(share, yes=options["yes"])
    elif dry_run:
        print_requests(options["ad_account"] or "ID", url, read_probes(options["folder"]))
    elif check and not url:
        report_drift(open_calibration(check), None, form=options["form"])
    elif url is None:
        raise click.UsageError("Name the service with --to, such as --to pinterest, or try --dry-run.")
    elif check:
        known = open_calibration(check)
        report_drift(known, ask_service(url, options), form=options["form"])
    else:
        calibrate(url, options)


def calibrate(url: str, options: dict[str, Any]) -> None:
    """Ask the service, keep the calibration and show it."""
    from mockpin.calibration.calibrating import make_calibration

    check_out(options["out"])
    interview = ask_service(url, options)
    if not interview.answered:
        raise SystemExit(tell_end(interview))
    calibration = make_calibration(
        interview, read_probes(options["folder"]), service=url, ad_account_id=options["ad_account"]
    )
    kept = keep_calibration(calibration, options["out"])
    if options["form"] == "json":
        click.echo(orjson.dumps(to_json(calibration), option=orjson.OPT_INDENT_2))
    else:
        show_calibration(calibration, kept)
    raise SystemExit(tell_end(interview))


def ask_service(url: str, options: dict[str, Any]) -> Interview:
    """The service's answers to the probes, once the user agrees."""
    from mockpin.calibration.interview import hold_interview
    from mockpin.calibration.services import RemoteService
    from mockpin.calibration.session import ProbeSession

    ad_account, token = require_credentials(options)
    probes = read_probes(options["folder"])
    confirm_sending(url, ad_account, probes, options)
    with RemoteService(url, ad_account, token) as service, interrupted_once():
        return hold_interview(ProbeSession(service), probes, progress=tell_question)


def require_credentials(options: dict[str, Any]) -> tuple[str, str]:
    """The ad account and the token. Raises UsageError and InputUnreadable, never with the token."""
    ad_account, file = options["ad_account"], options["token_file"]
    if not ad_account:
        raise click.UsageError("Name your ad account with --ad-account: 1 to 18 digits.")
    if file is None:
        raise click.UsageError("Name the file with the token with --token-file; - reads standard input.")
    if str(file) == "-" and not options["yes"]:
        raise click.UsageError("With the token on standard input, mockpin cannot ask: add --yes.")
    return ad_account, read_token(file)


def confirm_sending(url: str, ad_account: str, probes: Sequence[Probe], options: dict[str, Any]) -> None:
    """Say what will be sent and ask, unless --yes says so. Raises UsageError without a terminal to ask on."""
    from mockpin.calibration.session import MAX_REQUESTS

    click.echo(
        f"{len(probes)} questions go to {url} for the ad account {ad_account}: at most {MAX_REQUESTS} "
        "requests with ?test=true, about made-up people. No conversion is recorded.",
        err=True,
    )
    if url.startswith("http:") and not is_loopback(urlsplit(url).hostname or ""):
        click.echo("The connection is not encrypted: the token can be read on the way.", err=True)
    if options["yes"]:
        return
    if not sys.stdin.isatty():
        raise click.UsageError("Standard input is not a terminal, so mockpin cannot ask: add --yes.")
    confirm("Send them?", otherwise="Nothing was sent.")


def tell_question(probe: Probe) -> None:
    """Say on a terminal which question is asked."""
    if sys.stderr.isatty():
        click.echo(f"  {probe.question}", err=True)


def print_requests(ad_account: str, url: str | None, probes: Sequence[Probe]) -> None:
    """The requests as they would be sent; those that depend on earlier answers are described."""
    import time

    from mockpin.calibration.services import PINTEREST

    target = f"{url or PINTEREST}{API}/ad_accounts/{ad_account}/events?test=true"
    for probe in probes:
        events = [variant.build(time.time()) for variant in probe.variants]
        about = {"name": probe.name, "question": probe.question, "about": probe.about}
        request = {"method": "POST", "url": target, "body": {"data": events} if events else None}
        click.echo(orjson.dumps({**about, **request}))


def check_out(path: Path) -> None:
    """Refuse, before anything is asked, a file that cannot be written or that is something else."""
    if not os.access(path.parent, os.W_OK):
        raise OutputUnwritable(
            f"{path} cannot be written: the folder {path.parent.absolute()} is missing or read-only."
        )
    if os.access(path, os.F_OK) and not path.is_file():
        raise InputUnreadable(f"{path} is not a regular file: name one with --out.")
    if os.access(path, os.F_OK):
        open_calibration(path)


def keep_calibration(calibration: Calibration, path: Path) -> Path:
    """Write the calibration; an incomplete one never replaces a file that is there.

    One that cannot be written is printed, so that no answer is lost. Raises OutputUnwritable.
    """
    from mockpin.emulator.settings.calibrations import write_calibration

    if calibration.missing and os.access(path, os.F_OK):
        path = path.with_name(f"{path.name}.partial")
    try:
        write_calibration(calibration, path)
    except OSError as error:
        click.echo(orjson.dumps(calibration.to_dict(), option=orjson.OPT_INDENT_2))
        raise OutputUnwritable(
            f"{path} cannot be written: {error.strerror}. The calibration is on standard output instead."
        ) from None
    return path


def show_calibration(calibration: Calibration, path: Path) -> None:
    """The table, and what to do with the file."""
    differing = sum(probe["agrees"] is False for probe in calibration.probes)
    click.echo(show_probes(calibration))
    click.echo(f"{differing} of {len(calibration.probes)} answers differ from mockpin's defaults.")
    click.echo(f"Kept in {path}. To emulate what was observed: mockpin serve --calibration {path}")


def tell_end(interview: Interview) -> int:
    """The exit status, after saying what is missing and why. Raises ServerUnreachable and InputUnreadable."""
    from mockpin.calibration.failures import CredentialsRefused

    if interview.interrupted:
        tell_missing(interview.missing)
        return 130
    if interview.failure and not interview.answered:
        kind = InputUnreadable if isinstance(interview.failure, CredentialsRefused) else ServerUnreachable
        raise kind(str(interview.failure))
    tell_missing(interview.missing)
    return 3 if interview.missing else 0


def report_drift(known: Calibration, interview: Interview | None, *, form: str) -> None:
    """Compare with the emulator, or with what the service answers now; exit with 1 where they differ."""
    from mockpin.calibration.calibrating import check_offline, check_online

    drifts = check_online(known, interview) if interview else check_offline(known)
    if form == "json":
        changed = [{"name": drift.name, "recorded": drift.recorded, "now": drift.now} for drift in drifts]
        click.echo(orjson.dumps(to_json(known, changed=changed), option=orjson.OPT_INDENT_2))
    else:
        click.echo(show_drift(drifts) if drifts else "Everything is answered as it was recorded.")
        tell_unreproduced(known, online=interview is not None)
    raise SystemExit(1 if drifts else interview and tell_end(interview))


def tell_unreproduced(known: Calibration, *, online: bool) -> None:
    """Name the answers that no setting expresses: the emulator never gave them."""
    for probe in () if online else known.probes:
        if not probe["reproduced"]:
            click.echo(f"No setting expresses the answer to {probe['name']}: {probe['observed']}.", err=True)


def share_calibration(path: Path, *, yes: bool) -> None:
    """Show what may be pasted into a public issue, ask, and print it."""
    from mockpin.calibration.sharing import write_shared

    text = write_shared(open_calibration(path))
    if not yes:
        if not sys.stdin.isatty():
            raise click.UsageError("Standard input is not a terminal, so mockpin cannot ask: add --yes.")
        click.echo(text, err=True)
        confirm("Is there nothing in it that should stay private? Print it", otherwise="It was not printed.")
    click.echo(text, nl=False)
