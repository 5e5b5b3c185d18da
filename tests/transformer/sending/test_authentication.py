import json

import httpx
import pytest

from mockpin_transformer import Destination
from tests.transformer.senders import TOKEN, Pinterest

SETTINGS = {"ad_account_id": "549", "conversion_token": TOKEN}
PREFIX = "Credentials are invalid: "
OUTCOMES = [
    (httpx.Response(200), None),
    (
        httpx.Response(401),
        f"{PREFIX} Invalid Conversion Token, please verify you have entered the correct Conversion Token.",
    ),
    (
        httpx.Response(403),
        f"{PREFIX} Invalid Ad Account ID, please verify you have entered the correct Ad Account ID.",
    ),
    (httpx.Response(500), "Credentials are invalid: 500 Internal Server Error"),
    (httpx.ConnectError("refused"), "Credentials are invalid:  no answer from api.pinterest.com (refused)"),
]


@pytest.mark.parametrize(("answer", "message"), OUTCOMES)
def test_the_outcome_is_in_segments_words(answer, message):
    pinterest = Pinterest(answer)
    destination = Destination(
        SETTINGS, [], api_uri="https://api.pinterest.com/v5", transport=pinterest.transport
    )
    found = destination.test_authentication(clock=lambda: 1_790_000_000.5)
    assert (found and found.message) == message
    (request,) = pinterest.requests
    assert str(request.url) == "https://api.pinterest.com/v5/ad_accounts/549/events?test=true"
    assert json.loads(request.content)["data"][0]["event_time"] == 1_790_000_000
