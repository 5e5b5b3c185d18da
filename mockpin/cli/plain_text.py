"""Plain text of a match key, from the command line or unseen from standard input."""

import sys

import click


def read_plain(value: str) -> str:
    """The value, or for `-` the first line of standard input. Usage error for what is not UTF-8."""
    try:
        if value == "-":
            return sys.stdin.buffer.readline().decode().rstrip("\r\n")
        value.encode()
    except (UnicodeDecodeError, UnicodeEncodeError) as error:
        # The value itself must not appear, so neither must the error that carries it.
        raise click.UsageError(f"The value is not UTF-8 (at its byte {error.start + 1}).") from None
    return value
