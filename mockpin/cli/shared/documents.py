"""JSON documents and events of a file or standard input, for commands that read all before they act."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from mockpin.cli.shared.errors import InputUnreadable, explain_unreadable, name_file
from mockpin_validator.contract.kinds import list_events
from mockpin_validator.files import read_limited

if TYPE_CHECKING:
    from mockpin_validator.archive.documents import Document


def read_documents(names: Iterable[str]) -> Iterator[Any]:
    """Every JSON document of the files, one a file or one a line. Raises InputUnreadable."""
    return (parse_document(document, name) for name, document in read_texts(names))


def read_texts(names: Iterable[str]) -> Iterator[tuple[str, Document]]:
    """The texts of the documents that are not blank, each with its file's name. Raises InputUnreadable.

    The tag's requests of a recording are left out: they hold nothing that the API takes.
    """
    from mockpin_validator.archive.sources import Part
    from mockpin_validator.contract.kinds import Kind

    for name in names:
        try:
            for document in Part(name).documents(sys.stdin.buffer):
                if document.flaw or not (document.text.isspace() or document.kind is Kind.TAG_HIT):
                    yield name, document
        except OSError as error:
            raise explain_unreadable(name, error) from error


def read_document(name: str) -> Any:
    """The one JSON document of a file. Raises InputUnreadable."""
    from mockpin_validator.archive.documents import MARK, Document
    from mockpin_validator.archive.opening import DAMAGE, open_stream

    try:
        with open_stream(name, sys.stdin.buffer) as stream:
            return parse_document(Document(read_limited(stream).removeprefix(MARK)), name)
    except DAMAGE as error:
        raise explain_unreadable(name, error) from error


def parse_document(document: Document, name: str) -> Any:
    """The value of a document, or where and why it has none."""
    from mockpin.emulator.json_texts import DEEPEST, may_nest_deeply, nests_deeply
    from mockpin_validator.archive.parsing import Unparsable, parse

    if document.flaw:
        flaw = f"{document.flaw.message} {document.flaw.fix}"
        raise InputUnreadable(f"{name_file(name)}, line {document.line}: {flaw} Nothing was done.")
    try:
        value = parse(document)
    except Unparsable as error:
        found = error.finding
        column = f", column {found.column}" if found.column else ""
        where = f"{name_file(name)}, line {found.line}{column}"
        raise InputUnreadable(f"{where}: {found.message} {found.fix}") from None
    if may_nest_deeply(document.text) and nests_deeply(value):
        raise InputUnreadable(
            f"{name_file(name)}, line {document.line}: objects and lists lie more than {DEEPEST} deep within"
            " one another. Send plain objects and lists."
        )
    return value


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
        place = f"{name_file(name)}:{document.line}"
        for index, (pointer, event) in enumerate(list_events(value), start=document.first):
            yield Located(event, f"{place}#{index}" if pointer else place)
