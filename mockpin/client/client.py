"""MockPin: an emulator for a test, or a running server, whose methods read as sentences."""

from __future__ import annotations

from contextlib import ExitStack
from random import Random, SystemRandom
from typing import TYPE_CHECKING, Any, Self, Unpack

from mockpin.addresses import ADMIN, API, find_server
from mockpin.client.admin_client import AdminClient
from mockpin.client.controls import ClockControl, FaultControl
from mockpin.client.history import History
from mockpin.emulator.accounts import fingerprint, mint_ad_account_id, mint_token
from mockpin.emulator.settings.durations import DurationUnreadable, parse_duration
from mockpin.expectations.expectations import expect
from mockpin.expectations.matching import check_names

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from types import TracebackType

    from flask import Flask

    from mockpin.emulator.settings.calibrations import Calibration
    from mockpin.emulator.settings.settings import Settings
    from mockpin.expectations.filters import Filters

    Record = dict[str, Any]

__tracebackhide__ = True
# What `expect` takes beside filters.
WORDS = ("payload", "plain", "count", "at_least", "timeout")


class MockPin:
    """A context manager: inside it, there is an ad account of its own on an emulator of Pinterest's API.

        with MockPin() as mock:
            send_checkout(mock.api_uri, mock.ad_account_id, mock.conversion_token)
            mock.expect(event_name="checkout", count=1, timeout=2)

    Without `url` it starts an emulator on a free port of this machine and stops it at the end. With `url`
    (or what a sender takes, with /v5) it uses the server there and closes its ad account at the end.
    Whatever it reads, expects, breaks and resets is its own ad account's, so that tests may share a server;
    the clock is the server's.

    Attributes:
        url: Where the server is, such as http://127.0.0.1:7466.
        ad_account_id: The ad account's id.
        conversion_token: The token that opens it. It is shown nowhere.
        tag_id: The Pinterest tag that reports to it.
        clock: Freezes, advances and resumes the server's clock.
        faults: Makes requests to the ad account fail.
        app: The WSGI application of an emulator that was started here, for those who want no socket.
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
        """Nothing is started yet; `random` makes the ids and the token.

        `calibration`, a file of `mockpin calibrate`, decides what `settings` leave at their default. Raises
        CalibrationInvalid, and TypeError beside `url`.
        """
        if url and calibration:
            raise TypeError("A running server has settings of its own: start it with --calibration.")
        random = random or SystemRandom()
        self.ad_account_id = mint_ad_account_id(random)
        self.tag_id = mint_ad_account_id(random)
        self.conversion_token = mint_token(random)
        self._settings = calibrate_settings(settings, calibration) if calibration else settings
        self._running_at = url
        self._admin_token = admin_token
        self._exits = ExitStack()

    def __repr__(self) -> str:
        return f"MockPin(ad_account_id={self.ad_account_id!r})"

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

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._exits.close()

    @property
    def write_key(self) -> str:
        """The write key with which a Segment SDK's events go to this ad account; its host is `url`."""
        return self.ad_account_id

    @property
    def api_uri(self) -> str:
        """What a sender takes as PINTEREST_API_URI."""
        return f"{self.url}{API}"

    @property
    def admin_uri(self) -> str:
        """Where the admin API is."""
        return f"{self.url}{ADMIN}"

    def events(self, *, after: int = 0, **filters: Unpack[Filters]) -> list[Record]:
        """Every event of the ad account that the filters choose, oldest first; `test=True` for test requests.

        An event is `{seq, event_name, event_id, status, duplicate_of, findings, payload, ...}`. Raises
        TypeError for a filter that there is not.
        """
        check_names(filters)
        return self._history.list_events(after=after, **filters)

    def requests(self, *, after: int = 0) -> list[Record]:
        """Every exchange of the ad account, oldest first: `{id, method, path, body, status, answer, ...}`.

        What was sent to another ad account with the conversion token of this one is among them.
        """
        return self._history.list_requests(after=after)

    def conduct(self) -> list[Record]:
        """What the sender does wrong over all its requests: `{rule, message, fix, times, requests}`."""
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
        """The events that match, once as many have come as are expected: `count` exactly, or `at_least`.

        At least one, when neither is said; duplicates and test requests count only where a filter names
        them. `payload` holds values by path, such as `{"custom_data.order_id": "o1"}`; `plain` holds match
        keys that the test knows, such as `{"em": "jo@example.com"}`: only their hashes, as Pinterest asks
        for them, are compared. `timeout` is in seconds, or a text such as `"2s"`.

        Raises:
            Unmet: They have not come in time, or more than the exact count have. It is an AssertionError
                and shows which events matched, and the nearest misses field by field.
            TypeError: There is no such filter.
            PlainTextExpected: A value is plain text, which the history masks. It is a ValueError.
            DurationUnreadable: The timeout is no length of time.
        """
        check_names(filters, beside=WORDS)
        expected = expect(filters, payload=payload, plain=plain, count=count, at_least=at_least)
        return self._history.expect(expected, timeout=_read_timeout(timeout))

    def expect_none(
        self,
        *,
        payload: Mapping[str, Any] | None = None,
        timeout: str | float = 0.0,
        **filters: Unpack[Filters],
    ) -> None:
        """No such event, for as long as `timeout` says. Raises Unmet when one comes."""
        self.expect(payload=payload, count=0, timeout=timeout, **filters)

    def expect_deduplicated(self, *, timeout: str | float = 0.0, **filters: Unpack[Filters]) -> list[Record]:
        """The repetitions of an event that was counted once although it came more than once.

        Raises Unmet when it was counted more or less than once, or did not come again.
        """
        again: Filters = {**filters, "duplicate": True}
        first: Filters = {**filters, "duplicate": False}
        repeated = self.expect(timeout=timeout, **again)
        self.expect(count=1, **first)
        return repeated

    def expect_limited_data_processing(
        self, *, timeout: str | float = 0.0, **filters: Unpack[Filters]
    ) -> list[Record]:
        """The events to which limited data processing applies; Unmet when there are none."""
        limited: Filters = {**filters, "limited_data_processing": True}
        return self.expect(timeout=timeout, **limited)

    def expect_journey(self, path: str | Path) -> None:
        """Everything that a journey's TOML file states, within the seconds that it gives.

        Raises `journeys.JourneyUnmet`, an AssertionError, with near misses of each step that is missing, and
        `journey_files.JourneyInvalid` for a file that cannot be read or states no journey.
        """
        from mockpin.expectations.journey_files import open_journey  # noqa: PLC0415 - loaded when first needed

        self._history.expect_journey(open_journey(path))

    def reset(self) -> None:
        """Forget what the ad account sent, and take its faults back."""
        self._admin.post("reset", ad_account_id=self.ad_account_id)

    def _open_account(self, exits: ExitStack) -> None:
        account = {"ad_account_id": self.ad_account_id, "tag_id": self.tag_id}
        self._admin.post("accounts", _Untold(account, conversion_token=self.conversion_token))
        if self._running_at:
            exits.callback(self._admin.delete, f"accounts/{self.ad_account_id}")
            exits.callback(self.reset)

    def _open_history(self) -> History:
        scope = {"ad_account_id": self.ad_account_id}
        began = self._admin.get("requests", **scope)["next"]
        return History(self._admin, scope, token=fingerprint(self.conversion_token), began=began)

    def _start(self, exits: ExitStack) -> str:
        from mockpin.emulator.emulator import Emulator  # noqa: PLC0415 - loaded when first needed
        from mockpin.serving.gateway import make_gateway  # noqa: PLC0415 - as above
        from mockpin.serving.server import Background, Server, listen  # noqa: PLC0415 - as above
        from mockpin.web.app import build_app  # noqa: PLC0415 - as above

        emulator = Emulator(self._settings)
        exits.callback(emulator.close)
        self.app = build_app(emulator)
        server = Server(make_gateway(self.app), listen("127.0.0.1", 0))
        return exits.enter_context(Background(server)).url


def calibrate_settings(settings: Settings | None, calibration: Calibration | str | Path) -> Settings:
    """What a calibration observed, under the settings that differ from their default."""
    from mockpin.emulator.settings.calibrations import Calibration, read_calibration  # noqa: PLC0415 - when asked
    from mockpin.emulator.settings.settings import Settings, read_settings  # noqa: PLC0415 - as above

    observed = calibration if isinstance(calibration, Calibration) else read_calibration(calibration)
    defaults = {each["name"]: each["value"] for each in Settings().describe()}
    described = settings.describe() if settings else ()
    chosen = {each["name"]: each["value"] for each in described if each["value"] != defaults[each["name"]]}
    return read_settings(chosen, dict.fromkeys(chosen, "flag"), calibration=observed)


class _Untold(dict[str, str]):
    """A JSON object that no traceback shows."""

    def __repr__(self) -> str:
        return "{...}"


def _read_timeout(timeout: str | float) -> float:
    try:
        return parse_duration(timeout)
    except DurationUnreadable as error:
        raise DurationUnreadable(error.text) from None
