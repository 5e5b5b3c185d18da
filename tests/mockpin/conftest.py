"""What tests of several packages stand on."""

import pytest

from tests.mockpin.sockets import WAITERS, start


@pytest.fixture
def running():
    """An emulator and its server, which lets few wait and takes small bodies."""
    emulator, background = start(waiters=WAITERS, body_limit="100KB")
    with background as server:
        yield emulator, server
    emulator.close()
