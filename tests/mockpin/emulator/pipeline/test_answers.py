import json

import orjson
import pytest

from mockpin.emulator.pipeline import answers
from mockpin.emulator.pipeline.answers import PROCESSED, Verdict
from mockpin.emulator.pipeline.faults import Faults, parse_rule
from tests.conftest import FIXTURES
from tests.mockpin.sending import AD_ACCOUNT_ID, TOKEN, Sending

CASES = sorted((FIXTURES / "replies").glob("*.json"))
FAILED = Verdict("failed", "why", "also")


def faults_of(case):
    faults = Faults()
    if "fault" in case:
        faults.add(parse_rule({"fault": case["fault"]}))
    return faults


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_reply_of_the_service_is_reproduced(path):
    case = json.loads(path.read_text())
    sending = Sending(now=case["now"], faults=faults_of(case), **case.get("settings", {}))
    how = {"ad_account_id": case.get("ad_account_id", AD_ACCOUNT_ID), "token": case.get("token", TOKEN)}
    for _ in range(case.get("times", 1)):
        answer = sending.post(*case["events"], query=case.get("query", ""), **how)
    body = answer.body.decode()
    assert answer.status == case["status"]
    assert body == case.get("body", body)
    assert body.startswith(case.get("begins", ""))
    assert case.get("contains", "") in body


def test_every_answer_has_the_headers_of_pinterest_s():
    assert {("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY")} < set(
        Sending().post().headers
    )


def test_messages_that_say_nothing_are_empty_not_absent():
    assert orjson.loads(answers.summary([PROCESSED], 0))["events"] == [
        {"status": "processed", "error_message": "", "warning_message": ""}
    ]


@pytest.mark.parametrize(("verdicts", "mixed", "status"), [
    ([PROCESSED, PROCESSED], 422, 200), ([PROCESSED, FAILED], 422, 422), ([PROCESSED, FAILED], 200, 200),
    ([FAILED, FAILED], 200, 422),
])  # fmt: skip
def test_a_mixed_batch_has_the_status_that_was_chosen(verdicts, mixed, status):
    assert answers.judged(verdicts, mixed).status == status


def test_a_long_sentence_is_cut_with_an_ellipsis():
    message = orjson.loads(answers.invalid("x" * 5000).body)["message"]
    assert message.removeprefix("Invalid request: ") == "x" * 1999 + "…"


@pytest.mark.parametrize(
    ("answer", "status", "code"),
    [
        (answers.unauthorized(), 401, 2),
        (answers.forbidden(), 403, 29),
        (answers.invalid("x"), 400, 1),
        (answers.malformed_ad_account("x"), 400, 1),
        (answers.rate_limited(), 429, 8),
        (answers.ramped_down(), 503, 4197),
        (answers.broken(), 500, 0),
        (answers.too_large(5), 413, 1),
        (answers.not_found(), 404, 50),
        (answers.unknown_ad_account(), 404, 2),
        (answers.method_not_allowed(), 405, 5),
    ],
)
def test_an_error_has_pinterests_status_and_code(answer, status, code):
    assert (answer.status, orjson.loads(answer.body)["code"]) == (status, code)


def test_only_the_authentication_layer_adds_a_status():
    assert [b'"status"' in make().body for make in (answers.unauthorized, answers.forbidden)] == [True, False]


def test_the_pixel_is_a_gif_of_one_pixel():
    assert answers.PIXEL[:10] == b"GIF89a\x01\x00\x01\x00"


def test_an_answer_without_messages_is_made_once_for_each_number_of_events():
    clean = answers.judged([PROCESSED, Verdict()], 422)
    assert clean is answers.judged([PROCESSED] * 2, 422)
    assert orjson.loads(clean.body)["num_events_processed"] == 2
    warned = answers.judged([PROCESSED, Verdict(warning_message="why")], 422)
    assert orjson.loads(warned.body)["events"][1]["warning_message"] == "why"


def test_an_answer_does_not_show_its_body():
    assert repr(answers.Answer(400, b"jane")) == "Answer(400)"


def test_the_tag_gets_a_transparent_pixel():
    pixel = answers.beacon()
    assert (pixel.status, pixel.headers) == (200, (("Content-Type", "image/gif"),))
    assert pixel.body.startswith(b"GIF89a")
