"""The documents of a stream: one a line, or one that spans lines. None that is too long is ever held."""

from collections.abc import Iterator
from gzip import BadGzipFile
from typing import BinaryIO, Final, NamedTuple

from mockpin_validator.archive.opening import DAMAGE
from mockpin_validator.contract.kinds import Kind
from mockpin_validator.judging.finding import Complaint, Evidence

#: Bytes that one document may have, as many as a request's body.
LIMIT: Final = 10_000_000
_STEP: Final = 1 << 20
#: Bytes of one line after which nothing more is read: /dev/zero has no end.
MOST_SKIPPED: Final = 1_000_000_000

#: A first line that ends so goes on: its document spans lines.
_GOES_ON: Final = (b"{", b"[", b",", b":")
_LINE_NAMES: Final = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")

#: A byte order mark at a file's beginning says nothing, and does no harm.
MARK: Final = b"\xef\xbb\xbf"

_AGAIN: Final = "Get the file again. What comes before this place was read."


_THE_FILE: Final = Evidence("the file itself", "observed", "")


def make_flaw(message: str, fix: str) -> Complaint:
    """The complaint about a document that cannot be read, and what to do about it."""
    return Complaint("", message, fix, evidence=_THE_FILE)


def add_detail(flaw: Complaint, detail: str) -> Complaint:
    """A flaw with what the system or a library says about it."""
    return flaw._replace(message=f"{flaw.message.removesuffix('.')}: {detail.removesuffix('.')}.")


TOO_LONG: Final = make_flaw(
    "This document has more than 10,000,000 bytes, the most that a request may have.",
    "Write one event a line (for example with jq -c '.data[]'), or send smaller batches.",
)
CUT_OFF: Final = make_flaw("The compressed file is cut off: it ends before its content does.", _AGAIN)
DAMAGED: Final = make_flaw("The compressed file is damaged from here on.", _AGAIN)
EMPTY: Final = make_flaw(
    "The file holds nothing.",
    "Check what should have written it; name it .jsonl if it may hold no events.",
)
NOT_OPENED: Final = make_flaw("The file cannot be opened.", "Check its name and who may read it.")
IS_FOLDER: Final = make_flaw("This is a directory and not a file.", "Give the files in it.")
IS_DEVICE: Final = make_flaw("This is a device and not a file.", "Give a file, or - for standard input.")
ENDLESS: Final = make_flaw("This line goes on for more than 1 GB.", "Check what wrote it.")
BROKEN_OFF: Final = make_flaw(
    "The file cannot be read from here on.",
    "Check the disk or the mount. What comes before this place was read.",
)


class Document(NamedTuple):
    """A JSON text, the line it begins on and how many it spans; or the flaw that kept it from being read.

    `line` is 0 where the whole file could not be read. Of a chunk of a long array, `first` is the index of
    its first element and `column` how much further right its first line is in the file. `kind` says what a
    document of a recording is (None where its own members tell). `is_made` says that the text was made of a
    row or a recorded request, so that `line` counts those and columns mean nothing.
    """

    text: bytes
    line: int = 1
    lines: int = 1
    flaw: Complaint | None = None
    first: int = 0
    column: int = 0
    kind: Kind | None = None
    is_made: bool = False


def read_documents(
    stream: BinaryIO, name: str = "", *, stop: int | None = None, line: int = 1
) -> Iterator[Document]:
    """The documents that begin in a stream before a stop (an offset in bytes; None: its end), from a line on.

    Every line is a document, blank ones included, unless the first that is not blank goes on in the next:
    then all is one document. Only a file named after lines may hold none.
    """
    lines = number_lines(stream, stop, line)
    for first in lines:
        if spans_lines(first.text, name):
            yield from join_lines(first, lines)
            return
        yield first
        if not first.text.isspace():
            break
    else:
        if not name.endswith(_LINE_NAMES):
            yield Document(b"", flaw=EMPTY)
    yield from lines


def spans_lines(first: bytes, name: str) -> bool:
    """Whether a file's first line only begins its document."""
    return first.rstrip().endswith(_GOES_ON) and not name.endswith(_LINE_NAMES)


def join_lines(first: Document, rest: Iterator[Document]) -> Iterator[Document]:
    """The first line and all that follow as one document, or what kept them from being read."""
    held, size = [first.text], len(first.text)
    for line in rest:
        size += len(line.text)
        if line.flaw or size > LIMIT:
            yield line if line.flaw and line.flaw != TOO_LONG else Document(b"", first.line, flaw=TOO_LONG)
            return
        held.append(line.text)
    yield Document(b"".join(held), first.line, len(held))


def number_lines(stream: BinaryIO, stop: int | None = None, line: int = 1) -> Iterator[Document]:
    """Each line of a stream as a document with its number, from `line` on; damage ends them with a flaw."""
    number, at = line - 1, 0 if stop is None else stream.tell()
    try:
        while (stop is None or at < stop) and (text := stream.readline(LIMIT + 1)):
            bare = text if at else text.removeprefix(MARK)
            number, at = number + 1, at + len(text)
            if len(text) > LIMIT:
                skipped = skip_line(stream)
                at += skipped
                yield Document(b"", number, flaw=TOO_LONG if skipped < MOST_SKIPPED else ENDLESS)
                if skipped >= MOST_SKIPPED:
                    return
            else:
                yield Document(bare, number)
    except DAMAGE as error:
        yield Document(b"", number + 1, flaw=explain_damage(error))


def explain_damage(error: Exception) -> Complaint:
    """The flaw that stands for an error of reading: cut off, damaged or unreadable from here on."""
    if isinstance(error, EOFError):
        return CUT_OFF
    return BROKEN_OFF if isinstance(error, OSError) and not isinstance(error, BadGzipFile) else DAMAGED


def skip_line(stream: BinaryIO, *, stop: int | None = None) -> int:
    """Read on to the end of a line, or past a stop, without keeping it; how many bytes that were."""
    size, begun = 0, 0 if stop is None else stream.tell()
    while (stop is None or begun + size < stop) and (text := stream.readline(_STEP)):
        size += len(text)
        if text.endswith(b"\n") or size >= MOST_SKIPPED:
            break
    return size
