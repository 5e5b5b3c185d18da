"""The stream of an open page: it speaks at each kind of change, and ends with the server."""

from threading import Thread

from mockpin.web.pages.changes import CHANGED, HEARTBEAT, stream_changes
from tests.mockpin.web.site import event


def listen(site):
    stream = stream_changes(site.emulator, poll_interval=0.01)
    assert next(stream) == HEARTBEAT
    return stream


def wait_for_change(stream):
    return next(message for message in stream if message != HEARTBEAT)


def test_an_event_a_refused_request_and_a_reset_are_changes(site):
    stream = listen(site)
    for change in (lambda: site.send(event()), lambda: site.send(event(), token="x"), site.emulator.reset):
        worker = Thread(target=change)
        worker.start()
        assert wait_for_change(stream) == CHANGED
        worker.join()


def test_a_silent_stream_says_now_and_then_that_it_is_alive(site):
    stream = stream_changes(site.emulator, poll_interval=0.0001)
    assert [next(stream), next(stream)] == [HEARTBEAT, HEARTBEAT]


def test_the_stream_ends_with_the_server(site):
    stream = listen(site)
    site.emulator.close()
    assert list(stream) == []
