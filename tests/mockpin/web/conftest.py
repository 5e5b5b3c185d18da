"""An emulator with a stopped clock, its application, and its admin API."""

import pytest

from mockpin.core.emulator import Emulator
from mockpin.web.app import build_app
from tests.mockpin.web.calls import ACCOUNT, NOW, TOKEN


@pytest.fixture
def emulator():
    emulator = Emulator(clock=lambda: NOW)
    emulator.accounts.add(ACCOUNT, TOKEN, "2612345678901")
    yield emulator
    emulator.close()


@pytest.fixture
def http(emulator):
    return build_app(emulator).test_client()


@pytest.fixture
def admin(http):
    def call(method, path, body=None):
        return http.open(f"/__mockpin/{path}", method=method, json=body)

    return call


@pytest.fixture
def document(admin):
    return admin("GET", "openapi.json").json
