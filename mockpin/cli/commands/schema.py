"""`mockpin schema`: the JSON Schemas of mockpin's own files, for editors."""

import click

from mockpin.schemas import SCHEMAS, find_schema


@click.command("schema", short_help="Print the JSON Schema of one of mockpin's own files.")
@click.argument("name", metavar="|".join(SCHEMAS), type=click.Choice(list(SCHEMAS)))
def command(*, name: str) -> None:
    """Print the JSON Schema of mockpin.toml (config), of a destination or of a journey.

    Editors complete and check these files with it: keep the output beside them, as docs/files.md shows.
    """
    click.echo(find_schema(name).read_text(encoding="utf-8"), nl=False)
