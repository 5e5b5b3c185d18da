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


class Duration(click.ParamType):  # type: ignore[type-arg]  # click takes a type argument from 8.4 on
    """A length of time such as 10s or 25h, in seconds."""

    name = "duration"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Seconds."""
        try:
            seconds = parse_duration(value)
        except DurationUnreadable as error:
            return self.fail(str(error), param, ctx)
        if seconds > LONGEST:
            self.fail(f"{value!r} is longer than a year: write a shorter time, such as 10s.", param, ctx)
        return seconds


class Url(click.ParamType):  # type: ignore[type-arg]  # click takes a type argument from 8.4 on
    """Where a server is, such as http://127.0.0.1:7466, without a slash or Pinterest's /v5 at its end."""

    name = "url"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The URL of the server itself. The error does not repeat the value, which may be a token."""
        if not is_usable(value):
            self.fail("This is not the URL of a server, such as http://127.0.0.1:7466.", param, ctx)
        return find_server(value)


class TokenParameter(click.ParamType):  # type: ignore[type-arg]  # click takes a type argument from 8.4 on
    """A token that a request's header can carry. It is never shown."""

    name = "token"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The token without white space around it."""
        token = str(value).strip()
        if not token:
            self.fail("The token is empty: give one, or leave the option out.", param, ctx)
        if not accounts.TOKEN.fullmatch(token):
            self.fail("The token holds a character that no HTTP header can carry, such as a line break:"
                      " give the token alone.", param, ctx)  # fmt: skip
        return token


class AdAccountId(click.ParamType):  # type: ignore[type-arg]  # click takes a type argument from 8.4 on
    """The id of an ad account. The error does not repeat the value, which may be a token."""

    name = "id"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The id."""
        ad_account_id = str(value)  # mockpin.toml may hold a number
        if not accounts.AD_ACCOUNT_ID.fullmatch(ad_account_id):
            self.fail("This is not an ad account id, which has 1 to 18 digits.", param, ctx)
        return ad_account_id


class Host(click.ParamType):  # type: ignore[type-arg]  # click takes a type argument from 8.4 on
    """The name or address of a host, without scheme, port or brackets, in lower case."""

    name = "host"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The host."""
        if not _HOST.fullmatch(value):
            self.fail(f"{value!r} is not a host name: write it alone, such as mockpin.test.", param, ctx)
        return str(value).lower()


class Truth(click.ParamType):  # type: ignore[type-arg]  # click takes a type argument from 8.4 on
    """true or false."""

    name = "true|false"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> bool:
        """The boolean."""
        try:
            return click.BOOL.convert(value, param, ctx)
        except click.BadParameter:
            return self.fail(f"{value!r} is neither true nor false: write one of these.", param, ctx)


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
DURATION = Duration()
URL = Url()
TOKEN = TokenParameter()
AD_ACCOUNT = AdAccountId()
TRUTH = Truth()
HOST = Host()


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
    from mockpin_transformer import RegionUnavailable
    from mockpin_transformer.match_keys.normalization import column

    region = region and region.upper()
    try:
        column("documented", region)
    except RegionUnavailable as error:
        raise click.BadParameter(str(error)) from error
    return region


region_option = click.option(
    "--region",
    metavar="CC",
    callback=check_region,
    help="The country of phone numbers without a country code, such as US.",
)
normalization_option = click.option(
    "--normalization",
    type=click.Choice(["documented", "segment"]),
    default="documented",
    show_default=True,
    help="Normalize match keys as Pinterest documents, or as Segment does.",
)
