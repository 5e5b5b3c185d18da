"""What a test turns on a running emulator."""

import httpx
import pytest

from mockpin import MockPin
from mockpin.client.admin_client import AdminClient, AdminRefused
from mockpin.client.controls import ClockControl, FaultControl
from mockpin.emulator.emulator import Emulator
from mockpin.web.app import build_app
from tests.mockpin.client.traffic import event, send

NOW = 1_790_000_000.0


@pytest.fixture
def admin():
    emulator = Emulator(clock=lambda: NOW)
    with AdminClient("http://127.0.0.1", transport=httpx.WSGITransport(app=build_app(emulator))) as admin:
        yield admin
    emulator.close()


@pytest.fixture
def clock(admin):
    return ClockControl(admin)


@pytest.mark.parametrize(
    ("at", "now"), [(None, NOW), (5, 5.0), (1.5, 1.5), ("2026-01-31T12:00:00Z", 1_769_860_800.0)]
)
def test_a_clock_is_stopped_at_a_moment_or_at_the_present(clock, at, now):
    assert clock.freeze(at) == clock.now == now


@pytest.mark.parametrize(("by", "seconds"), [(10, 10), ("25h", 90_000), ("1d", 86_400)])
def test_a_clock_goes_forward_and_comes_back(clock, by, seconds):
    assert clock.advance(by) == clock.now == NOW + seconds
    assert clock.real() == clock.now == NOW


def test_a_clock_that_stands_still_goes_forward_from_there(clock):
    clock.freeze(100)
    assert clock.advance("1m") == 160.0


def test_faults_are_those_of_one_ad_account(admin):
    mine, theirs = FaultControl(admin, "7"), FaultControl(admin, "8")
    number = mine.add(fault={"status": 503}, times=2)
    theirs.add(fault={"drop": True})
    (fault,) = mine.list()
    assert (fault["id"], fault["ad_account_id"], fault["bitten"]) == (number, "7", 0)
    mine.clear()
    assert (mine.list(), len(theirs.list())) == ([], 1)


def test_one_fault_is_taken_back_and_only_once(admin):
    faults = FaultControl(admin, "7")
    kept, number = faults.add(fault={"drop": True}), faults.add(fault={"garbage": True})
    faults.remove(number)
    assert [fault["id"] for fault in faults.list()] == [kept]
    with pytest.raises(AdminRefused, match="No such fault is in force"):
        faults.remove(number)


def test_faults_bite_only_this_ad_account(server, mock):
    number = mock.faults.add(fault={"status": 503}, times=2)
    with MockPin(url=server.url) as other:
        assert send(other, event()).status_code == 200
    assert send(mock, event()).status_code == 503
    assert mock.faults.list()[0]["bitten"] == 1
    mock.faults.remove(number)
    assert send(mock, event()).status_code == 200


def test_faults_can_be_cleared(mock):
    mock.faults.add(fault={"fail_events": [0]})
    assert send(mock, event()).status_code == 422
    mock.faults.clear()
    assert send(mock, event()).status_code == 200


@pytest.mark.parametrize("fault", [{"drop": True}, {"truncate": 5}])
def test_a_broken_connection_is_a_broken_connection(mock, fault):
    mock.faults.add(fault=fault, times=1)
    with pytest.raises(httpx.TransportError):
        send(mock, event())


def test_a_day_later_an_event_is_not_a_duplicate(mock):
    mock.clock.freeze("2026-01-31T12:00:00Z")
    send(mock, event(event_time=int(mock.clock.now)))
    mock.clock.advance("25h")
    send(mock, event(event_time=int(mock.clock.now)))
    assert [event["duplicate_of"] for event in mock.events()] == [None, None]


def test_the_clock_freezes_at_the_present_and_runs_again(mock):
    frozen = mock.clock.freeze()
    assert mock.clock.now == frozen
    assert mock.clock.real() >= frozen
