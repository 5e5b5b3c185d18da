"""Giving freed memory back to the system, which glibc otherwise keeps for later."""

import ctypes


def trim_heap() -> None:
    """Return the free pages of this process's heap to the system. Does nothing without glibc."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        trim(0)
