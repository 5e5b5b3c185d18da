"""What is said when something of our own went wrong: one line, with a type and a place, and no value."""

import logging
from pathlib import PurePath
from traceback import walk_tb
from typing import TextIO

import orjson

from mockpin.emulator.history.store_errors import StoreClosed, StoreFailed

LOGGER = logging.getLogger("mockpin")


class JsonLine(logging.Formatter):
    """A line for machines: `{time, level, message}`, the time in Unix seconds."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one JSON object."""
        said = {"time": record.created, "level": record.levelname.lower(), "message": record.getMessage()}
        return orjson.dumps(said).decode()


FORMATTERS = {"text": logging.Formatter, "json": JsonLine}


def make_handler(stream: TextIO, *, form: str) -> logging.Handler:
    """What writes the lines of `LOGGER` on a stream, `form` being text or json as for requests."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(FORMATTERS[form]())
    return handler


def report_breakdown(error: BaseException) -> None:
    """Log an error that should not have been; its own message may hold personal data, unless it is a store's.

    Whatever is under way at the end of a server may meet a closed store, which is not an error.
    """
    if isinstance(error, StoreClosed):
        return
    if isinstance(error, StoreFailed):
        LOGGER.error("%s", error)
        return
    places = [(frame.f_globals.get("__name__", "?"), line) for frame, line in walk_tb(error.__traceback__)]
    # Jinja calls a template's module by its path.
    where = "".join(f" at {PurePath(name).name}:{line}" for name, line in places[-1:])
    LOGGER.error("mockpin broke down: %s%s. Please report it.", type(error).__name__, where)
