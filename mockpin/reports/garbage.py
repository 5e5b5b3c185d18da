"""Keep Python's collector of cyclic garbage from a report's records, among which it finds none."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collection_paused() -> Iterator[None]:
    """Look for no cyclic garbage meanwhile: that takes a quarter of a long report, and holds up posts."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
