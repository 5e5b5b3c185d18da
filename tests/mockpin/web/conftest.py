"""An emulator with a stopped clock, its application, and its admin API."""

import pytest


@pytest.fixture
def admin(http):
    def call(method, path, body=None):
        return http.open(f"/__mockpin/{path}", method=method, json=body)

    return call


@pytest.fixture
def document(admin):
    return admin("GET", "openapi.json").json
