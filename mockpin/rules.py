"""Every rule that a report may name: on conversion events, documents, Segment events and the tag's hits."""

from typing import TYPE_CHECKING, Final

from mockpin.emulator.tag.rules import TAG_RULES
from mockpin.segment.rules import SEGMENT_RULES
from mockpin_validator.archive.rules import DOCUMENT_RULES
from mockpin_validator.rules import RULES

if TYPE_CHECKING:
    from mockpin_validator.handbook import Rows

ROWS: Final["Rows"] = {**RULES, **DOCUMENT_RULES, **SEGMENT_RULES, **TAG_RULES}
