"""A store of some twenty pages, and one of which a page is overwritten."""

import shutil

import pytest

from mockpin.emulator.history.store import Store
from tests.mockpin.emulator.history.damage import find_page, large_event, spoil
from tests.mockpin.sending import Sending


@pytest.fixture(scope="session")
def sound(tmp_path_factory):
    """A store of 20 requests with 10 events each, on some 20 pages."""
    path = str(tmp_path_factory.mktemp("sound") / "store.db")
    sending = Sending(store=Store(path))
    for number in range(20):
        sending.post(*(large_event(f"{number}-{index}") for index in range(10)))
    sending.emulator.close()
    return path


@pytest.fixture
def path(sound, tmp_path):
    return shutil.copy(sound, tmp_path / "store.db")


@pytest.fixture
def spoilt(path):
    """The store without the page that holds event 100, whose id is 9-9."""
    spoil(path, find_page(path, b'"event_id":"9-9"'))
    return path
