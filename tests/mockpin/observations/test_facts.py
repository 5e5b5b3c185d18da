"""What a row of `facts` keeps of an event, and what it never does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin.observations.digests import start_digests
from mockpin.observations.facts import (
    COLUMN_TYPES,
    Fact,
    fact_of_event,
    leave_out_second,
    name_rules,
    read_id,
    read_number,
)

DIGEST = start_digests(b"a run's own")
ADDRESSES = ("jane@example.com", "jane%40example.com", "+49 170 1234567", "Bearer secret-1", "pina_secret")


def fact(**members):
    return fact_of_event({"event_name": "checkout", **members}, DIGEST)


@pytest.mark.parametrize("text", ADDRESSES)
@pytest.mark.parametrize("place", ["action_source", "currency"])
def test_an_address_or_a_token_in_place_of_a_code_is_masked(place, text):
    kept = getattr(fact(action_source=text, custom_data={"currency": text}), place)
    assert not any(part in kept.lower() for part in ("jane", "1234567", "secret"))
    assert "<masked" in kept.lower() or "sha256:" in kept.lower()


@pytest.mark.parametrize("text", [ADDRESSES[0], ADDRESSES[1], "pina_secret"])
def test_an_address_or_a_token_in_a_name_or_an_id_is_masked(text):
    row = fact(event_name=text, event_id=text, custom_data={"order_id": text})
    assert not any(word in str(row) for word in ("jane", "pina_"))


@given(
    st.sampled_from(
        [
            "em",
            "ph",
            "fn",
            "ln",
            "external_id",
            "click_id",
            "hashed_maids",
            "client_ip_address",
            "client_user_agent",
        ]
    ),
    st.text("ab-.", min_size=6).map("{}.1".format),
)
def test_a_match_key_is_kept_as_a_number_that_only_tells_equal_values(name, text):
    first, again = (fact(user_data={name: text}) for _ in range(2))
    assert first == again
    assert text not in first
    other = fact_of_event({"user_data": {name: text}}, start_digests(b"another run's"))
    here = fact_of_event({"user_data": {name: text}}, DIGEST)
    assert here != other


def test_what_an_event_says_stands_in_the_column_of_its_name():
    person = {
        "em": ["A"],
        "external_id": ["B"],
        "ph": ["1"],
        "fn": ["2"],
        "ln": ["3"],
        "click_id": "c",
        "hashed_maids": ["F"],
        "client_ip_address": "8.8.8.8",
        "client_user_agent": "e",
    }
    order = {"order_id": "1001", "value": "9.5", "currency": "EUR", "num_items": 3, "contents": CONTENTS}
    row = fact(
        event_id="id-1", event_time=SECOND, event_source_url="https://a.test/b?epik=c", opt_out=True,
        user_data=person, custom_data=order,
    )  # fmt: skip
    assert row == Fact(
        event_name="checkout", event_id="id-1", event_time=SECOND, order_id="1001", value=9.5, currency="EUR",
        worth=6.0, pieces=3.0, opt_out=1, products=DIGEST("a\nb"), em=DIGEST("a"), external_id=DIGEST("b"),
        click_id=DIGEST("c"), maid=DIGEST("f"), ip=DIGEST("8.8.8.8"), user_agent=DIGEST("e"), page=DIGEST("https://a.test/b"),
        url=DIGEST("https://a.test/b?epik=c"), clicked=1, ph=DIGEST("1"), fn=DIGEST("2"), ln=DIGEST("3"),
    )  # fmt: skip


def test_a_currency_is_kept_in_upper_case_and_a_source_as_it_came():
    row = fact(action_source="web", custom_data={"currency": "eur"})
    assert (row.currency, row.action_source) == ("EUR", "web")


@pytest.mark.parametrize("value", [None, 5, ["web"], {}])
def test_what_is_not_text_is_no_source_and_no_currency(value):
    row = fact(action_source=value, custom_data={"currency": value})
    assert (row.currency, row.action_source) == (None, "")


@pytest.mark.parametrize(("value", "kept"), [
    ("a", "a"), (" ", None), ("", None), (None, None), (7, "7"), (True, None), (7.5, None), ("x" * 200, "x" * 200),
])  # fmt: skip
def test_an_id_is_a_text_or_a_whole_number(value, kept):
    assert read_id(value) == kept


#: 2026-09-24T08:24:00 in UTC.
SECOND = 1_790_238_240


@pytest.mark.parametrize(("event_id", "beside"), [
    ("1790238240", ""), ("order-1790238240.web", "order-.web"), ("1790238241", None), ("uuid", None),
    ("2026-09-24T08:24:00Z", "Z"), ("20260924082400", ""), ("co_20260924-082400", "co_"),
    ("2026-09-24 10:24:00", ""), ("20260924222400", ""), ("20260924223900", None), ("20260924082401", None),
    ("20260923182400", ""), ("20260923180900", None), ("20260924135400", ""), ("20260924085000", None),
    ("20269924082400", None), ("00000000000000", None), ("2026-09-24", None),
])  # fmt: skip
def test_an_id_may_hold_the_second_of_its_event_in_any_time_zone(event_id, beside):
    assert leave_out_second(event_id, float(SECOND)) == beside
    assert fact(event_id=event_id, event_time=SECOND).beside == beside


@pytest.mark.parametrize(
    "members", [{"event_id": "1790238240"}, {"event_time": SECOND}, {"event_id": " ", "event_time": SECOND}]
)
def test_an_id_or_a_time_alone_holds_no_second(members):
    assert fact(**members).beside is None


def test_long_ids_that_differ_stay_different_and_are_shortened():
    ids = {read_id("x" * 300), read_id("x" * 299), read_id("x" * 299 + "y"), read_id("\ud800" * 300)}
    assert len(ids) == 4
    assert {len(event_id) for event_id in ids} == {200}


@pytest.mark.parametrize(("value", "number"), [
    ("9.50", 9.5), (9, 9.0), (True, None), ("x", None), ("inf", None), ("nan", None), (1e18, None), (None, None), ([], None),
])  # fmt: skip
def test_a_number_may_be_written_as_text(value, number):
    assert read_number(value) == number


def test_each_column_has_a_type():
    assert set(COLUMN_TYPES) == set(Fact._fields)
    assert set(COLUMN_TYPES.values()) == {"TEXT", "BIGINT", "DOUBLE"}


def test_a_rule_is_named_once_with_each_severity():
    assert name_rules([("b", "error"), ("a", "info"), ("b", "error")]) == "a:info b:error"


CONTENTS = [{"id": "a", "item_price": "2.50", "quantity": 2}, {"id": "b", "item_price": "1", "quantity": 1}]
LINE_ITEMS = [{"product_id": "a", "product_price": 2.5, "product_quantity": "3"}]


@pytest.mark.parametrize(
    ("about", "worth", "pieces"),
    [
        ({}, None, None),
        ({"contents": CONTENTS}, 6.0, 3.0),
        ({"line_items": LINE_ITEMS}, 7.5, 3.0),
        ({"contents": [{"id": "a", "item_price": "4"}]}, None, None),
        ({"contents": [*CONTENTS, {"id": "c", "quantity": 1}]}, None, 4.0),
        ({"contents": [*CONTENTS, {"id": "c", "item_price": "1"}]}, None, None),
        ({"contents": [{"item_price": "many", "quantity": "many"}]}, None, None),
        ({"contents": ["a", None], "line_items": "a"}, None, None),
        ({"contents": CONTENTS, "num_items": 9}, 6.0, 9.0),
        ({"contents": [{"item_price": 10**400, "quantity": 1}]}, None, 1.0),
    ],
)
def test_what_the_products_cost_and_how_many_they_are_is_known_where_each_says_so(about, worth, pieces):
    row = fact(custom_data=about)
    assert (row.worth, row.pieces) == (worth, pieces)


def test_two_urls_of_one_page_are_told_apart():
    first, second = (fact(event_source_url=f"https://a.test/b?product={number}") for number in (1, 2))
    assert first.page == second.page
    assert first.url != second.url
    assert fact().url is None


@pytest.mark.parametrize(
    ("url", "named"),
    [
        ("https://a.test/b?epik=dj0x", 1), ("https://a.test/b?c=d&epik=dj0x#e", 1), ("https://a.test/b", 0),
        ("https://a.test/epik", 0), ("https://a.test/b?no_epik=1", 0), (None, 0), (5, 0), (["?epik=1"], 0),
    ],
)  # fmt: skip
def test_a_url_may_name_a_click(url, named):
    assert fact(event_source_url=url).clicked == named
