"""The emulator that `serve` and `run` start: its settings, destination and store, as the options ask."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from mockpin.cli.shared.errors import InputUnreadable, explain_unreadable
from mockpin.cli.shared.parameters import combine_options
from mockpin.emulator.settings.setting import SettingInvalid
from mockpin.emulator.settings.settings import FIELDS, read_settings

if TYPE_CHECKING:
    from mockpin.cli.shared.parameters import Decorator
    from mockpin.emulator.accounts import Accounts
    from mockpin.emulator.emulator import Emulator
    from mockpin.emulator.settings.settings import Origin, Settings

#: Where click found an option's value -> where the emulator says its setting comes from.
ORIGINS: Mapping[Any, Origin] = {
    ParameterSource.COMMANDLINE: "flag",
    ParameterSource.ENVIRONMENT: "environment",
    ParameterSource.DEFAULT_MAP: "mockpin.toml",
}


def make_option(name: str, about: Mapping[str, Any]) -> Decorator:
    """The flag of a setting, by its name and metadata."""
    default = about["shown"](about["default"])
    text = f"{about['about']} Takes {about['values']}.  [default: {default}]"
    return click.option(f"--{name.replace('_', '-')}", name, metavar="VALUE", help=text)


settings_options = combine_options(*(make_option(name, setting.metadata) for name, setting in FIELDS.items()))


def choose_settings(options: dict[str, Any]) -> Settings:
    """The settings by flag, environment, mockpin.toml, calibration and default, each knowing which."""
    from mockpin.cli.shared.calibrations import open_calibration, tell_effect

    calibration = open_calibration(options["calibration"]) if options["calibration"] else None
    context = click.get_current_context()
    chosen = {name: context.get_parameter_source(name) for name in FIELDS if options[name] is not None}
    try:
        settings = read_settings(
            {name: options[name] for name in chosen},
            {name: ORIGINS[source] for name, source in chosen.items()},
            calibration=calibration,
        )
    except SettingInvalid as error:
        (option,) = (param for param in context.command.params if param.name == error.name)
        message = f"{error.value!r} cannot be used: it takes {error.values}."
        raise click.BadParameter(message, ctx=context, param=option) from None
    for line in tell_effect(calibration, settings) if calibration else ():
        click.echo(f"{options['calibration']}: {line}", err=True)
    return settings


def build_emulator(settings: Settings, accounts: Accounts, options: dict[str, Any]) -> Emulator:
    """The emulator over its store. Raises StoreFailed."""
    from mockpin.emulator.breakdowns import LOGGER, make_handler
    from mockpin.emulator.emulator import Emulator, make_store
    from mockpin.emulator.history.obstacles import explained
    from mockpin.emulator.history.store_file import MEMORY
    from mockpin.emulator.logs import make_log

    path = MEMORY if options["store"] is None else options["store"]
    form = options["log_format"]
    log = None if form == "none" else make_log(sys.stderr, form=form)
    LOGGER.addHandler(make_handler(sys.stderr, form="text" if form == "none" else form))
    with explained(path):
        store = make_store(settings, path)
        return Emulator(settings, accounts=accounts, store=store, log=log)


def read_destination(path: Path | None) -> Mapping[str, Any]:
    """The form of a destination file, an empty one without a file; what may not be meant in it is told."""
    from mockpin.segment.destination_file import DestinationInvalid, list_warnings, read_usable

    if path is None:
        return {}
    try:
        form = read_usable(path)
    except OSError as error:
        raise explain_unreadable(str(path), error) from None
    except DestinationInvalid as error:
        raise InputUnreadable(f"{path}: {error}") from None
    for doubt in list_warnings(form):
        click.echo(f"{path}: {doubt}", err=True)
    return form
