"""Plain text of a match key, from the command line or unseen from standard input."""

import sys

import click


def read_plain(value: str) -> str:
    """The value, or for `-` the one line of standard input. Usage error for more, or what is not UTF-8."""
    try:
        if value == "-":
            return _read_line()
        value.encode()
    except (UnicodeDecodeError, UnicodeEncodeError) as error:
        # The value itself must not appear, so neither must the error that carries it.
        raise click.UsageError(f"The value is not UTF-8 (at its byte {error.start + 1}).") from None
    return value


def _read_line() -> str:
    line = sys.stdin.buffer.readline()
    if not sys.stdin.isatty() and sys.stdin.buffer.read().strip():
        raise click.UsageError("There is more than one line on standard input: give one value at a time.")
    return line.decode().rstrip("\r\n")
