"""Every rule that a report may name: on events, documents, Segment events, hits of the tag, many events."""

from typing import TYPE_CHECKING, Final

from mockpin.emulator.tag.rules import TAG_RULES
from mockpin.observations.rules import OBSERVATION_ROWS
from mockpin.segment.rules import SEGMENT_RULES
from mockpin_validator.archive.rules import DOCUMENT_RULES
from mockpin_validator.rules import RULES

if TYPE_CHECKING:
    from mockpin_validator.handbook import Rows

ROWS: Final["Rows"] = {**RULES, **DOCUMENT_RULES, **SEGMENT_RULES, **TAG_RULES, **OBSERVATION_ROWS}
