"""JSON documents of a file or standard input, for commands that read all before they do anything."""

from __future__ import annotations

import sys
import zlib
from typing import TYPE_CHECKING, Any

from mockpin.cli.errors import InputUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from validator.archive.lines import Document

#: A byte order mark at a file's beginning says nothing, and does no harm.
MARK = b"\xef\xbb\xbf"


def read_documents(names: Iterable[str]) -> Iterator[Any]:
    """Every JSON document of the files, one a file or one a line. Raises InputUnreadable."""
    from validator.archive.sources import Part  # noqa: PLC0415 - loaded when first needed

    for name in names:
        try:
            for document in Part(name).documents(sys.stdin.buffer):
                if document.flaw or not document.text.isspace():
                    yield parse_document(document, name)
        except OSError as error:
            raise unreadable(name, error) from error


def read_document(name: str) -> Any:
    """The one JSON document of a file, however long. Raises InputUnreadable."""
    from validator.archive.lines import Document  # noqa: PLC0415 - loaded when first needed
    from validator.archive.sources import opened  # noqa: PLC0415 - as above

    try:
        with opened(name, sys.stdin.buffer) as stream:
            return parse_document(Document(stream.read()), name)
    except (EOFError, zlib.error):
        raise InputUnreadable(f"{shown(name)}: the gzip stream is cut off or damaged.") from None
    except OSError as error:
        raise unreadable(name, error) from error


def parse_document(document: Document, name: str) -> Any:
    """The value of a document, or where and why it has none."""
    from validator.archive.parsing import Unparsable, parse  # noqa: PLC0415 - loaded when first needed

    if document.flaw:
        raise InputUnreadable(f"{shown(name)}, line {document.line}: {document.flaw}; nothing was done.")
    try:
        return parse(document._replace(text=document.text.removeprefix(MARK)))
    except Unparsable as error:
        raise InputUnreadable(f"{shown(name)}: {error}") from None


def unreadable(name: str, error: OSError) -> InputUnreadable:
    """What to say of a file that cannot be read."""
    return InputUnreadable(f"{shown(name)} cannot be read: {error.strerror or error}.")


def shown(name: str) -> str:
    """A file's name as a message gives it."""
    return "standard input" if name == "-" else name
