"""The same history from a running server and from its file."""

import httpx
import pytest

from mockpin.cli.shared.received import read_emulator, read_server, read_store
from mockpin.client.admin_client import AdminClient
from mockpin.emulator.history.shadow_answers import ShadowAnswer
from mockpin.emulator.history.store import Store
from mockpin.emulator.history.store_errors import StoreFailed
from mockpin.web.app import build_app
from tests.mockpin.sending import AD_ACCOUNT_ID, Sending, conversion_event


@pytest.fixture
def path(tmp_path):
    return tmp_path / "events.db"


@pytest.fixture
def sending(path):
    """An emulator that keeps four events in a file: of seven that it was sent, in two ad accounts."""
    sending = Sending(store=Store(str(path), bound=4))
    sending.emulator.accounts.add("7", "pina_other")
    sending.post(*(conversion_event(event_id=f"o-{number}") for number in range(5)))
    sending.post(conversion_event(event_id="other"), ad_account_id="7", token="pina_other")
    sending.post(conversion_event(event_id="o-9"))
    yield sending
    sending.emulator.close()


def ask(sending, **scope):
    transport = httpx.WSGITransport(app=build_app(sending.emulator))
    with AdminClient("http://127.0.0.1", transport=transport) as admin:
        return read_server(admin, **scope)


@pytest.mark.parametrize("scope", [{}, {"ad_account_id": AD_ACCOUNT_ID}, {"ad_account_id": "7"}])
def test_a_file_tells_what_its_server_told(sending, path, scope):
    told = ask(sending, **scope)
    sending.emulator.close()
    read = read_store(path, **scope)
    assert (list(read.events), list(read.requests), read.evicted) == (told.events, told.requests, 3)


def test_one_ad_account_is_told_without_the_others(sending):
    received = ask(sending, ad_account_id="7")
    assert [event["event_id"] for event in received.events] == ["other"]
    assert [request["ad_account_id"] for request in received.requests] == ["7"]


def test_a_request_shows_those_of_its_events_that_are_still_kept(sending, path):
    sending.emulator.close()
    first = read_store(path).requests[0]
    assert [event["event_id"] for event in first["body"]["data"]] == ["o-3", "o-4"]


def test_a_file_tells_what_a_real_service_answered(sending, path):
    with sending.emulator.store.transaction():
        sending.emulator.store.add_shadow_answer(ShadowAnswer(3, AD_ACCOUNT_ID, 5.0, 200, 422, 1, "[]"))
    sending.emulator.close()
    assert ["shadow" in request for request in read_store(path).requests] == [False, False, True]


def test_a_file_that_is_not_there_is_not_made(path):
    with pytest.raises(StoreFailed, match="there is no such file"):
        read_store(path)
    assert not path.exists()


def test_a_file_that_is_not_a_store_is_left_as_it_is(path):
    path.write_text("no database")
    with pytest.raises(StoreFailed):
        read_store(path)
    assert path.read_text() == "no database"


def test_a_store_of_which_nothing_can_be_read_is_refused(sending, path):
    sending.emulator.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:16384] + b"\xff" * (len(whole) - 16384))
    with pytest.raises(StoreFailed, match="is damaged: events from 1 on cannot be read"):
        read_store(path)


def test_of_a_damaged_store_the_rest_is_read_and_the_loss_is_said(sending, path, capsys):
    sending.emulator.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:16384] + b"\xff" * 16384 + whole[32768:])
    received = read_store(path)
    assert (len(received.events), len(received.requests)) == (0, 3)
    assert "is damaged: events from 1 on cannot be read. What follows" in capsys.readouterr().err


def test_an_emulator_of_this_process_gives_all_that_it_remembers():
    sending = Sending()
    sending.post(conversion_event(), conversion_event(event_id="o-2"))
    received = read_emulator(sending.emulator)
    assert [event["event_id"] for event in received.events] == ["o-1", "o-2"]
    assert [len(request["body"]["data"]) for request in received.requests] == [2]
    sending.emulator.close()
