"""`mockpin explain`: the documentation of fields and rules, offline."""

import click


@click.command(short_help="Explain a field of an event, or a rule.")
@click.argument("name", metavar="[FIELD|RULE]", required=False)
def command(*, name: str | None) -> None:
    """Explain what a FIELD of a conversion event holds or what a RULE wants, with examples and sources.

    A field goes by its name (value) or with the part it stands in (custom_data.value). Without a name, the
    names of all fields and rules are listed.
    """
    from mockpin.manuals.rules import find_examples
    from mockpin.rules import ROWS
    from mockpin_validator.contract.vocabulary import fields
    from mockpin_validator.handbook import entries, near

    if name is None:
        click.echo("\n".join(["Fields:", *fields(), "", "Rules:", *ROWS]))
        return
    found = entries(name, find_examples(), ROWS)
    if not found:
        meant = near(name, ROWS)
        hint = f"Did you mean {meant}?" if meant else "`mockpin explain` lists all names."
        raise click.UsageError(f"There is no field and no rule {name!r}. {hint}")
    click.echo("\n".join(found), nl=False)
