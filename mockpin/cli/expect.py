"""`mockpin expect`: wait on a running server for the events that must come."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mockpin.cli.administration import administer
from mockpin.cli.errors import InputUnreadable
from mockpin.cli.parameters import DURATION, TOKEN, TRUTH, URL
from mockpin.core.masking import mask_text
from mockpin.expecting.matching import FILTERS
from mockpin.expecting.unmet import Unmet, describe_wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mockpin.expecting.journeys import Journey
    from mockpin.testing.admin_client import AdminClient

PAGE = 1000
NUMBERS = ("count", "at_least")


def filter_options(command: Callable[..., None]) -> Callable[..., None]:
    """A flag for every filter of the events."""
    for name, each in reversed(list(FILTERS.items())):
        kind = TRUTH if each.kind is bool else click.Choice(each.choices) if each.choices else click.STRING
        command = click.option(f"--{name.replace('_', '-')}", name, type=kind, help=each.about)(command)
    return command


def parse_payload(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> dict[str, Any]:
    """`custom_data.order_id=o1` is a text, `custom_data.num_items:=2` is JSON, by path."""
    import orjson  # noqa: PLC0415 - loaded when first needed

    payload: dict[str, Any] = {}
    for each in values:
        path, equals, text = each.partition("=")
        if not (path and equals):
            raise click.BadParameter(
                f"{mask_text(each)!r} is not PATH=TEXT, such as custom_data.order_id=o1."
            )
        try:
            payload[path.removesuffix(":")] = orjson.loads(text) if path.endswith(":") else text
        except orjson.JSONDecodeError as error:
            raise click.BadParameter(f"what follows {path}= is not JSON: {error}") from None
    return payload


@click.command(short_help="Wait until events have come; fail in CI if they do not.")
@click.option("--url", type=URL, default="http://127.0.0.1:7466", show_default=True, help="The server.")
@click.option("--count", type=click.IntRange(0), help="Exactly so many; one more fails at once.")
@click.option("--at-least", type=click.IntRange(0), help="So many or more; 1 when neither is said.")
@click.option(
    "--timeout",
    type=DURATION,
    default="0s",
    show_default=True,
    help="How long to wait, such as 10s; 0s looks once.",
)
@click.option("--after", type=click.IntRange(0), default=0, help="Only events with a greater seq.")
@click.option("--payload", multiple=True, callback=parse_payload, metavar="PATH=TEXT",
              help="A value in the payload, such as custom_data.order_id=o1; := takes JSON.")  # fmt: skip
@click.option(
    "--journey",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A file that states a whole course of events.",
)
@click.option("--admin-token", type=TOKEN, help="What the server's admin API asks for.")
@filter_options
def command(*, url: str, journey: Path | None, admin_token: str | None, **said: Any) -> None:
    """Wait on a running server until events have come, and print them as JSON Lines.

    Exits with 1 and the nearest misses when they have not come in time. Duplicates and test requests
    count only where an option names them. A --journey brings its own counts and times.
    """
    if said["count"] is not None and said["at_least"] is not None:
        raise click.UsageError("--count and --at-least exclude each other: give one of them.")
    stated = read_stated(journey) if journey else None
    with administer(url, admin_token=admin_token) as admin:
        met = check_journey(admin, stated, said) if stated else check_events(admin, said)
    if not met:
        raise SystemExit(1)


def check_events(admin: AdminClient, said: Mapping[str, Any]) -> bool:
    """Wait for the events, and print them, or what came closest."""
    import orjson  # noqa: PLC0415 - loaded when first needed

    order = make_order(said)
    outcome = admin.post("expect", order, wait=said["timeout"])
    if outcome["met"]:
        for event in outcome["events"]:
            click.echo(orjson.dumps(event))
        return True
    match, numbers = order["match"], {name: said[name] for name in NUMBERS}
    wanted = describe_wanted(chosen(said), match["payload"], **numbers)
    click.echo(str(Unmet(wanted, outcome["count"], outcome["nearest"], outcome["events"])), err=True)
    return False


def make_order(said: Mapping[str, Any]) -> dict[str, Any]:
    """What the admin API's `expect` takes."""
    numbers = {name: said[name] for name in NUMBERS if said[name] is not None}
    match = {**chosen(said), "payload": said["payload"]}
    return {"match": match, "after": said["after"], "timeout_ms": round(said["timeout"] * 1000), **numbers}


def chosen(said: Mapping[str, Any]) -> dict[str, Any]:
    """The filters that were given."""
    return {name: said[name] for name in FILTERS if said[name] is not None}


def check_journey(admin: AdminClient, journey: Journey, said: Mapping[str, Any]) -> bool:
    """Wait for everything that the journey states, and print each step with a tick or a cross."""
    from mockpin.expecting.journeys import describe_outcomes  # noqa: PLC0415 - loaded when first needed

    fetch = partial(list_events, admin, after=said["after"], **chosen(said))
    outcomes = journey.watch(fetch, clock=time.monotonic, sleep=time.sleep)
    met = all(each.met for each in outcomes)
    for line in describe_outcomes(outcomes):
        click.echo(line, err=not met)
    return met


def list_events(admin: AdminClient, *, after: int, **filters: Any) -> list[dict[str, Any]]:
    """Every event that the filters choose, page by page."""
    found: list[dict[str, Any]] = []
    while True:
        page = admin.get("events", after=after, limit=PAGE, **filters)
        found += page["events"]
        if len(page["events"]) < PAGE:
            return found
        after = page["next"]


def read_stated(path: Path) -> Journey:
    """The journey of a file, or why it is none."""
    from mockpin.expecting.journey_files import JourneyInvalid, read_journey  # noqa: PLC0415 - loaded when first needed

    try:
        return read_journey(path)
    except OSError as error:
        raise InputUnreadable(f"{path} cannot be read: {error.strerror}.") from None
    except JourneyInvalid as error:
        raise InputUnreadable(str(error)) from None
