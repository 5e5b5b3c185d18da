"""Values that should not stand on a command line: tokens, and plain text of match keys."""

import sys
from pathlib import Path

import click

from mockpin.cli.shared import parameters
from mockpin.cli.shared.errors import InputUnreadable, explain_unreadable
from mockpin_validator.files import open_path

#: Characters beyond which a file cannot be a token's.
LONGEST_TOKEN = 10_000


def read_token(file: Path) -> str:
    """The token in a file or on standard input. Raises InputUnreadable, never with the token."""
    try:
        return parameters.read_token(_read_beginning(file).decode())
    except OSError as error:
        raise explain_unreadable(str(file), error) from None
    except UnicodeDecodeError:
        raise InputUnreadable(f"{file} is not text: it should hold the token alone.") from None
    except click.BadParameter as error:
        raise InputUnreadable(f"{file}: {error.message}") from None


def _read_beginning(file: Path) -> bytes:
    if str(file) == "-":
        return sys.stdin.buffer.read(LONGEST_TOKEN)
    with open_path(file) as stream:
        return stream.read(LONGEST_TOKEN)


def read_plain(value: str) -> str:
    """The value, or for `-` the one line of standard input. Usage error for more, or what is not UTF-8."""
    try:
        if value == "-":
            return _read_line()
        # Where the locale is C, Python reads every byte beyond ASCII as a surrogate.
        return value.encode(errors="surrogateescape").decode()
    except (UnicodeDecodeError, UnicodeEncodeError) as error:
        # The value itself must not appear, so neither must the error that carries it.
        raise click.UsageError(f"The value is not UTF-8 (at its byte {error.start + 1}).") from None


def _read_line() -> str:
    line = sys.stdin.buffer.readline()
    if not sys.stdin.isatty() and sys.stdin.buffer.read().strip():
        raise click.UsageError("There is more than one line on standard input: give one value at a time.")
    return line.decode().rstrip("\r\n")
