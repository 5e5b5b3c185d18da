"""`mockpin explain`: the documentation of everything that a message names, offline."""

import click


@click.command(short_help="Explain a field, a rule, an answer, a name or a setting.")
@click.argument("name", metavar="[NAME|SENTENCE]", required=False)
def command(*, name: str | None) -> None:
    """Explain a field, a rule, an observation, an answer, an event name, an action source or a setting.

    A field goes by its name (value) or with its part (custom_data.value), an answer by its status (422), its
    code (953) or Pinterest's sentence in quotes. The path of a finding, such as /data/0/user_data/em/0,
    names its field. Without a name, all names are listed.
    """
    from mockpin.cli.shared.explanations import explain_more, find_examples, list_names
    from mockpin.rules import ROWS
    from mockpin_validator.contract.spelling import nearest
    from mockpin_validator.contract.vocabulary import fields
    from mockpin_validator.handbook import entries, near

    if name is None:
        click.echo("\n".join(["Fields:", *fields(), "", "Rules:", *ROWS, "", "Others:", *list_names()]))
        return
    name = read_path(name)
    examples = find_examples()
    found = (*entries(name, examples, ROWS), *explain_more(name, examples))
    if not found:
        short = {field.partition(".")[2] for field in fields()}
        meant = nearest(name, [*short, *fields(), *ROWS, *list_names()]) or near(name, ROWS)
        hint = f"Did you mean {meant}?" if meant else "`mockpin explain` lists all names."
        raise click.UsageError(f"Nothing here is called {name!r}. {hint}")
    click.echo("\n".join(found), nl=False)


def read_path(name: str) -> str:
    """The field that the path of a finding leads to, such as `user_data.em`; any other name as it is."""
    if not name.startswith("/"):
        return name
    steps = [step for step in name.split("/") if step and not step.isdecimal()]
    return ".".join([step for step in steps if step not in ("data", "*")][-2:])
