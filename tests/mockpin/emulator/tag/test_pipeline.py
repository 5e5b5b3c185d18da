"""The steps of a tag hit."""

import pytest

from mockpin.emulator.pipeline.answers import PIXEL
from mockpin.emulator.pipeline.context import RequestContext
from mockpin.emulator.pipeline.requests import HttpRequest
from mockpin.emulator.tag.pipeline import answer_tag, find_ad_account
from tests.mockpin.sending import AD_ACCOUNT_ID, TAG_ID, Sending


def hit(**payload):
    return RequestContext(HttpRequest("GET", "/v3/"), source="tag", payload=payload)


def test_the_ad_account_is_found_when_the_hit_is_recorded_before_its_duplicates():
    judging, recording = (
        [getattr(step, "func", step).__name__ for step in steps] for steps in Sending().emulator.tag_pipeline
    )
    assert judging == ["classify_events", "mask_events"]
    assert recording == ["find_ad_account", "find_duplicates", "build_rows", "answer_tag"]


@pytest.mark.parametrize("payload", [{"tid": TAG_ID}, {"tid": int(TAG_ID)}, {"tid": "unknown"}, {}])
def test_a_hit_belongs_to_the_ad_account_of_its_tag_or_to_the_first(payload):
    accounts = Sending().emulator.accounts
    accounts.add("7", "pina_seven", "2614")
    context = hit(**payload)
    find_ad_account(accounts, context)
    assert context.ad_account_id == AD_ACCOUNT_ID
    other = hit(tid="2614")
    find_ad_account(accounts, other)
    assert other.ad_account_id == "7"


def test_a_hit_is_answered_with_a_pixel():
    assert (answer_tag(hit()).status, answer_tag(hit()).body) == (200, PIXEL)
