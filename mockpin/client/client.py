"""MockPin, the emulator in a test: it starts a server or uses a running one."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from random import Random, SystemRandom
from typing import TYPE_CHECKING, Any, Self, Unpack

from mockpin.addresses import ADMIN, API, find_server
from mockpin.client.admin_client import AdminClient
from mockpin.client.controls import ClockControl, FaultControl
from mockpin.client.history import History
from mockpin.emulator.accounts import fingerprint, mint_ad_account_id, mint_tag_id, mint_token
from mockpin.emulator.settings.durations import DurationUnreadable, parse_duration
from mockpin.expectations.expectations import expect
from mockpin.expectations.matching import check_names

if TYPE_CHECKING:
    from flask import Flask

    from mockpin.emulator.history.event_fields import Filters
    from mockpin.emulator.settings.calibrations import Calibration
    from mockpin.emulator.settings.settings import Settings

    Record = dict[str, Any]

__tracebackhide__ = True
# The arguments of `expect` that are not filters.
EXPECT_ARGUMENTS = ("payload", "plain", "count", "at_least", "timeout")
# The attributes that a client has while the server runs.
OF_SERVER = frozenset({"url", "api_uri", "admin_uri", "app", "clock", "faults", "_admin", "_history"})


class MockPin:
    """A context manager that opens an ad account on an emulator of Pinterest's API.

        with MockPin() as mock:
            send_checkout(mock.api_uri, mock.ad_account_id, mock.conversion_token)
            mock.expect(event_name="checkout", count=1, timeout=2)

    Without `url` it starts an emulator on a free port of this machine and stops it at the end. With `url`
    (with or without /v5) it uses the server there and closes its ad account at the end.
    Its methods concern only its own ad account, so that tests may share a server. The clock is the exception:
    all ad accounts of a server have the same clock.

    Attributes:
        url: Where the server is, such as http://127.0.0.1:7466.
        ad_account_id: The ad account's id.
        conversion_token: The ad account's token. No message shows it.
        tag_id: The Pinterest tag that reports to it.
        clock: Freezes, advances and resumes the server's clock.
        faults: Makes requests to the ad account fail.
        app: The WSGI application, to call the emulator without a socket. Only without `url`.
    """

    url: str
    app: Flask
    clock: ClockControl
    faults: FaultControl

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        url: str | None = None,
        admin_token: str | None = None,
        random: Random | None = None,
        calibration: Calibration | str | Path | None = None,
    ) -> None:
        """Prepare ids and a token, made with `random`. Starts nothing.

        `calibration`, a file of `mockpin calibrate`, sets whatever `settings` leaves at its default. Raises
        CalibrationInvalid, and TypeError when `url` is given too.
        """
        if url and calibration:
            raise TypeError("A running server has settings of its own: start it with --calibration.")
        random = random or SystemRandom()
        self.ad_account_id = mint_ad_account_id(random)
        self.tag_id = mint_tag_id(random)
        self.conversion_token = mint_token(random)
        self._settings = calibrate_settings(settings, calibration) if calibration else settings
        self._running_at = url
        self._admin_token = admin_token
        self._exits = ExitStack()

    def __repr__(self) -> str:
        return f"MockPin(ad_account_id={self.ad_account_id!r})"

    if not TYPE_CHECKING:  # type checkers know the attributes

        def __getattr__(self, name: str) -> object:
            """Raise AttributeError. For an attribute of the server it says how to start the server."""
            if name in OF_SERVER and "_history" not in vars(self):
                raise AttributeError("MockPin is not started: write `with MockPin() as mockpin:`.")
            raise AttributeError(f"'MockPin' object has no attribute {name!r}", name=name, obj=self)

    def __enter__(self) -> Self:
        with ExitStack() as exits:
            self.url = find_server(self._running_at or self._start(exits))
            self._admin = exits.enter_context(AdminClient(self.url, admin_token=self._admin_token))
            self._open_account(exits)
            self._history = self._open_history()
            self._exits = exits.pop_all()
        self.clock = ClockControl(self._admin)
        self.faults = FaultControl(self._admin, self.ad_account_id)
        return self

    def __exit__(self, *_error: object) -> None:
        self._exits.close()

    @property
    def write_key(self) -> str:
        """The write key for a Segment SDK that sends to this ad account. The SDK's host is `url`."""
        return self.ad_account_id

    @property
    def api_uri(self) -> str:
        """The URL for a sender's PINTEREST_API_URI, which ends in /v5."""
        return f"{self.url}{API}"

    @property
    def admin_uri(self) -> str:
        """The URL of the admin API."""
        return f"{self.url}{ADMIN}"

    def events(self, *, after: int = 0, **filters: Unpack[Filters]) -> list[Record]:
        """Return the ad account's events that match the filters, oldest first.

        `test=True` selects test requests. Raises TypeError for an unknown filter. An event is
        `{seq, event_name, event_id, status, duplicate_of, findings, payload, ...}`.
        """
        check_names(filters)
        return self._history.list_events(after=after, **filters)

    def requests(self, *, after: int = 0) -> list[Record]:
        """Return the ad account's exchanges, oldest first: `{id, method, path, body, status, answer, ...}`.

        They include requests to other ad accounts that used this one's conversion token.
        """
        return self._history.list_requests(after=after)

    def conduct(self) -> list[Record]:
        """Return the sender's mistakes over all its requests: `{rule, message, fix, times, requests}`."""
        return list(self._admin.get("conduct", ad_account_id=self.ad_account_id)["conduct"])

    def expect(
        self,
        *,
        payload: Mapping[str, Any] | None = None,
        plain: Mapping[str, str] | None = None,
        count: int | None = None,
        at_least: int | None = None,
        timeout: str | float = 0.0,
        **filters: Unpack[Filters],
    ) -> list[Record]:
        """Wait until the expected number of events match, exactly `count` or `at_least`, and return them.

        Expects at least one when neither is given. Duplicates and test requests count only if a filter names
        them. `payload` holds values by path, such as `{"custom_data.order_id": "o1"}`; `plain` holds match
        keys in plain text, such as `{"em": "jo@example.com"}`, of which only the hashes that Pinterest
        documents are compared. `timeout` is in seconds, or a text such as `"2s"`.

        Raises:
            Unmet: Too few events arrived in time, or more than the exact count. It is an AssertionError
                and shows the events that matched and the nearest misses, field by field.
            TypeError: A filter is unknown.
            PlainTextExpected: A value is plain text, which the history masks. It is a ValueError.
            DurationUnreadable: The timeout is not a length of time.
        """
        check_names(filters, beside=EXPECT_ARGUMENTS)
        expected = expect(filters, payload=payload, plain=plain, count=count, at_least=at_least)
        return self._history.expect(expected, timeout=_read_timeout(timeout))

    def expect_none(
        self,
        *,
        payload: Mapping[str, Any] | None = None,
        timeout: str | float = 0.0,
        **filters: Unpack[Filters],
    ) -> None:
        """Check that no such event arrives during `timeout`. Raises Unmet when one does."""
        self.expect(payload=payload, count=0, timeout=timeout, **filters)

    def expect_deduplicated(self, *, timeout: str | float = 0.0, **filters: Unpack[Filters]) -> list[Record]:
        """Check that an event arrived more than once and was counted once. Returns the duplicates.

        Raises Unmet when it was not counted exactly once, or has no duplicate.
        """
        again: Filters = {**filters, "duplicate": True}
        first: Filters = {**filters, "duplicate": False}
        repeated = self.expect(timeout=timeout, **again)
        self.expect(count=1, **first)
        return repeated

    def expect_limited_data_processing(
        self, *, timeout: str | float = 0.0, **filters: Unpack[Filters]
    ) -> list[Record]:
        """Return the events under limited data processing. Raises Unmet when there are none."""
        limited: Filters = {**filters, "limited_data_processing": True}
        return self.expect(timeout=timeout, **limited)

    def expect_journey(self, path: str | Path) -> None:
        """Check that every step of a journey's TOML file is met within its timeout.

        Raises `journeys.JourneyUnmet`, an AssertionError, with near misses of each unmet step, and
        `journey_files.JourneyInvalid` for a file that cannot be read or does not describe a journey.
        """
        from mockpin.expectations.journey_files import open_journey  # noqa: PLC0415 - loaded when first needed

        self._history.expect_journey(open_journey(path))

    def reset(self) -> None:
        """Delete the ad account's history and faults."""
        self._admin.post("reset", ad_account_id=self.ad_account_id)

    def _open_account(self, exits: ExitStack) -> None:
        account = {"ad_account_id": self.ad_account_id, "tag_id": self.tag_id}
        self._admin.post("accounts", _HiddenMapping(account, conversion_token=self.conversion_token))
        if self._running_at:
            exits.callback(self._admin.delete, f"accounts/{self.ad_account_id}")
            exits.callback(self.reset)

    def _open_history(self) -> History:
        scope = {"ad_account_id": self.ad_account_id}
        opened_after = self._admin.get("requests", **scope)["next"]
        return History(
            self._admin, scope, token=fingerprint(self.conversion_token), opened_after=opened_after
        )

    def _start(self, exits: ExitStack) -> str:
        from mockpin.emulator.emulator import Emulator  # noqa: PLC0415 - loaded when first needed
        from mockpin.serving.emulator_gateway import make_gateway  # noqa: PLC0415 - as above
        from mockpin.serving.server import Background, Server, listen  # noqa: PLC0415 - as above
        from mockpin.web.app import build_app  # noqa: PLC0415 - as above

        emulator = Emulator(self._settings)
        exits.callback(emulator.close)
        self.app = build_app(emulator)
        server = Server(make_gateway(self.app), listen("127.0.0.1", 0))
        return exits.enter_context(Background(server)).url


def calibrate_settings(settings: Settings | None, calibration: Calibration | str | Path) -> Settings:
    """Return the calibration's settings, overridden by the settings that differ from their default."""
    from mockpin.emulator.settings.calibrations import Calibration, read_calibration  # noqa: PLC0415 - when asked
    from mockpin.emulator.settings.settings import Settings, read_settings  # noqa: PLC0415 - as above

    observed = calibration if isinstance(calibration, Calibration) else read_calibration(calibration)
    defaults = {setting["name"]: setting["value"] for setting in Settings().describe()}
    described = settings.describe() if settings else ()
    chosen = {s["name"]: s["value"] for s in described if s["value"] != defaults[s["name"]]}
    return read_settings(chosen, dict.fromkeys(chosen, "flag"), calibration=observed)


class _HiddenMapping(dict[str, str]):
    """A JSON object whose repr hides its values from tracebacks."""

    def __repr__(self) -> str:
        return "{...}"


def _read_timeout(timeout: str | float) -> float:
    try:
        return parse_duration(timeout)
    except DurationUnreadable as error:
        raise DurationUnreadable(error.text) from None
