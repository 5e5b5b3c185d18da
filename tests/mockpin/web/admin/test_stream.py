from threading import Timer

import orjson
import pytest

from mockpin.emulator.emulator import Emulator
from mockpin.emulator.pipeline.context import RequestContext
from mockpin.emulator.pipeline.requests import HttpRequest
from mockpin.emulator.tag.hits import make_context
from mockpin.web.admin.stream import ALIVE, PAGE_SIZE, stream_events
from tests.mockpin.sending import AD_ACCOUNT_ID, PATH, TOKEN, Sending, conversion_event


def send(emulator, *ids):
    body = orjson.dumps({"data": [conversion_event(event_id=id_) for id_ in ids]})
    request = HttpRequest("POST", PATH, headers={"authorization": f"Bearer {TOKEN}"}, body=body)
    assert emulator.receive(RequestContext(request, AD_ACCOUNT_ID)).status == 200


def read(chunk):
    return [orjson.loads(line[6:]) for line in chunk.splitlines() if line.startswith(b"data: ")]


def test_a_stream_begins_at_once():
    emulator = Emulator()
    assert next(stream_events(emulator, after=0, filters={})) == ALIVE


def test_events_come_with_their_number_as_id(emulator):
    stream = stream_events(emulator, after=0, filters={})
    next(stream)
    send(emulator, "a", "b")
    chunk = next(stream)
    assert [event["event_id"] for event in read(chunk)] == ["a", "b"]
    assert chunk.startswith(b"id: 1\nevent: event\ndata: ")
    assert chunk.endswith(b"\n\n")


def test_a_reader_goes_on_where_it_stopped(emulator):
    send(emulator, "a", "b")
    stream = stream_events(emulator, after=1, filters={})
    next(stream)
    assert [event["event_id"] for event in read(next(stream))] == ["b"]


def test_an_event_wakes_a_reader_that_waits(emulator):
    stream = stream_events(emulator, after=0, filters={}, heartbeat=60)
    next(stream)
    Timer(0.01, send, args=(emulator, "late")).start()
    assert [event["event_id"] for event in read(next(stream))] == ["late"]


def test_many_events_come_page_by_page(emulator):
    send(emulator, *map(str, range(2 * PAGE_SIZE + 1)))
    stream = stream_events(emulator, after=0, filters={})
    next(stream)
    assert [len(read(next(stream))) for _ in range(3)] == [PAGE_SIZE, PAGE_SIZE, 1]


def test_filters_leave_events_out(emulator):
    stream = stream_events(emulator, after=0, filters={"event_id": "b"})
    next(stream)
    send(emulator, "a", "b")
    assert [event["event_id"] for event in read(next(stream))] == ["b"]


@pytest.mark.parametrize("filters", [{}, {"ad_account_id": AD_ACCOUNT_ID}])
@pytest.mark.parametrize("ad_account_id", [AD_ACCOUNT_ID, None])
def test_a_reset_wakes_a_reader_and_is_told(emulator, ad_account_id, filters):
    send(emulator, "a")
    stream = stream_events(emulator, after=0, filters=filters)
    assert [next(stream), len(read(next(stream)))] == [ALIVE, 1]
    Timer(0.01, emulator.reset, args=(ad_account_id,)).start()
    chunk = next(stream)
    assert chunk.startswith(b"event: reset\n")
    assert read(chunk) == [{"ad_account_id": ad_account_id}]


def test_a_reset_between_the_head_of_a_stream_and_its_first_message_is_told(emulator):
    stream = stream_events(emulator, after=0, filters={})
    emulator.reset()
    assert next(stream) == ALIVE
    assert read(next(stream)) == [{"ad_account_id": None}]


def test_a_reset_of_another_ad_account_is_none_of_a_readers(emulator):
    stream = stream_events(emulator, after=0, filters={"ad_account_id": "1"})
    next(stream)
    emulator.reset("2")
    assert next(stream) == ALIVE


def test_what_comes_after_a_reset_is_told_after_it(emulator):
    stream = stream_events(emulator, after=0, filters={})
    next(stream)
    send(emulator, "a")
    emulator.reset()
    send(emulator, "b")
    chunk = next(stream)
    assert chunk.startswith(b"event: reset\n")
    assert [event["event_id"] for event in read(chunk)[1:]] == ["b"]


def test_after_a_reset_of_one_ad_account_the_events_of_the_others_are_not_told_again(emulator):
    stream = stream_events(emulator, after=0, filters={})
    next(stream)
    send(emulator, "a")
    assert len(read(next(stream))) == 1
    emulator.reset("1")
    assert read(next(stream)) == [{"ad_account_id": "1"}]


@pytest.mark.parametrize(
    ("filters", "seen"), [({"ad_account_id": "7"}, 0), ({"ad_account_id": AD_ACCOUNT_ID}, 1)]
)
def test_a_reader_of_either_ad_account_begins_again_where_hits_have_moved(filters, seen):
    sending = Sending(provisional=AD_ACCOUNT_ID)
    stream = stream_events(sending.emulator, after=0, filters=filters)
    hit = HttpRequest("GET", "/v3/", 'tid=999&event=checkout&ed={"event_id":"o-1"}')
    next(stream)
    sending.emulator.receive_tag(make_context(hit, sending.emulator.accounts, now=sending.now))
    assert len(read(next(stream))) == seen
    sending.post(conversion_event(event_id="o-2"), ad_account_id="7", token="pina_own")
    told = read(next(stream))
    assert told[0] == {"ad_account_id": AD_ACCOUNT_ID}
    assert [event["event_id"] for event in told[1:]] == ([] if seen else ["o-1", "o-2"])


def test_a_silent_stream_says_that_it_is_there(emulator):
    stream = stream_events(emulator, after=0, filters={}, heartbeat=0)
    assert [next(stream), next(stream)] == [ALIVE, ALIVE]


def test_the_stream_ends_with_the_emulator():
    emulator = Emulator()
    stream = stream_events(emulator, after=0, filters={}, heartbeat=0)
    next(stream)
    emulator.close()
    assert list(stream) == []


def test_the_stream_ends_when_the_end_comes_between_a_wait_and_a_look():
    emulator = Emulator()
    stream = stream_events(emulator, after=0, filters={}, heartbeat=0)
    next(stream)
    emulator.store.close()
    assert list(stream) == []


@pytest.mark.parametrize(
    ("query", "headers", "first"),
    [("?after=0", {}, "a"), ("?after=0", {"Last-Event-ID": "1"}, "b"), ("?after=0&event_id=b", {}, "b")],
)
def test_over_http_it_begins_where_it_is_asked_to(http, emulator, query, headers, first):
    send(emulator, "a", "b")
    answer = http.get(f"/__mockpin/stream{query}", headers=headers)
    assert answer.content_type == "text/event-stream"
    chunks = answer.iter_encoded()
    assert next(chunks) == ALIVE
    assert read(next(chunks))[0]["event_id"] == first
    answer.close()


def test_over_http_it_begins_with_what_is_yet_to_come(http, emulator):
    send(emulator, "a")
    chunks = http.get("/__mockpin/stream").iter_encoded()
    next(chunks)
    send(emulator, "b")
    assert [event["event_id"] for event in read(next(chunks))] == ["b"]


def test_a_reader_that_waits_is_let_go_at_the_end():
    emulator = Emulator()
    stream = stream_events(emulator, after=0, filters={})
    next(stream)
    Timer(0.01, emulator.close).start()
    assert list(stream) == []
