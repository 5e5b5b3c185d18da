"""`mockpin expect`: wait on a running server for the events that must come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson

from mockpin.cli.shared.configuration import overrules
from mockpin.cli.shared.errors import InputUnreadable, explain_unreadable
from mockpin.cli.shared.parameters import DURATION, FILE_PATH, TRUTH, WholeNumber, combine_options
from mockpin.cli.shared.right_server import choose_server, is_flag, server_options
from mockpin.client.history import History
from mockpin.emulator.history.event_fields import FILTERS
from mockpin.emulator.masking.texts import mask_text
from mockpin.expectations.expectations import expect
from mockpin.expectations.matching import PlainTextExpected

if TYPE_CHECKING:
    from mockpin.cli.shared.parameters import Decorator
    from mockpin.client.admin_client import AdminClient
    from mockpin.emulator.history.event_fields import EventFilter
    from mockpin.expectations.journeys import Journey, StepOutcome

#: What an expectation takes beside filters.
WORDS = ("payload", "count", "at_least")


def make_option(name: str, event_filter: EventFilter) -> Decorator:
    """The flag of a filter of the events."""
    text = click.Choice(event_filter.choices) if event_filter.choices else click.STRING
    kind = TRUTH if event_filter.kind is bool else text
    return click.option(*event_filter.options, name, type=kind, help=event_filter.about)


filter_options = combine_options(*(make_option(name, known) for name, known in FILTERS.items()))


def parse_payload(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> dict[str, Any]:
    """`custom_data.order_id=o1` is a text, `custom_data.num_items:=2` is JSON, by path."""
    payload: dict[str, Any] = {}
    for value in values:
        path, equals, text = value.partition("=")
        if not (path and equals):
            raise click.BadParameter(
                f"{mask_text(value)!r} is not PATH=TEXT, such as custom_data.order_id=o1."
            )
        try:
            payload[path.removesuffix(":")] = orjson.loads(text) if path.endswith(":") else text
        except orjson.JSONDecodeError as error:
            raise click.BadParameter(f"what follows {path}= is not JSON: {error}") from None
        if hint := suggest_path(path.removesuffix(":")):
            click.echo(f"Note: {hint}", err=True)
    return payload


def suggest_path(path: str) -> str | None:
    """What a payload path probably should be, if Pinterest knows no such field and nearly this one."""
    from mockpin_validator.contract.spelling import nearest
    from mockpin_validator.contract.vocabulary import fields

    known = [name.removeprefix("event.") for name in fields()]
    field = ".".join(step for step in path.split(".") if not step.isdecimal() and step != "*")
    near = None if field in known or field.startswith("custom_data.contents.") else nearest(field, known)
    return f"Pinterest knows no field {mask_text(field)}; did you mean {near}?" if near else None


@click.command(short_help="Wait for events to arrive; exit with 1 if they do not.")
@server_options()
@click.option("--count", type=WholeNumber(0), help="How many exactly; one too many fails at once.")
@click.option("--at-least", type=WholeNumber(0), help="How many at least; 1 where neither is given.")
@click.option(
    "--timeout",
    type=DURATION,
    default="0s",
    show_default=True,
    help="How long to wait, such as 10s; 0s checks once.",
)
@click.option("--after", type=WholeNumber(0), default=0, help="Only events with a greater seq.")
@click.option("--payload", multiple=True, callback=parse_payload, metavar="PATH=TEXT",
              help="A value in the payload, such as custom_data.order_id=o1; := takes JSON.")  # fmt: skip
@click.option("--journey", type=FILE_PATH, help="A TOML file of expected events for one or more visitors.")
@filter_options
def command(*, journey: Path | None, **said: Any) -> None:
    """Wait on a running server until events have come, and print them as JSON Lines.

    If they have not come in time, it shows the nearest misses and the refused requests and exits with 1.
    Duplicates and test requests count only where an option names them; failed events count, too, unless
    --status says processed. A --journey states its own events, counts and times.
    """
    server, context = choose_server(said), click.get_current_context()
    if said["count"] is not None and said["at_least"] is not None:
        said["at_least" if overrules(context, "count", "at_least") else "count"] = None
    if journey:
        refuse_beside_journey(context)
    stated = read_journey_option(journey)
    try:
        with server.administer() as admin:
            lines = ask(admin, stated, said)
    except PlainTextExpected as wrong:
        raise click.UsageError(str(wrong)) from None
    except AssertionError as unmet:
        click.echo(str(unmet), err=True)
        raise SystemExit(1) from None
    for line in lines:
        click.echo(line)


def refuse_beside_journey(context: click.Context) -> None:
    """Refuse a flag that the journey overrules; defaults of the environment and mockpin.toml are ignored."""
    words = (*WORDS, "timeout", *(name for name in FILTERS if name != "ad_account_id"))
    flags = [f"--{name.replace('_', '-')}" for name in words if is_flag(context, name)]
    if flags:
        raise click.UsageError(
            f"A --journey has its own events, counts and times: leave out {', '.join(flags)}."
        )


def ask(admin: AdminClient, journey: Journey | None, said: Mapping[str, Any]) -> Sequence[str | bytes]:
    """The journey's steps, or the events as JSON. Raises AssertionError when they have not come."""
    filters = {name: said[name] for name in FILTERS if said[name] is not None}
    history = History(admin, {name: filters[name] for name in ("ad_account_id",) if name in filters})
    if journey:
        return list_steps(history.expect_journey(journey, after=said["after"], **filters))
    expected = expect(filters, **{name: said[name] for name in WORDS})
    return list_events(history.expect(expected, timeout=said["timeout"], after=said["after"]))


def list_steps(outcomes: Iterable[StepOutcome]) -> list[str]:
    """A line for each step of a journey."""
    from mockpin.expectations.journeys import describe_outcomes

    return [*describe_outcomes(outcomes)]


def list_events(events: Iterable[Mapping[str, Any]]) -> list[bytes]:
    """A line of JSON for each event."""
    return [orjson.dumps(event) for event in events]


def read_journey_option(path: Path | None) -> Journey | None:
    """The journey of a file, None without a file. Raises InputUnreadable with what is wrong."""
    from mockpin.expectations.journey_files import JourneyInvalid, read_journey

    if path is None:
        return None
    try:
        return read_journey(path)
    except OSError as error:
        raise explain_unreadable(str(path), error) from None
    except JourneyInvalid as error:
        raise InputUnreadable(str(error)) from None
