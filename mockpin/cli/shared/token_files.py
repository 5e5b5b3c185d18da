"""Tokens from files or standard input, so that none stands on a command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mockpin.cli.shared.errors import InputUnreadable, explain_unreadable
from mockpin.cli.shared.parameters import TOKEN

if TYPE_CHECKING:
    from pathlib import Path

#: Characters beyond which a file cannot be a token's.
LONGEST_TOKEN = 10_000


def read_token(file: Path) -> str:
    """The token in a file or on standard input. Raises InputUnreadable, never with the token."""
    try:
        with click.open_file(str(file), encoding="utf-8") as stream:
            text = stream.read(LONGEST_TOKEN)
        return TOKEN.convert(text, None, None)
    except OSError as error:
        raise explain_unreadable(str(file), error) from None
    except UnicodeDecodeError:
        raise InputUnreadable(f"{file} is not text: it should hold the token alone.") from None
    except click.BadParameter as error:
        raise InputUnreadable(f"{file}: {error.message}") from None
