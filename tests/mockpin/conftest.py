"""What tests of several packages stand on."""

import pytest

from tests.mockpin.inner_runs import EVENT, load_everything
from tests.mockpin.sockets import WAITERS, start


@pytest.fixture
def running():
    """An emulator and its server, which lets few wait and takes small bodies."""
    emulator, background = start(waiters=WAITERS, body_limit="100KB")
    with background as server:
        yield emulator, server
    emulator.close()


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
