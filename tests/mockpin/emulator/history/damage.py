"""Pages of a store's file, overwritten."""

from pathlib import Path

from tests.mockpin.sending import conversion_event

PAGE = 16384


def large_event(event_id):
    return conversion_event(event_id=event_id, custom_data={"order_id": "x" * 900})


def find_page(path, text):
    """The page that holds a text."""
    return Path(path).read_bytes().index(text) // PAGE


def spoil(path, page):
    with Path(path).open("r+b") as file:
        file.seek(page * PAGE)
        file.write(b"\xa5" * PAGE)
