"""Files of payloads or conversion events, from one request to a year of them, judged in bounded memory."""

from validator.archive.audit import Audit
from validator.archive.judging import Judging
from validator.archive.sources import Part, parts_of
from validator.archive.tally import Sighting, Tally
from validator.archive.work import judge_parts

__all__ = ["Audit", "Judging", "Part", "Sighting", "Tally", "judge_parts", "parts_of"]
