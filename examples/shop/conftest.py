"""The shop under test, with a bug if one is asked for."""

from dataclasses import replace

import pytest
from bugs import BUGS


def pytest_addoption(parser):
    parser.addoption("--bug", choices=[*BUGS], default="none", help="plant this bug in the shop")


@pytest.fixture
def shop(request):
    return replace(BUGS[request.config.getoption("--bug")], sleep=lambda _: None)
