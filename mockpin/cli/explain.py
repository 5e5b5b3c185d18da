"""`mockpin explain`: the documentation of fields and rules, offline."""

import click


@click.command()
@click.argument("name", metavar="[FIELD|RULE]", required=False)
def command(*, name: str | None) -> None:
    """What a FIELD of a conversion event holds, or what a RULE wants, with examples and sources.

    A field goes by its name (value) or with the part it stands in (custom_data.value). Without a name, the
    names of all fields and rules are listed.
    """
    from mockpin.fixtures import ROOT  # noqa: PLC0415 - loaded when first needed
    from validator.handbook import entries, examples_in, near  # noqa: PLC0415 - as above
    from validator.rules import RULES  # noqa: PLC0415 - as above
    from validator.vocabulary import fields  # noqa: PLC0415 - as above

    if name is None:
        click.echo("\n".join(["Fields:", *fields(), "", "Rules:", *RULES]))
        return
    found = entries(name, examples_in(ROOT / "rules"))
    if not found:
        meant = near(name)
        hint = f"Did you mean {meant}?" if meant else "`mockpin explain` lists all names."
        raise click.UsageError(f"There is no field and no rule {name!r}. {hint}")
    click.echo("\n".join(found), nl=False)
