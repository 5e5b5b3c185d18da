"""The JSON Schema of `mockpin.toml`: a table for each command, `[rules]` and `[observations]`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from generators.schemas.options import describe_option, list_options
from mockpin.cli import mockpin
from mockpin.cli.command_names import COMMANDS
from mockpin.cli.shared.configuration import flag_of
from mockpin.cli.shared.severities import WORDS
from mockpin.observations.limits import MEMBERS, OFF
from mockpin.observations.rules import OBSERVATION_RULES
from mockpin.rules import ROWS
from mockpin_validator.judging.finding import SEVERITIES
from mockpin_validator.judging.rule import DocumentRule

if TYPE_CHECKING:
    from mockpin.observations.rule import ObservationRule

    Schema = dict[str, Any]

#: What a limit of an observation may be, by its name in `MEMBERS`.
LIMITS: Schema = {
    "severity": {"enum": [*SEVERITIES, OFF]},
    "least": {"type": "integer", "minimum": 1, "description": "The smallest number of events that counts."},
    "threshold": {
        "type": "number",
        "exclusiveMinimum": 0,
        "maximum": 1,
        "description": "The share of events that counts.",
    },
}


def build_config_schema() -> Schema:
    """The whole schema. Keys may be written with `-` or `_`, as mockpin reads them."""
    context = click.Context(mockpin, info_name="mockpin")
    commands = {name: mockpin.get_command(context, name) for name in COMMANDS}
    tables = {name: _describe_command(name, command) for name, command in commands.items() if command}
    return {
        "type": "object",
        "properties": {**tables, "rules": _describe_rules(), "observations": _describe_observations()},
        "additionalProperties": False,
    }


def _describe_command(name: str, command: click.Command) -> Schema:
    options = {flag_of(option): describe_option(option) for option in list_options(command)}
    return {
        "type": "object",
        "description": f"Defaults for `mockpin {name}`.",
        "properties": options,
        "patternProperties": {
            f"^{flag.replace('-', '[-_]')}$": {"$ref": f"#/properties/{name}/properties/{flag}"}
            for flag in options
            if "-" in flag
        },
        "additionalProperties": False,
    }


def _describe_rules() -> Schema:
    rows = {name: row for name, row in ROWS.items() if not (isinstance(row, DocumentRule) and row.fixed)}
    return {
        "type": "object",
        "description": "The severity of single rules.",
        "properties": {name: {"enum": list(WORDS), "description": row.summary} for name, row in rows.items()},
        "additionalProperties": False,
    }


def _describe_observations() -> Schema:
    return {
        "type": "object",
        "description": "When rules over many events report.",
        "properties": {name: _describe_observation(rule) for name, rule in OBSERVATION_RULES.items()},
        "additionalProperties": False,
    }


def _describe_observation(rule: ObservationRule) -> Schema:
    members = {name: LIMITS[name] for name in MEMBERS if name != "threshold" or rule.threshold is not None}
    table = {"type": "object", "properties": members, "additionalProperties": False}
    return {"description": rule.summary, "anyOf": [LIMITS["severity"], table]}
