"""The options of shadow mode, and its beginning and end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from mockpin.cli.shared.parameters import AD_ACCOUNT, FILE_PATH, combine_options
from mockpin.cli.shared.private_inputs import read_token
from mockpin.cli.shared.targets import TARGET, check_target

if TYPE_CHECKING:
    from mockpin.emulator.emulator import Emulator
    from mockpin.emulator.pipeline.answers import Answer

    Observer = Callable[[Any, Answer], object]

WARNING = (
    "SHADOW MODE: conversion events that the API receives are also sent to {url}, for the ad account "
    "{account}, with ?test=true. They leave this machine. Hits of the tag and what is not JSON are not sent."
)


shadow_options = combine_options(
    click.option("--shadow", type=TARGET, callback=check_target, metavar="URL|pinterest",
                 help="Send what the API receives to this service too, and compare."),
    click.option("--shadow-token-file", type=FILE_PATH, metavar="F",
                 help="The file that holds the service's conversion token."),
    click.option("--shadow-ad-account", type=AD_ACCOUNT, metavar="ID", help="The ad account at the service."),
)  # fmt: skip


def require_shadow(options: dict[str, Any]) -> tuple[str, str, str] | None:
    """URL, ad account and token of shadow mode, None without it. Raises UsageError and InputUnreadable."""
    url, file, account = (options[name] for name in ("shadow", "shadow_token_file", "shadow_ad_account"))
    if url is None:
        return None
    if click.get_current_context().get_parameter_source("shadow") is not ParameterSource.COMMANDLINE:
        raise click.UsageError(
            "Shadow mode sends events away, so --shadow must be on the command line itself."
        )
    if file is None:
        raise click.UsageError("Name the file with the service's token with --shadow-token-file.")
    if not account:
        raise click.UsageError(
            "Name your ad account at the service with --shadow-ad-account: 1 to 18 digits."
        )
    return url, account, read_token(file)


@contextmanager
def shadowing(emulator: Emulator, credentials: tuple[str, str, str] | None) -> Iterator[Observer | None]:
    """What is to be told each answer while shadow mode runs; None without it."""
    if credentials is None:
        yield None
        return
    from mockpin.calibration.services import RemoteService
    from mockpin.calibration.shadow import Shadow

    url, account, token = credentials
    click.echo(WARNING.format(url=url, account=account), err=True)
    with RemoteService(url, account, token) as service, Shadow(service, emulator) as shadow:
        try:
            yield shadow.offer
        finally:
            click.echo(shadow.summary(), err=True)
