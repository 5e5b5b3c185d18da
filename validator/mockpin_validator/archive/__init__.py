"""Files of payloads or conversion events, from one request to a year of them, judged in bounded memory."""

from mockpin_validator.archive.audit import Audit
from mockpin_validator.archive.judging import Judging
from mockpin_validator.archive.sources import Part, parts_of
from mockpin_validator.archive.tally import Sighting, Tally
from mockpin_validator.archive.work import judge_parts

__all__ = ["Audit", "Judging", "Part", "Sighting", "Tally", "judge_parts", "parts_of"]
