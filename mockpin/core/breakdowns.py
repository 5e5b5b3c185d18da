"""What is said when something of our own went wrong: one line, with a type and a place, and no value."""

from __future__ import annotations

import logging
from traceback import extract_tb

LOGGER = logging.getLogger("mockpin")


def report_breakdown(error: BaseException) -> None:
    """Log an error that should not have been; its own message may hold what nobody is to read."""
    places = extract_tb(error.__traceback__)
    where = f" at {places[-1].filename}:{places[-1].lineno}" if places else ""
    LOGGER.error("mockpin broke down: %s%s. Please report it.", type(error).__name__, where)
