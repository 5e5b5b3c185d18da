"""What a document must be before its events can be judged."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from mockpin_validator.judging.rule import REFUSED, STRICT_ONLY, DocumentRule

JSON_STANDARD: Final = "RFC 8259, The JavaScript Object Notation (JSON) Data Interchange Format"

UNREADABLE: Final = DocumentRule(
    "unreadable",
    "A document is JSON in UTF-8, of 10 MB at most, in a file that can be read to its end.",
    REFUSED,
    JSON_STANDARD,
    "documented",
    "2017-12-13",
    fixed=True,
)
DUPLICATE_KEY: Final = DocumentRule(
    "duplicate-key",
    "No object has a key twice: readers differ in which of the two they take.",
    STRICT_ONLY,
    f"{JSON_STANDARD}, section 4",
    "documented",
    "2017-12-13",
)

DOCUMENT_RULES: Final[Mapping[str, DocumentRule]] = MappingProxyType(
    {rule.name: rule for rule in (UNREADABLE, DUPLICATE_KEY)}
)
