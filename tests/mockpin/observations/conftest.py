"""A server for the tests of a module."""

import pytest

from mockpin import MockPin


@pytest.fixture(scope="module")
def server():
    with MockPin() as mock:
        yield mock


@pytest.fixture
def mock(server):
    with MockPin(url=server.url) as mock:
        yield mock
