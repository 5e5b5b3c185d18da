"""`mockpin mutate`: labelled bad payloads from a good one, to test error handling with."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import orjson

from mockpin.cli.shared.documents import read_document
from mockpin.cli.shared.errors import InputUnreadable, OutputUnwritable, name_file
from mockpin.cli.shared.parameters import FOLDER_PATH
from mockpin.strategies.mutations import BODY_MUTATIONS, MUTATIONS, STATUSES, BadPayload, mutate
from mockpin_validator.contract.spelling import suggest
from mockpin_validator.files import read_whole
from mockpin_validator.wording import count


def _read_payload(file: str) -> dict[str, Any]:
    try:
        payload = read_document(file)
    except InputUnreadable as error:
        raise InputUnreadable(f"{error.message} Give a file that holds one good payload.") from None
    return _wrap(payload, name_file(file))


def _wrap(payload: Any, name: str) -> dict[str, Any]:
    """The payload; a bare conversion event becomes a batch of one."""
    if isinstance(payload, dict) and "data" not in payload:
        payload = {"data": [payload]}
    events = payload["data"] if isinstance(payload, dict) else None
    if not isinstance(events, list) or not events or not isinstance(events[0], dict):
        message = f'{name}: no event to mutate. Give a payload, {{"data": [...]}}, or one conversion event.'
        raise InputUnreadable(message)
    return _require_good({"data": events}, name)


def _require_good(payload: dict[str, Any], name: str) -> dict[str, Any]:
    """The payload, if its only fault may be its age: a label holds for one fault alone."""
    from mockpin_validator import validate

    wrong = [
        finding for finding in validate(payload, ignore_time=True).findings if finding.severity == "error"
    ]
    if wrong:
        message = f"{name} has an error already. {wrong[0].path}: {wrong[0].message} {wrong[0].fix}"
        raise InputUnreadable(f"{message} Give a payload without errors: mutate adds them.")
    return payload


def _check_rules(_ctx: click.Context, _param: click.Parameter, rules: tuple[str, ...]) -> tuple[str, ...]:
    known = sorted({mutation.rule for mutation in MUTATIONS + BODY_MUTATIONS})
    for rule in rules:
        if rule not in known:
            raise click.BadParameter(f"No mutation breaks a rule named {rule!r}; {suggest(rule, known)}")
    return rules


@click.command(short_help="Make labelled bad payloads from a good one.")
@click.argument("file", metavar="FILE|-")
@click.option("--into", "folder", type=FOLDER_PATH,
              help="The folder to write into, a file for each body and labels.json beside them, in place"
              " of those of an earlier run; no other file is touched.")  # fmt: skip
@click.option(
    "--rule",
    "rules",
    multiple=True,
    callback=_check_rules,
    help="Only mutations that break this rule. May be repeated.",
)
@click.option("--verdict", "verdicts", multiple=True, type=click.Choice(list(STATUSES)),
              help="Only mutations with this outcome. May be repeated.")  # fmt: skip
@click.option("--rebase-time", is_flag=True, help="First set the time of every event to now.")
def command(
    file: str,
    *,
    folder: Path | None,
    rules: tuple[str, ...],
    verdicts: tuple[str, ...],
    rebase_time: bool,
) -> None:
    """Write labelled bad payloads, made from the good payload in FILE (- for standard input).

    Each has one fault and says which rule it breaks and how Pinterest must answer: 400 (refused),
    422 (failed) or 200 (warned). They are written as JSON Lines to standard output, or to a file each with
    --into. Your sender should cope with all of them. The labels hold as long as Pinterest would take the good
    payload: --rebase-time makes its events new.
    """
    good = _read_payload(file)
    if rebase_time:
        now = int(time.time())
        good = {"data": [{**event, "event_time": now} for event in good["data"]]}
    wanted = [bad for bad in mutate(good) if _is_asked_for(bad, rules, verdicts)]
    if not wanted:
        raise click.UsageError("No mutation fits both --rule and --verdict: leave out one of them.")
    if folder:
        fill_folder(folder, wanted)
        click.echo(f"{count(len(wanted), 'bad payload')} and {LABELS} written to {folder}", err=True)
    else:
        for bad in wanted:
            click.echo(orjson.dumps(bad.to_dict()))


def _is_asked_for(bad: BadPayload, rules: tuple[str, ...], verdicts: tuple[str, ...]) -> bool:
    return (not rules or bad.mutation.rule in rules) and (not verdicts or bad.mutation.verdict in verdicts)


LABELS = "labels.json"
NAMES = {mutation.name for mutation in MUTATIONS + BODY_MUTATIONS}


def fill_folder(folder: Path, bad_payloads: Sequence[BadPayload]) -> None:
    """Write the bodies and their labels in place of those of an earlier run.

    Raises InputUnreadable when another file is in the way, OutputUnwritable when the folder cannot be
    written.
    """
    files = {f"{bad.mutation.name}.json": bad.body for bad in bad_payloads}
    labels = {bad.mutation.name: _label(bad) for bad in bad_payloads}
    files[LABELS] = orjson.dumps(labels, option=orjson.OPT_INDENT_2)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _clear(folder, files)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise OutputUnwritable(f"{folder} cannot be written to: {error.strerror}.") from error


def _clear(folder: Path, names: dict[str, bytes]) -> None:
    """Remove what an earlier run wrote, unless one of the names is somebody else's file."""
    ours = _read_earlier(folder)
    for name in names:
        if name not in ours and (folder / name).exists():
            raise InputUnreadable(
                f"{folder / name} exists and was not written by mockpin mutate: name another folder."
            )
    for name in ours:
        (folder / name).unlink(missing_ok=True)


def _read_earlier(folder: Path) -> set[str]:
    """The files of an earlier run, by its labels."""
    try:
        labels = orjson.loads(read_whole(folder / LABELS))
    except (FileNotFoundError, orjson.JSONDecodeError):
        return set()
    if not isinstance(labels, dict) or not labels.keys() <= NAMES:
        return set()
    return {LABELS, *(f"{name}.json" for name in labels)}


def _label(bad: BadPayload) -> dict[str, Any]:
    return {key: value for key, value in bad.to_dict().items() if key in {"rule", "verdict", "status", "why"}}
