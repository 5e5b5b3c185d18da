"""The gateway of an emulator: which requests are answered together, and who is told of answers."""

import asyncio

import orjson
import pytest

from mockpin.emulator.pipeline.answers import Answer
from mockpin.emulator.pipeline.context import RequestContext
from mockpin.emulator.pipeline.requests import HttpRequest
from mockpin.serving.emulator_gateway import make_gateway, may_take_long, observed
from mockpin.serving.idling import IdleWork
from mockpin.serving.server import Background, Server, listen
from mockpin.web.app import build_app
from mockpin_validator.forensics.birthdays import _ARRAYS
from tests.mockpin.sending import PATH, TOKEN
from tests.mockpin.sockets import BODY, ask
from tests.validator.events import CLEAN


def post(body, **headers):
    return RequestContext(HttpRequest("POST", PATH, headers=headers, body=body), "7")


@pytest.mark.parametrize(
    ("context", "long"),
    [
        (post(b'{"content_name": "caf\\u00e9", "event_source_url": "https:\\/\\/shop.example"}'), False),
        (post(b'{"\\u0064b": []}'), True),
        (post(b"packed", **{"content-encoding": "gzip"}), True),
    ],
    ids=["escapes of its text", "an escape of a name", "packed"],
)
def test_a_request_takes_long_where_what_it_holds_cannot_be_seen(context, long):
    _ARRAYS.clear()  # no birth date has been hashed
    assert may_take_long(context) is long


async def answer_body(context):
    return Answer(200, context.request.body)


def test_an_observer_is_told_each_request_and_its_answer():
    told, context = [], post(b"{}")
    settling = IdleWork(lambda: False)
    answer = asyncio.run(observed(answer_body, settling, lambda *pair: told.append(pair))(context))
    assert told == [(context, answer)]


def test_a_request_plans_what_is_settled_when_idle():
    async def serve():
        settled = asyncio.Event()
        settling = IdleWork(lambda: bool(settled.set()), quiet=0)
        await observed(answer_body, settling, None)(post(b"{}"))
        return await settled.wait()

    assert asyncio.run(serve())


def test_the_gateway_answers_conversion_events_and_tells_of_them(emulator):
    told = []
    gateway = make_gateway(build_app(emulator), observe=lambda *pair: told.append(pair))
    with Background(Server(gateway, listen("127.0.0.1", 0))) as server:
        answer = ask(server, "POST", PATH, BODY, {"Authorization": f"Bearer {TOKEN}"})
    ((context, given),) = told
    assert answer.status == given.status == 200
    assert context.request.body == BODY


def test_the_gateway_makes_the_rows_of_clean_requests_when_idle(emulator):
    body = orjson.dumps({"data": [CLEAN["web"]]})
    with Background(Server(make_gateway(build_app(emulator)), listen("127.0.0.1", 0))) as server:
        assert ask(server, "POST", PATH, body, {"Authorization": f"Bearer {TOKEN}"}).status == 200
        rows = "SELECT count(*) FROM events"
        while not emulator.store._database.select_number(rows):
            pass
    assert emulator.store.settle_slice() is False
