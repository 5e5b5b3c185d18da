"""Kinds of values that several commands take."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import click

from mockpin.durations import DurationUnreadable, parse_duration


class Duration(click.ParamType[float]):
    """A length of time such as 10s or 25h, in seconds."""

    name = "duration"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Seconds."""
        try:
            return parse_duration(value)
        except DurationUnreadable as error:
            return self.fail(str(error), param, ctx)


class Url(click.ParamType[str]):
    """Where a server is, such as http://127.0.0.1:7466, without a slash at its end."""

    name = "url"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The URL without a slash at its end."""
        try:
            parts = urlsplit(value)
            usable = parts.scheme in ("http", "https") and parts.hostname and (parts.port or 1)
        except ValueError:
            usable = False
        if not usable:
            self.fail(f"{value!r} is no URL of a server, such as http://127.0.0.1:7466.", param, ctx)
        return str(value).rstrip("/")


DURATION = Duration()
URL = Url()
