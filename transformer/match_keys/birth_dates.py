"""Dates of birth as Pinterest asks for them: YYYYMMDD."""

import re
from datetime import datetime
from typing import Final

_COMPLETE: Final = re.compile("[0-9]{8}")
# Two defaults that share no part: a part that differs between the two readings was not in the text.
_DEFAULTS: Final = (datetime(2000, 1, 1), datetime(1999, 2, 2))  # noqa: DTZ001 - days have no zone


def write_birth_date(text: str) -> str:
    """Eight digits: year, month, day; what is no complete date stays as it is."""
    from dateutil.parser import ParserError, parse  # noqa: PLC0415 - loaded when first needed

    if _COMPLETE.fullmatch(text):
        return text
    try:
        readings = {parse(text, default=each).date() for each in _DEFAULTS}
    except (ParserError, OverflowError):
        return text
    return f"{readings.pop():%Y%m%d}" if len(readings) == 1 else text
