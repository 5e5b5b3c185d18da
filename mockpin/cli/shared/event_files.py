"""Events out of files for `transform` and `send`, in any form that `mockpin validate` reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mockpin.cli.shared.documents import parse_document, read_texts
from mockpin.cli.shared.errors import name_file
from mockpin_validator.contract.kinds import list_events

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Located(NamedTuple):
    """An event and where it was read."""

    event: Any
    place: str


def read_events(names: Iterable[str]) -> Iterator[Located]:
    """Every event of the files, `-` being standard input; InputUnreadable where one cannot be read."""
    from mockpin_transformer.js import parse_json

    for name, document in read_texts(names):
        parse_document(document, name)  # says where and why it cannot be read
        value = parse_json(document.text.decode())  # its numbers are JavaScript's
        yield from _find_events(value, f"{name_file(name)}:{document.line}", document.first)


def _find_events(document: Any, place: str, first: int) -> Iterator[Located]:
    """One event, a list of them, a request that holds them, or an export of the emulator.

    `first` is the index of the document's first event in its file's array.
    """
    for index, (pointer, event) in enumerate(list_events(document), start=first):
        yield Located(event, f"{place}#{index}" if pointer else place)
