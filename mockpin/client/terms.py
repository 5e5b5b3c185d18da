"""Prepare the emulator for a test (ad account, environment) and fail the test for bad events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
from mockpin.client.guard import guard_real_host
from mockpin.client.journal import describe_contact
from mockpin.emulator.settings.calibrations import CalibrationInvalid
from mockpin_validator.contract.spelling import suggest

if TYPE_CHECKING:
    from collections import Counter

    from mockpin.client.client import MockPin
    from mockpin.client.guard import Guard
    from mockpin.expectations.matching import Record
    from mockpin_validator.judging.rule import Profile

#: The arguments of the marker, each with its values.
MARKER_CHOICES = {"profile": ("faithful", "strict", "lenient"), "allow_bad_events": (True, False)}
HEADINGS = {
    "faithful": "Events that Pinterest would refuse:",
    "strict": "Events that break the strict profile:",
    "lenient": "Events that break the lenient profile:",
}
UNAUTHORIZED_MESSAGE = "The server refused the admin token, or got none: give --mockpin-admin-token."
ALLOW_HINT = "Mark the test with @pytest.mark.mockpin(allow_bad_events=True) if it sends them on purpose."


@dataclass(frozen=True)
class MarkerOptions:
    """The options that the marker `mockpin` sets for a test."""

    profile: Profile = "faithful"
    allow_bad_events: bool = False

    def check_test(self, mock: MockPin, guard: Guard) -> Counter[str]:
        """Fail the test if it contacted the real host or sent events that are lost, refused or counted twice.

        Returns the warnings of a test that passes: the number of events by rule.
        """
        if guard.hosts:
            pytest.fail(describe_contact(guard, mock.requests()), pytrace=False)
        events = mock.events()
        lines = [] if self.allow_bad_events else [*self.find_bad_events(mock, events)]
        if lines:
            pytest.fail("\n".join([HEADINGS[self.profile], *lines, ALLOW_HINT]), pytrace=False)
        return count_warnings(events)

    def find_bad_events(self, mock: MockPin, events: Sequence[Record] | None = None) -> Iterator[str]:
        """Yield lines for each bad request and event, and for costly observations on all of them."""
        requests = mock.requests()
        received = mock.events() if events is None else events
        yield from describe_lost_requests(requests)
        yield from describe_bad_events(received, profile=self.profile)
        yield from describe_observations(received, requests)


def read_marker_options(node: pytest.Item, config: pytest.Config) -> MarkerOptions:
    """Read a test's options from its markers (the nearest wins) and --mockpin-allow-bad-events.

    Fails the test for an argument that the marker does not accept.
    """
    options: dict[str, Any] = {"allow_bad_events": config.option.mockpin_allow_bad_events}
    for marker in reversed([*node.iter_markers("mockpin")]):
        for mistake in find_mistakes(marker):
            pytest.fail(f"{node.nodeid}: @pytest.mark.mockpin: {mistake}", pytrace=False)
        options |= marker.kwargs
    return MarkerOptions(**options)


def find_mistakes(marker: pytest.Mark) -> Iterator[str]:
    """Yield a sentence for each argument of the marker that it does not accept."""
    for value in marker.args:
        yield f"{value!r} has no name; write profile={value!r} or allow_bad_events=True."
    for name, value in marker.kwargs.items():
        if name not in MARKER_CHOICES:
            yield f"unknown argument {name!r}; {suggest(name, MARKER_CHOICES)}"
        elif value not in MARKER_CHOICES[name]:
            yield f"{name} cannot be {value!r}; {suggest(str(value), map(str, MARKER_CHOICES[name]))}"


@contextmanager
def fail_without_traceback() -> Iterator[None]:
    """Fail the test with the message alone when the admin API or a calibration raises an error."""
    try:
        yield
    except (AdminFailed, CalibrationInvalid) as failure:
        raise pytest.fail.Exception(_describe_failure(failure), pytrace=False) from None


def _describe_failure(failure: Exception) -> str:
    refused = isinstance(failure, AdminRefused) and failure.status == HTTPStatus.UNAUTHORIZED
    return UNAUTHORIZED_MESSAGE if refused else str(failure)


@contextmanager
def open_account(server: MockPin, *, admin_token: str | None) -> Iterator[tuple[MockPin, Guard]]:
    """Open a new ad account, name it in the environment, and guard the real host in this context."""
    from mockpin.client.client import MockPin  # noqa: PLC0415 - loaded when first needed

    account = MockPin(url=server.url, admin_token=admin_token)
    with account as mock, pytest.MonkeyPatch.context() as environment, guard_real_host() as guard:
        environment.setenv("PINTEREST_API_URI", mock.api_uri)
        environment.setenv("PINTEREST_CONVERSION_TOKEN", mock.conversion_token)
        environment.setenv("PINTEREST_AD_ACCOUNT_ID", mock.ad_account_id)
        yield mock, guard
