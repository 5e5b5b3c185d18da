"""How many events are expected, by name and source."""

import pytest

from mockpin.reports.go_live.expected import ExpectedInvalid, read_expected, split_key


def test_names_are_read_in_the_apis_spelling_with_or_without_their_source():
    texts = ["Checkout=3", "api:checkout=2", "tag:AddToCart=0", "segment:My Event=1"]
    assert read_expected(texts) == {
        "checkout": 3, "api:checkout": 2, "tag:add_to_cart": 0, "segment:My Event": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("checkout", "is not NAME=COUNT"),
        ("checkout=", "is not NAME=COUNT"),
        ("=3", "is not NAME=COUNT"),
        ("checkout=-1", "is not NAME=COUNT"),
        ("segmnt:checkout=1", "did you mean segment?"),
        ("web:checkout=1", "there are api, tag, segment."),
        ("api:=1", "names no event, such as api:checkout=12."),
    ],
)
def test_what_cannot_be_read_is_told_with_what_to_write(text, said):
    with pytest.raises(ExpectedInvalid, match=said.replace("?", r"\?")):
        read_expected([text])


def test_a_name_is_expected_once_for_each_source():
    with pytest.raises(ExpectedInvalid, match="api:checkout is expected twice"):
        read_expected(["api:checkout=1", "api:Checkout=2", "checkout=3"])


@pytest.mark.parametrize(
    ("key", "parts"), [("checkout", ("", "checkout")), ("tag:lead", ("tag", "lead")), ("a:b", ("", "a:b"))]
)
def test_a_key_has_a_source_only_where_there_is_such_a_source(key, parts):
    assert split_key(key) == parts
