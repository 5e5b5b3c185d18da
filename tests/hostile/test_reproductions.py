"""Attacks that stalled a server once, each as it was found."""

import orjson

from mockpin.emulator.masking.texts import mask_text
from mockpin.web.pages.content.search import parse_query
from mockpin_validator import validate
from tests.hostile.growth import find_growth, repeat
from tests.mockpin.sending import conversion_event


def test_a_long_url_of_an_event_takes_linear_time():
    def judge(url):
        validate({"data": [conversion_event(event_source_url=url)]})

    validate({"data": [conversion_event()]})
    assert find_growth(judge, repeat("a", start="https://x.test/?+")) is None
    assert find_growth(judge, repeat("phone", start="https://x.test/?+")) is None


def test_a_search_for_many_stars_takes_linear_time():
    def search(text):
        record = {"event_id": text, "test": False}
        assert not parse_query(f"id:{'*a' * 40}*b").matches(record)

    assert find_growth(search, repeat("a")) is None


def test_a_text_of_percent_signs_is_masked_in_linear_time():
    for pump in ("%25", "%", "a%40", "%25%40"):
        assert find_growth(mask_text, repeat(pump)) is None
        assert find_growth(lambda text: mask_text(orjson.dumps(text).decode()), repeat(pump)) is None
