"""Kinds of values that several commands take."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from mockpin.addresses import find_server
from mockpin.emulator import accounts
from mockpin.emulator.settings.durations import DurationUnreadable, parse_duration
from mockpin.moments import read_iso

#: A host name or an IPv4 address; or an IPv6 address, which has colons.
_HOST = re.compile(r"[A-Za-z0-9_-]++(?:\.[A-Za-z0-9_-]++)*+|[0-9A-Fa-f]*+:[0-9A-Fa-f:.]++")
_UNPRINTABLE = re.compile(r"[\s\x00-\x1f\x7f]")


#: Seconds that a command waits at most: a year.
LONGEST = 366 * 86400


class OptionValue(click.ParamType):  # type: ignore[type-arg]  # click takes a type argument from 8.4 on
    """Values that `read` makes of an option's text; it raises `click.BadParameter` for others."""

    def __init__(self, name: str, read: Callable[[Any], Any]) -> None:
        self.name, self.read = name, read

    def convert(self, value: Any, _param: click.Parameter | None, _ctx: click.Context | None) -> Any:
        """What is made of the text."""
        return self.read(value)


class WholeNumber(click.IntRange):
    """A whole number within limits, whatever click calls it."""

    name = "whole number"


def read_duration(text: str) -> float:
    """The seconds of a length of time such as 10s or 25h."""
    try:
        seconds = parse_duration(text)
    except DurationUnreadable as error:
        raise click.BadParameter(str(error)) from None
    if seconds > LONGEST:
        raise click.BadParameter(f"{text!r} is longer than a year: write a shorter time, such as 10s.")
    return seconds


def read_url(text: str) -> str:
    """Where a server is, such as http://127.0.0.1:7466, without a slash or Pinterest's /v5 at its end.

    The error does not repeat the value, which may be a token.
    """
    if not is_usable(text):
        raise click.BadParameter("This is not the URL of a server, such as http://127.0.0.1:7466.")
    return find_server(text)


def read_token(value: Any) -> str:
    """A token that a request's header can carry, without white space around it. It is never shown."""
    token = str(value).strip()
    if not token:
        raise click.BadParameter("The token is empty: give one, or leave the option out.")
    if not accounts.TOKEN.fullmatch(token):
        raise click.BadParameter(
            "The token holds a character that no HTTP header can carry, such as a line break:"
            " give the token alone."
        )
    return token


def read_ad_account_id(value: Any) -> str:
    """The id of an ad account. The error does not repeat the value, which may be a token."""
    ad_account_id = str(value)  # mockpin.toml may hold a number
    if not accounts.AD_ACCOUNT_ID.fullmatch(ad_account_id):
        raise click.BadParameter("This is not an ad account id, which has 1 to 18 digits.")
    return ad_account_id


def read_host(text: str) -> str:
    """The name or address of a host, without scheme, port or brackets, in lower case."""
    if not _HOST.fullmatch(text):
        raise click.BadParameter(f"{text!r} is not a host name: write it alone, such as mockpin.test.")
    return text.lower()


def read_truth(text: str) -> bool:
    """The boolean that true or false is."""
    try:
        return click.BOOL.convert(text, None, None)
    except click.BadParameter:
        raise click.BadParameter(f"{text!r} is neither true nor false: write one of these.") from None


def is_usable(url: str) -> bool:
    """Whether a request can be sent there."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna")
        parts.port  # noqa: B018 - reading it checks it
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and not _UNPRINTABLE.search(url)


FILE_PATH = click.Path(path_type=Path, dir_okay=False)
FOLDER_PATH = click.Path(path_type=Path, file_okay=False)
DURATION = OptionValue("duration", read_duration)
URL = OptionValue("url", read_url)
TOKEN = OptionValue("token", read_token)
AD_ACCOUNT = OptionValue("id", read_ad_account_id)
TRUTH = OptionValue("true|false", read_truth)
HOST = OptionValue("host", read_host)


#: Adds one or more options to the function of a command.
Decorator = Callable[[Callable[..., None]], Callable[..., None]]


def combine_options(*options: Decorator) -> Decorator:
    """A decorator that adds several options to a command, which `--help` lists in this order."""

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


#: Unix seconds, up to the year 5138.
_SECONDS = re.compile(r"[0-9]{1,11}(\.[0-9]+)?")


def read_instant(_ctx: click.Context, _param: click.Parameter, value: str | None) -> float | None:
    """Unix seconds of a time; one without an offset is in UTC. Raises `click.BadParameter` for others."""
    if value is None:
        return None
    try:
        return float(value) if _SECONDS.fullmatch(value) else read_iso(value)
    except (ValueError, OverflowError):
        raise click.BadParameter(
            f"{value!r} is not a time: write 2026-03-01T12:00:00Z or Unix seconds such as 1772366400."
        ) from None


def check_region(_ctx: click.Context, _param: click.Parameter, region: str | None) -> str | None:
    """The region in capitals, once it is known that its phone numbers can be read."""
    if not region:
        return None
    from mockpin_transformer import RegionUnavailable
    from mockpin_transformer.match_keys.normalization import select_stages

    try:
        select_stages("documented", region.upper())
    except RegionUnavailable as error:
        raise click.BadParameter(str(error)) from error
    return region.upper()


region_option = click.option(
    "--region",
    metavar="CC",
    callback=check_region,
    help="The country of phone numbers without a country code, such as US.",
)


def normalization_option(default: str) -> Decorator:
    """The option --normalization of a command with this default."""
    return click.option(
        "--normalization",
        type=click.Choice(["documented", "segment"]),
        default=default,
        show_default=True,
        help="Normalize match keys as Pinterest documents, or as Segment does.",
    )
