"""On what terms a test has the emulator: which account, which environment, and what must not have come."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import pytest

from mockpin.client.admin_client import AdminFailed, AdminRefused
from mockpin.client.bad_events import (
    count_warnings,
    describe_bad_events,
    describe_lost_requests,
    describe_observations,
)
from mockpin.client.guard import stand_guard
from mockpin.client.journal import describe_contact
from mockpin.emulator.settings.calibrations import CalibrationInvalid
from mockpin.suggestions import suggest

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Sequence

    from mockpin.client.client import MockPin
    from mockpin.client.guard import Guard
    from mockpin.expectations.matching import Record
    from mockpin_validator.judging.rule import Profile

#: What the marker takes: each word with its values.
CHOICES = {"profile": ("faithful", "strict", "lenient"), "allow_bad_events": (True, False)}
HEADINGS = {
    "faithful": "Events that Pinterest would refuse:",
    "strict": "Events that break the strict profile:",
    "lenient": "Events that break the lenient profile:",
}
UNAUTHORIZED = "The server asks for its admin token, and got none or another one: give --mockpin-admin-token."
HINT = "Mark the test with @pytest.mark.mockpin(allow_bad_events=True) if it sends them on purpose."


@dataclass(frozen=True)
class Terms:
    """What the marker `mockpin` says about a test."""

    profile: Profile = "faithful"
    allow_bad_events: bool = False

    def hold(self, mock: MockPin, guard: Guard) -> Counter[str]:
        """Fail the test when it talked to the real host, or sent what is lost, refused or counted twice.

        Returns the warnings of a test that passes: by rule, on how many events.
        """
        if guard.hosts:
            pytest.fail(describe_contact(guard, mock.requests()), pytrace=False)
        events = mock.events()
        lines = [] if self.allow_bad_events else [*self.find_bad_events(mock, events)]
        if lines:
            pytest.fail("\n".join([HEADINGS[self.profile], *lines, HINT]), pytrace=False)
        return count_warnings(events)

    def find_bad_events(self, mock: MockPin, events: Sequence[Record] | None = None) -> Iterator[str]:
        """Lines for each request and event that is lost, and for what the events do wrong together."""
        requests = mock.requests()
        received = mock.events() if events is None else events
        yield from describe_lost_requests(requests)
        yield from describe_bad_events(received, profile=self.profile)
        yield from describe_observations(received, requests)


def read_terms(node: pytest.Item, config: pytest.Config) -> Terms:
    """The terms of a test: its markers, the nearest first, and the option that lets bad events pass.

    Fails the test for what the marker does not take.
    """
    said: dict[str, Any] = {"allow_bad_events": config.option.mockpin_allow_bad_events}
    for marker in reversed([*node.iter_markers("mockpin")]):
        for mistake in find_mistakes(marker):
            pytest.fail(f"{node.nodeid}: @pytest.mark.mockpin: {mistake}", pytrace=False)
        said |= marker.kwargs
    return Terms(**said)


def find_mistakes(marker: pytest.Mark) -> Iterator[str]:
    """A sentence for each word of the marker that it does not take."""
    for value in marker.args:
        yield f"{value!r} stands without a name; write profile={value!r} or allow_bad_events=True."
    for name, value in marker.kwargs.items():
        if name not in CHOICES:
            yield f"no {name!r}; {suggest(name, CHOICES)}"
        elif value not in CHOICES[name]:
            yield f"{name} cannot be {value!r}; {suggest(str(value), map(str, CHOICES[name]))}"


@contextmanager
def fail_in_words() -> Iterator[None]:
    """What the admin API, or a calibration, does not allow fails the test by its own words alone."""
    try:
        yield
    except (AdminFailed, CalibrationInvalid) as failure:
        raise pytest.fail.Exception(_tell(failure), pytrace=False) from None


def _tell(failure: Exception) -> str:
    refused = isinstance(failure, AdminRefused) and failure.status == HTTPStatus.UNAUTHORIZED
    return UNAUTHORIZED if refused else str(failure)


@contextmanager
def open_account(server: MockPin, *, admin_token: str | None) -> Iterator[tuple[MockPin, Guard]]:
    """A new ad account on the server, named by the environment; the real host is out of bounds meanwhile."""
    from mockpin.client.client import MockPin  # noqa: PLC0415 - loaded when first needed

    account = MockPin(url=server.url, admin_token=admin_token)
    with account as mock, pytest.MonkeyPatch.context() as environment, stand_guard() as guard:
        environment.setenv("PINTEREST_API_URI", mock.api_uri)
        environment.setenv("PINTEREST_CONVERSION_TOKEN", mock.conversion_token)
        environment.setenv("PINTEREST_AD_ACCOUNT_ID", mock.ad_account_id)
        yield mock, guard
