"""JSON documents of a file or standard input, for commands that read all before they do anything."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from mockpin.cli.shared.errors import InputUnreadable, explain_unreadable, name_file

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
    """The one JSON document of a file, however long. Raises InputUnreadable."""
    from mockpin_validator.archive.documents import MARK, Document
    from mockpin_validator.archive.opening import DAMAGE, opened

    try:
        with opened(name, sys.stdin.buffer) as stream:
            return parse_document(Document(stream.read().removeprefix(MARK)), name)
    except DAMAGE as error:
        if isinstance(error, OSError):
            raise explain_unreadable(name, error) from error
        raise InputUnreadable(f"{name_file(name)}: the compressed file is cut off or damaged.") from None


def parse_document(document: Document, name: str) -> Any:
    """The value of a document, or where and why it has none."""
    from mockpin_validator.archive.parsing import Unparsable, parse

    if document.flaw:
        raise InputUnreadable(
            f"{name_file(name)}, line {document.line}: {document.flaw.message} Nothing was done."
        )
    try:
        return parse(document)
    except Unparsable as error:
        found = error.finding
        column = f", column {found.column}" if found.column else ""
        where = f"{name_file(name)}, line {found.line}{column}"
        raise InputUnreadable(f"{where}: {found.message} {found.fix}") from None
