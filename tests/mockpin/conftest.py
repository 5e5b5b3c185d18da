"""What tests of several packages stand on."""

from contextlib import ExitStack

import pytest

from mockpin import MockPin
from mockpin.web.app import build_app
from tests.mockpin.inner_runs import EVENT, load_everything
from tests.mockpin.sending import Sending
from tests.mockpin.sockets import WAITERS, start
from tests.mockpin.strangers import serve_stranger
from tests.mockpin.web.site import Site


@pytest.fixture(scope="module")
def server():
    """A server for the tests of a module."""
    with MockPin() as mock:
        yield mock


@pytest.fixture
def mock(server):
    """An ad account of its own on the module's server."""
    with MockPin(url=server.url) as mock:
        yield mock
    server.clock.real()


@pytest.fixture
def sending():
    """An emulator with a stopped clock and one ad account, and a sender to it."""
    sending = Sending()
    yield sending
    sending.emulator.close()


@pytest.fixture
def emulator(sending):
    return sending.emulator


@pytest.fixture
def http(emulator):
    """A client of the emulator's application."""
    return build_app(emulator).test_client()


@pytest.fixture
def site():
    """The pages on an emulator of their own."""
    site = Site()
    yield site
    site.emulator.close()


@pytest.fixture
def running():
    """An emulator and its server, which lets few wait and takes small bodies."""
    emulator, background = start(waiters=WAITERS, body_limit="100KB")
    with background as server:
        yield emulator, server
    emulator.close()


@pytest.fixture
def stranger():
    """A function that starts a server which is not mockpin and gives its URL."""
    with ExitStack() as exits:
        yield lambda *answer, **more: exits.enter_context(serve_stranger(*answer, **more))


@pytest.fixture(scope="session")
def everything_loaded():
    load_everything()


@pytest.fixture
def suite(everything_loaded, pytester):
    """A function that makes a test module of this body and runs it."""

    def run(body, *arguments, order=("-p", "no:randomly"), runner=pytester.runpytest_inprocess):
        pytester.makepyfile(sending=EVENT, test_it=f"import pytest\nfrom sending import send\n\n{body}")
        pytester.syspathinsert()
        return runner("-p", "no:cacheprovider", *order, *arguments)

    return run
