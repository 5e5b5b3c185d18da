"""What can stop a command, and the exit status each has."""

from gzip import BadGzipFile
from traceback import extract_tb

import click


class InputUnreadable(click.ClickException):
    """What was given cannot be read or parsed; the message says what, where and what to do."""

    exit_code = 2


class ServerUnreachable(click.ClickException):
    """No server answers at the address that was given."""

    exit_code = 3


class OutputUnwritable(click.ClickException):
    """Standard output or a file cannot be written, as on a full disk."""

    exit_code = 3


class WorkFailed(click.ClickException):
    """A process was killed, or there is no room for temporary files or in memory."""

    exit_code = 3


def describe_internal(error: Exception) -> str:
    """One line that names the place and kind of a fault of ours, without a value it may have met."""
    place = extract_tb(error.__traceback__)[-1]
    what = f"{type(error).__name__} at {place.name}, line {place.lineno}"
    return f"Error: mockpin failed ({what}). This is a fault of mockpin: please report it."


def explain_unreadable(name: str, error: Exception) -> InputUnreadable:
    """What to say of a file that cannot be read, by what opening or reading it raised."""
    if isinstance(error, IsADirectoryError):
        return InputUnreadable(f"{name} is a directory: give the files in it.")
    if not isinstance(error, OSError) or isinstance(error, BadGzipFile):
        return InputUnreadable(f"{name_file(name)}: the compressed file is cut off or damaged.")
    return InputUnreadable(f"{name_file(name)} cannot be read: {error.strerror or error}.")


def name_file(name: str) -> str:
    """A file's name as a message gives it."""
    return "standard input" if name == "-" else name or "A file"
