"""Files of payloads or conversion events, from one request to a year of them, judged in bounded memory."""

from mockpin_validator.archive.audit import Audit
from mockpin_validator.archive.judging import Judging
from mockpin_validator.archive.parallel import ProcessLost, judge_parts
from mockpin_validator.archive.placing import PlacedFinding
from mockpin_validator.archive.sources import Part, divide_file, divide_files
from mockpin_validator.archive.tally import Tally

__all__ = [
    "Audit",
    "Judging",
    "Part",
    "PlacedFinding",
    "ProcessLost",
    "Tally",
    "divide_file",
    "divide_files",
    "judge_parts",
]
