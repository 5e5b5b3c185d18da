"""Events out of files for `transform` and `send`: JSON, JSON Lines, either compressed by gzip."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from mockpin.cli.errors import InputUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from validator.archive.lines import Document

#: The members under which requests hold their events: Segment's batch, Pinterest's payload.
HOLDERS = ("batch", "data")


class Located(NamedTuple):
    """An event and where it was read."""

    event: Any
    place: str


def read_events(names: Iterable[str]) -> Iterator[Located]:
    """Every event of the files, `-` being standard input; InputUnreadable where one cannot be read."""
    from validator.archive.sources import Part  # noqa: PLC0415 - loaded when first needed

    for name in names:
        try:
            for document in Part(name).documents(sys.stdin.buffer):
                if not document.text.isspace():
                    yield from _events_of(_parse(document, name), f"{_shown(name)}:{document.line}")
        except OSError as error:
            raise InputUnreadable(f"{_shown(name)} cannot be opened: {error.strerror}.") from error


def read_mapping(path: Path) -> Any:
    """The JSON of a mapping file."""
    from transformer.js import parse_json  # noqa: PLC0415 - loaded when first needed

    try:
        return parse_json(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputUnreadable(f"{path} cannot be opened: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise InputUnreadable(f"{path} is not JSON: {error}. A mapping is a JSON object.") from error


def _parse(document: Document, name: str) -> Any:
    from transformer.js import parse_json  # noqa: PLC0415 - loaded when first needed

    place = f"{_shown(name)}, line {document.line}"
    if document.flaw:
        raise InputUnreadable(f"{place}: {document.flaw}.")
    try:
        return parse_json(document.text.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputUnreadable(f"{place} is not UTF-8 (byte {error.start}).") from None
    except RecursionError:
        raise InputUnreadable(f"{place} is nested too deeply.") from None
    except ValueError as error:
        raise InputUnreadable(f"{place} is not JSON: {error}. Give JSON, or one event a line.") from None


def _events_of(document: Any, place: str) -> Iterator[Located]:
    """One event, a list of them, or a request that holds them."""
    if isinstance(document, dict):
        document = next(
            (document[each] for each in HOLDERS if isinstance(document.get(each), list)), document
        )
    if not isinstance(document, list):
        yield Located(document, place)
        return
    for index, event in enumerate(document):
        yield Located(event, f"{place}#{index}")


def _shown(name: str) -> str:
    return "standard input" if name == "-" else name
