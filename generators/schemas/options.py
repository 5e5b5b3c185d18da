"""The JSON Schema of an option's value in `mockpin.toml`."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import click

from mockpin.cli.shared.configuration import flag_of
from mockpin.emulator.settings.durations import SHAPE
from mockpin.emulator.settings.settings import FIELDS
from mockpin.emulator.settings.texts import parse_count, parse_size, parse_span, parse_switch

Schema = dict[str, Any]

#: Options that only the command line may have: no file chooses another file, or sends events away.
COMMAND_LINE_ONLY = ("config", "shadow")
URL: Schema = {"type": "string", "pattern": "^https?://"}
BOOLEAN: Schema = {"type": "boolean"}
DURATION: Schema = {"type": ["string", "number"], "minimum": 0, "pattern": rf"^\s*{SHAPE.pattern}\s*$"}
#: How the values of settings look, by the function that reads them; others are texts.
SETTINGS: Mapping[Callable[[str], Any], Schema] = {
    parse_count: {"type": "integer", "minimum": 1},
    parse_size: {"type": ["string", "integer"]},
    parse_span: {"type": "string", "pattern": DURATION["pattern"]},
    parse_switch: {"enum": ["on", "off"]},
}
#: Types of options by their name.
TYPES: Mapping[str, Schema] = {
    click.BOOL.name: BOOLEAN,
    "true|false": BOOLEAN,
    "duration": DURATION,
    "url": URL,
    "id": {"type": ["string", "integer"]},
    click.STRING.name: {"type": ["string", "integer"]},
}


def list_options(command: click.Command) -> Iterator[click.Option]:
    """Yield every option that the table of a command may hold; a group's are those of its commands."""
    commands = command.commands.values() if isinstance(command, click.Group) else [command]
    for subcommand in commands:
        for param in subcommand.params:
            if isinstance(param, click.Option) and flag_of(param) not in COMMAND_LINE_ONLY:
                yield param


def describe_option(option: click.Option) -> Schema:
    """The schema of an option's value, with its help. A repeated option takes one value or a list."""
    schema = _describe_setting(option) or _describe_type(option.type)
    if option.multiple:
        schema = {"anyOf": [schema, {"type": "array", "items": schema}]}
    return {"description": option.help or "", **schema}


def _describe_setting(option: click.Option) -> Schema | None:
    """The schema of a setting's value; None for an option that is not a setting."""
    setting = FIELDS.get(option.name or "")
    if setting is None or option.metavar != "VALUE":
        return None
    parse = setting.metadata["parse"]
    choices = getattr(parse, "__self__", None)  # `one_of` looks its values up in a table
    if isinstance(choices, dict):
        return {"enum": [*choices, *(value for value in choices.values() if not isinstance(value, str))]}
    return SETTINGS.get(parse, {"type": "string"})


def _describe_type(kind: "click.ParamType[Any]") -> Schema:
    if isinstance(kind, click.Choice):
        return {"enum": list(kind.choices)}
    if isinstance(kind, click.IntRange):
        bounds = {"minimum": kind.min, "maximum": kind.max}
        return {"type": "integer", **{name: bound for name, bound in bounds.items() if bound is not None}}
    return TYPES.get(kind.name, {"type": "string"})
