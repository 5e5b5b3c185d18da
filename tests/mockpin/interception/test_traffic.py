"""What became of the requests of a run, and the gate that counts them."""

import asyncio
from types import SimpleNamespace

import pytest

from mockpin.interception.hosts import HostTable
from mockpin.interception.traffic import Traffic, TrafficGate


class Recorder:
    """Stands behind the gate, and is the protocol of a request: keeps what it was told."""

    def __init__(self):
        self.calls = []

    async def __rsgi__(self, scope, protocol):
        self.calls.append(("served", scope, protocol))

    def response_str(self, status, headers, text):
        self.calls.append((status, headers, text))

    def stop(self):
        self.calls.append("stopped")


def serve(host):
    """What became of one request with this Host header."""
    traffic, recorder = Traffic(HostTable(["capi.test"])), Recorder()
    scope = SimpleNamespace(headers={} if host is None else {"host": host})
    asyncio.run(TrafficGate(recorder, traffic).__rsgi__(scope, recorder))
    return traffic, recorder.calls


def test_a_refusal_counts_and_says_what_to_do():
    traffic = Traffic(HostTable())
    traffic.refuse("www.pinterest.com")
    text = traffic.refuse("www.pinterest.com")
    assert traffic.refused == {"www.pinterest.com": 2}
    assert "answers for api.pinterest.com, ct.pinterest.com, " in text
    assert " Add --intercept www.pinterest.com to have mockpin answer for www.pinterest.com, too." in text


def test_the_busiest_hosts_are_described_first():
    traffic = Traffic(HostTable())
    traffic.answered.update({"a": 1, "b": 2})
    traffic.refused.update({"c": 1, "d": 3})
    assert list(traffic.describe()) == [
        "b: 2 requests answered by mockpin",
        "a: 1 request answered by mockpin",
        "d: 3 requests refused, so that nothing reaches Pinterest",
        "c: 1 request refused, so that nothing reaches Pinterest",
    ]


@pytest.mark.parametrize("host", ["api.pinterest.com", "API.pinterest.com:443", "capi.test"])
def test_a_request_for_an_intercepted_host_is_counted_and_served(host):
    traffic, ((kind, scope, protocol),) = serve(host)
    assert (kind, scope.headers["host"], type(protocol)) == ("served", host, Recorder)
    assert traffic.answered == {host.partition(":")[0].lower(): 1}


@pytest.mark.parametrize("host", ["127.0.0.1:7466", "", None])
def test_a_request_for_this_machine_is_served_without_being_counted(host):
    traffic, ((kind, _, _),) = serve(host)
    assert (kind, traffic.answered, traffic.refused) == ("served", {}, {})


def test_a_request_for_another_host_of_pinterest_is_refused():
    traffic, ((status, headers, text),) = serve("www.pinterest.com")
    assert (status, headers) == (403, [("content-type", "text/plain; charset=utf-8")])
    assert "--intercept www.pinterest.com" in text
    assert (traffic.answered, traffic.refused) == ({}, {"www.pinterest.com": 1})


def test_the_gate_stops_its_gateway():
    recorder = Recorder()
    TrafficGate(recorder, Traffic(HostTable())).stop()
    assert recorder.calls == ["stopped"]
