"""`mockpin why-hash`: which recipe gives this hash, and which one would be right?"""

import click

from mockpin.cli.shared.private_inputs import read_plain


@click.command(short_help="Say how a hash was made, and how to make the right one.")
@click.argument("key")
@click.argument("hash", metavar="HASH")
@click.option("--plain", metavar="VALUE|-",
              help="The value itself; - reads it from standard input, unseen by other users.")  # fmt: skip
def command(*, key: str, hash: str, plain: str | None) -> None:  # noqa: A002 - click names it after its argument
    """Say which recipe gives HASH, a hash of the match key KEY (em, ph, ge, db, fn, ln, ct, st, zp ...).

    Genders, countries, states, birth dates and words for nothing are recognized without the plain value.
    Others, such as e-mail addresses, are too many to try: say with --plain which value it should be.
    Exits with 0 when the hash is as documented, 1 when it is not or cannot be recognized.
    """
    from mockpin_validator.contract.vocabulary import find_meant_name
    from mockpin_validator.forensics import explain_hash
    from mockpin_validator.forensics.values import NORMALIZATION

    if key not in NORMALIZATION:
        meant = find_meant_name(key, NORMALIZATION)
        hint = f" Did you mean {meant}?" if meant else ""
        raise click.BadParameter(
            f"{key!r} is not a hashed match key; those are {', '.join(NORMALIZATION)}.{hint}"
        )
    value = None if plain is None else read_plain(plain)
    explanation = explain_hash(key, hash, value)
    click.echo(explanation.message)
    if explanation.recipe is None and value is None:
        click.echo(
            "Give the value with --plain (--plain - reads it unseen), and it is hashed in every way known.",
            err=True,
        )
    raise SystemExit(0 if explanation.conforms else 1)
