import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockpin.emulator.json_texts import (
    DEEPEST,
    MAX_VALUES,
    JsonUnreadable,
    may_nest_deeply,
    nests_deeply,
    parse_json,
)

texts = st.text(st.sampled_from('[]{}"\\a,:'))
values = st.recursive(
    texts | st.none(), lambda inner: st.lists(inner) | st.dictionaries(texts, inner), max_leaves=20
)


def nest(depth, *, one="[", other="]"):
    return one * depth + "0" + other * depth


@settings(max_examples=50)
@given(values)
def test_json_comes_back_as_it_was_written(value):
    assert parse_json(orjson.dumps(value)) == value


@pytest.mark.parametrize(
    "text", [nest(DEEPEST), nest(DEEPEST // 2, one='[{"a":', other="}]")], ids=["lists", "both"]
)
def test_the_deepest_is_let_in_and_can_be_written_again(text):
    assert orjson.dumps(parse_json(text)).decode() == text


@pytest.mark.parametrize("depth", [DEEPEST + 1, 255, 1024])
@pytest.mark.parametrize("form", ["bytes", "text"])
def test_json_nested_deeper_than_the_limit_is_refused(depth, form):
    text = nest(depth)
    with pytest.raises(JsonUnreadable, match="more than 100 deep"):
        parse_json(text if form == "text" else text.encode())


@pytest.mark.parametrize(
    ("one", "other"),
    [('[{"a":', "}]"), ('["]",', ',"["]'), ('["\\"]",', ',"[\\""]'), ('{"]":"","a":', ',"[":""}')],
    ids=["lists of objects", "strings that close", "quotes within strings", "names that close"],
)
def test_depth_hides_behind_nothing(one, other):
    with pytest.raises(JsonUnreadable, match="more than 100 deep"):
        parse_json(nest(DEEPEST + 1, one=one, other=other))


@given(st.lists(values, min_size=1, max_size=2), st.sampled_from([60, 101]))
def test_what_nests_deeply_always_raises_a_doubt(around, turns):
    value = None
    for item in around * turns:
        value = [item, value, item]
    text = orjson.dumps(value)
    assert may_nest_deeply(text) or not nests_deeply(value)


def test_the_deepest_of_many_siblings_counts():
    with pytest.raises(JsonUnreadable, match="more than 100 deep"):
        parse_json(f"[[], {{}}, [1, {nest(DEEPEST)}], []]")


@pytest.mark.parametrize("text", [b"", b"{", b'{"a":NaN}', b'"\xff"', b"[" * 100_000])
def test_a_text_that_is_not_json_is_refused(text):
    with pytest.raises(JsonUnreadable):
        parse_json(text)


def test_brackets_within_strings_raise_a_doubt_that_is_groundless():
    text = orjson.dumps(["[" * 300])
    assert may_nest_deeply(text)
    assert not nests_deeply(orjson.loads(text))
    assert parse_json(text) == ["[" * 300]


def test_a_text_that_orders_itself_raises_no_doubt():
    assert not may_nest_deeply('{"data": [{"a": []}, {"b": {}}]}')


@pytest.mark.parametrize("form", ["bytes", "text"])
def test_more_than_half_a_million_values_are_refused_before_they_are_parsed(form):
    text = f"[{'1,' * (MAX_VALUES - 2)}1]"
    assert len(parse_json(text if form == "text" else text.encode())) == MAX_VALUES - 1
    longer = text.replace("[", "[1,1,")
    with pytest.raises(JsonUnreadable, match="more than 500,000 values"):
        parse_json(longer if form == "text" else longer.encode())
    with pytest.raises(JsonUnreadable, match="more than 500,000 values"):
        parse_json("[{]," * MAX_VALUES)


def test_a_long_text_is_one_value():
    assert parse_json(f'["{"x" * 3 * MAX_VALUES}"]') == ["x" * 3 * MAX_VALUES]


def test_a_long_text_with_half_a_character_is_refused():
    with pytest.raises(JsonUnreadable, match="surrogates"):
        parse_json('"\ud800' + "x" * MAX_VALUES + '"')
