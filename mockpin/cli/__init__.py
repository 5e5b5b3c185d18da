"""The command line: one file a command, loaded only when it is asked for.

Exit status: 0 clean; 1 findings, or an expectation not met; 2 usage, or input that cannot be read;
3 internal, the server cannot be reached, or the output or a file cannot be written; 130 interrupted. 141,
as shells say it, when the reader of the output has closed it (`mockpin demo | head -2`): neither clean nor
a finding.
"""

import io
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from traceback import extract_tb
from typing import Any

import click

from mockpin.cli.command_names import COMMANDS
from mockpin.cli.shared.configuration import configured, name_origin
from mockpin.cli.shared.errors import OutputUnwritable, describe_internal
from mockpin.emulator.masking.texts import mask_tokens
from mockpin_validator.contract.spelling import nearest

INTERRUPTED = 130
READER_GONE = 141
#: The standard streams, and what is done with each.
STREAMS = {"stdin": "r", "stdout": "w", "stderr": "w"}
#: The functions that write to the standard output: click's, and the last flush here.
WRITERS = ("echo", "watching_reader")


class ReaderGone(Exception):
    """The reader of standard output has closed it."""


@contextmanager
def watching_reader() -> Iterator[None]:
    """Write out what is said inside, however it ends.

    Raises ReaderGone, which click would call a finding, and OutputUnwritable.
    """
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        raise ReaderGone from None
    except OSError as error:
        if extract_tb(error.__traceback__)[-1].name not in WRITERS:
            raise
        drop_output()
        raise OutputUnwritable(f"Standard output cannot be written: {error.strerror}.") from None


def drop_output() -> None:
    """Send the rest of the output to the null device, since Python writes it once more when it exits."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class Commands(click.Group):
    """Finds a command in the module of its name."""

    def make_context(self, *args: Any, **more: Any) -> click.Context:
        """Read the command line, which may be --help and all there is to do. Raises ReaderGone."""
        with watching_reader():
            return super().make_context(*args, **more)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. Raises ReaderGone."""
        with watching_reader():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order a newcomer meets them."""
        del ctx
        return list(COMMANDS)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """The command that is named first. Raises UsageError, which names the one that was meant."""
        name = args[0]
        near = nearest(name, COMMANDS)
        if near and name not in COMMANDS:
            ctx.fail(f"No such command {name!r}. Did you mean {near}?")
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, taking its options from the environment and mockpin.toml too."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"mockpin.cli.commands.{cmd_name.replace('-', '_')}")
        return configured(module.command, table=cmd_name)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="mockpin", message="%(prog)s %(version)s")
def mockpin() -> None:
    """Test what you send to Pinterest's Conversions API without sending it to Pinterest.

    An option may also come from the environment (MOCKPIN_PORT for --port) or from mockpin.toml, which
    has a table for each command, such as [serve]. A flag beats the environment, which beats the file.
    """


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line and leave the process with design's exit status."""
    replace_closed_streams()
    sys.exit(run(args))


def replace_closed_streams() -> None:
    """Replace streams that the caller closed by empty ones, and let standard output take any text.

    It is written through a buffer; characters that its encoding lacks are written as escapes.
    """
    for name, mode in STREAMS.items():
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode))  # noqa: SIM115 - open as long as we run
    sys.stdout = buffered(sys.stdout)
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.errors == "strict":
        sys.stdout.reconfigure(errors="backslashreplace")


def buffered(stream: Any) -> Any:
    """A text stream that writes everything or raises.

    With PYTHONUNBUFFERED Python writes to the file itself, and drops what is left of a text when the reader
    goes in the middle of it.
    """
    raw = getattr(stream, "buffer", None)
    if not isinstance(raw, io.RawIOBase):
        return stream
    writer = io.BufferedWriter(raw)
    return io.TextIOWrapper(writer, stream.encoding, stream.errors, line_buffering=True)


def show_error(error: click.ClickException) -> None:
    """Write an error to standard error, without a token that was given in the wrong place."""
    with io.StringIO() as shown:
        error.show(shown)
        click.echo(mask_tokens(shown.getvalue()), nl=False, err=True)


def is_folder_gone() -> bool:
    """Whether the current folder, in which relative names start, has been deleted."""
    try:
        return not Path.cwd().is_dir()
    except FileNotFoundError:
        return True


def run(args: Sequence[str] | None) -> int:
    """The exit status of one command line."""
    try:
        answer = mockpin.main(args, prog_name="mockpin", standalone_mode=False)
    except click.ClickException as error:
        if isinstance(error, click.BadParameter):
            name_origin(error)
        show_error(error)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except ReaderGone:
        drop_output()
        return READER_GONE
    except Exception as error:  # noqa: BLE001 - whatever else happens is ours to own, with status 3
        if isinstance(error, FileNotFoundError) and is_folder_gone():
            click.echo("Error: The current folder no longer exists: change to another one.", err=True)
            return 2
        click.echo(describe_internal(error), err=True)
        return 3
    return answer if isinstance(answer, int) else 0
