"""`mockpin serve`: the emulator on a port of this machine."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from pathlib import Path
from random import SystemRandom
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from mockpin.accounts import Accounts, AdAccountInvalid, mint_ad_account_id, mint_token
from mockpin.cli.errors import InputUnreadable
from mockpin.settings import FIELDS, SettingInvalid, read_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from socket import socket

    from mockpin.emulator import Emulator
    from mockpin.server import Server
    from mockpin.settings import Origin, Settings

RANDOM = SystemRandom()
MEMORY = ":memory:"
EXAMPLES = {"--account": "549755885175=pina_ABC", "--tag": "2612345678901=549755885175"}
#: Big batches are many dictionaries at once: looking for cycles among them at every turn is wasted.
THRESHOLDS = (50_000, 50, 100)
ORIGINS: Mapping[Any, Origin] = {
    ParameterSource.COMMANDLINE: "flag",
    ParameterSource.ENVIRONMENT: "environment",
    ParameterSource.DEFAULT_MAP: "mockpin.toml",
}


def settings_options(command: Callable[..., None]) -> Callable[..., None]:
    """A flag for every setting."""
    for name, each in reversed(list(FIELDS.items())):
        default = each.metadata["shown"](each.metadata["default"])
        about = f"{each.metadata['about']} {upper(each.metadata['values'])} [default: {default}]"
        command = click.option(f"--{name.replace('_', '-')}", name, metavar="TEXT", help=about)(command)
    return command


def upper(text: str) -> str:
    """A text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    default=7466,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="The port; 0 takes a free one.",
)
@click.option(
    "--port-file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the port here once it listens.",
)
@click.option(
    "--store", type=click.Path(dir_okay=False), help="Keep the history in this file; else in memory."
)
@click.option(
    "--account", "accounts", multiple=True, metavar="ID=TOKEN", help="An ad account and its conversion token."
)
@click.option("--tag", "tags", multiple=True, metavar="TID=ID", help="A tag and its ad account.")
@click.option(
    "--access-token", metavar="T", help="The OAuth token of the sibling endpoints; made if not given."
)
@click.option("--accept-any", is_flag=True, help="Let every token open every ad account.")
@click.option(
    "--destination",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where Segment's events go, as JSON; without it every preset is in force.",
)
@click.option(
    "--admin-token", metavar="T", help="Ask for it at the admin API, and let other machines in there."
)
@click.option("--allow-host", "hosts", multiple=True, metavar="H", help="A further host name of this server.")
@click.option(
    "--log-format", type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="One line a request, for people or for machines.",
)  # fmt: skip
@settings_options
def command(*, host: str, port: int, port_file: Path | None, **options: Any) -> None:
    """Serve Pinterest's Conversions API, its tag and Segment's ingest on this machine.

    Without --account it makes an ad account and prints its id and token. SIGTERM and SIGINT end it.
    """
    from mockpin.server import AddressTaken, listen  # noqa: PLC0415 - a command is loaded to be described, too
    from mockpin.store_file import StoreFailed  # noqa: PLC0415 - as above

    settings = choose_settings(options)
    try:
        listener = listen(host, port)
        server, emulator = build_server(settings, listener, options)
    except (AddressTaken, StoreFailed) as error:
        raise InputUnreadable(str(error)) from None
    try:
        asyncio.run(run(server, lambda: announce(server, port_file)))
    finally:
        emulator.close()


def choose_settings(options: dict[str, Any]) -> Settings:
    """The settings by flag, environment, mockpin.toml and default, each knowing which."""
    context = click.get_current_context()
    chosen = {name: context.get_parameter_source(name) for name in FIELDS if options[name] is not None}
    try:
        return read_settings(
            {name: options[name] for name in chosen},
            {name: ORIGINS[source] for name, source in chosen.items()},
        )
    except SettingInvalid as error:
        raise click.UsageError(str(error)) from None


def build_server(settings: Settings, listener: socket, options: dict[str, Any]) -> tuple[Server, Emulator]:
    """The emulator behind its server. Raises StoreFailed."""
    from mockpin.emulator import Emulator  # noqa: PLC0415 - a command is loaded to be described, too
    from mockpin.logs import make_log  # noqa: PLC0415 - as above
    from mockpin.server import Server  # noqa: PLC0415 - as above
    from mockpin.store import Store  # noqa: PLC0415 - as above
    from mockpin.web.access import Access  # noqa: PLC0415 - as above
    from mockpin.web.app import build_app  # noqa: PLC0415 - as above
    from mockpin.web.gateway import make_gateway  # noqa: PLC0415 - as above

    store = Store(options["store"] or MEMORY, bound=settings.history)
    emulator = Emulator(
        settings,
        accounts=open_accounts(options),
        store=store,
        log=make_log(sys.stderr, form=options["log_format"]),
    )
    access = Access(options["hosts"], options["admin_token"])
    app = build_app(emulator, access=access, destination=read_destination(options["destination"]))
    return Server(make_gateway(app), listener), emulator


def read_destination(path: Path | None) -> Mapping[str, Any]:
    """The form of a destination file that can be used, an empty one without a file."""
    from mockpin.destination_file import DestinationInvalid, read_usable  # noqa: PLC0415 - loaded when wanted

    if path is None:
        return {}
    try:
        return read_usable(path)
    except OSError as error:
        raise InputUnreadable(f"{path} cannot be read: {error.strerror}.") from None
    except DestinationInvalid as error:
        raise InputUnreadable(str(error)) from None


def open_accounts(options: dict[str, Any]) -> Accounts:
    """The ad accounts that were named, or one that is made and printed."""
    tags = {
        ad_account_id: tag_id for tag_id, ad_account_id in (split(tag, "--tag") for tag in options["tags"])
    }
    named = [split(account, "--account") for account in options["accounts"]]
    accounts = Accounts(access_token=given_or_made(options, "access_token"), accept_any=options["accept_any"])
    if not named:
        named = [(mint_ad_account_id(RANDOM), mint_token(RANDOM))]
        click.echo("ad account {} with conversion token {}".format(*named[0]))
    for ad_account_id, token in named:
        try:
            accounts.add(ad_account_id, token, tags.pop(ad_account_id, None))
        except AdAccountInvalid as error:
            raise click.UsageError(str(error)) from None
    if tags:
        raise click.UsageError(f"--tag names the ad account {next(iter(tags))}, which no --account opens.")
    return accounts


def given_or_made(options: dict[str, Any], name: str) -> str:
    """A token that was given, or one that is made and printed."""
    if options[name]:
        return str(options[name])
    made = mint_token(RANDOM)
    click.echo(f"{name.replace('_', ' ')} {made}")
    return made


def split(pair: str, flag: str) -> tuple[str, str]:
    """`A=B` as two texts."""
    left, equals, right = pair.partition("=")
    if not (left and equals and right):
        raise click.UsageError(f"{flag} takes two values joined by '=', such as {EXAMPLES[flag]}.")
    return left, right


def announce(server: Server, port_file: Path | None) -> None:
    """Say where the server is, on standard output and in the port file."""
    if port_file:
        try:
            port_file.write_text(f"{server.port}\n", encoding="utf-8")
        except OSError as error:
            raise InputUnreadable(f"{port_file} cannot be written: {error.strerror}.") from None
    click.echo(f"mockpin ready {server.url}")
    sys.stdout.flush()


async def run(server: Server, ready: Callable[[], None]) -> None:
    """Serve until SIGTERM or SIGINT."""
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, server.stop)
    gc.freeze()  # what is loaded by now stays: the collector need not look at it again
    gc.set_threshold(*THRESHOLDS)
    serving = asyncio.create_task(server.serve())
    await asyncio.to_thread(server.started.wait)
    ready()
    await serving
