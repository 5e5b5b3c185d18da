"""`mockpin contract diff`: what a newer description of Pinterest's changes against our contract."""

from typing import Any

import click

from mockpin.cli.shared.documents import read_document
from mockpin.cli.shared.errors import InputUnreadable, name_file


@click.group()
def command() -> None:
    """Compare mockpin's contract with other descriptions of it."""


@command.command(short_help="Show where a newer description differs.")
@click.argument("openapi", metavar="NEW-OPENAPI.json|-")
def diff(*, openapi: str) -> int:
    """Show where NEW-OPENAPI.json, a newer OpenAPI document of Pinterest's, differs from mockpin's contract.

    Compares fields, types, limits, enumerations and listed names of the request that carries conversion
    events. Exits with 0 when they are the same, 1 when they differ, 2 when the file is not such a document.
    """
    from mockpin_validator.contract.description import DescriptionUnusable, differences

    try:
        found = differences(_read(openapi))
    except DescriptionUnusable as error:
        raise InputUnreadable(f"{name_file(openapi)} cannot be compared. {error}") from None
    for difference in found:
        click.echo(str(difference))
    click.echo(f"differences: {len(found)}", err=True)
    return 1 if found else 0


def _read(name: str) -> Any:
    try:
        return read_document(name)
    except InputUnreadable as error:
        raise InputUnreadable(f"{error.message} A description is taken as JSON, not as YAML.") from None
