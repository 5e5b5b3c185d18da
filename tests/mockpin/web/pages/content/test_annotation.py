"""A document as lines: each note where its place begins, and nothing that cannot be seen."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from mockpin.web.pages.content.annotation import Note, annotate, lay_out

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=12,
)


def shown(document):
    return "\n".join("".join(token.text for token in line.tokens) for line in lay_out(document))


def notes(document, *pointers):
    lines = annotate(document, [Note("error", pointer, pointer) for pointer in pointers])
    return {note.message: line.number for line in lines for note in line.notes}


def test_a_document_is_laid_out_as_a_reader_expects_it():
    assert shown({"a": [1, {}], "b": "x"}) == '{\n"a": [\n1,\n{}\n],\n"b": "x"\n}'
    assert [line.depth for line in lay_out({"a": [1]})] == [0, 1, 2, 1, 0]


def test_a_note_lies_on_the_line_where_its_place_begins():
    document = {"user_data": {"em": ["a", "b"]}, "x/y": 1}
    assert notes(document, "/user_data/em/1", "/x~1y") == {"/user_data/em/1": 5, "/x~1y": 8}


def test_a_note_on_what_is_absent_lies_on_what_lacks_it():
    assert notes({"custom_data": {"value": "1"}}, "/custom_data/currency", "/event_id") == {
        "/custom_data/currency": 2,
        "/event_id": 1,
    }


def test_the_gravest_note_gives_a_line_its_severity():
    (line, *_) = annotate({}, [Note("known", "", "a"), Note("warning", "", "b"), Note("info", "", "c")])
    assert line.severity == "warning"


def test_what_turns_a_line_round_is_written_as_its_escape():
    assert [token.text for line in lay_out("a\u202eb") for token in line.tokens] == ['"a\\u202eb"']


def test_neither_depth_nor_length_is_too_much():
    document = []
    for _ in range(5000):
        document = [document, "x" * 5000]
    lines = annotate(document)
    assert len(lines) == 2001
    assert lines[-1].tokens[0].text == "…"
    assert max(len(token.text) for line in lines for token in line.tokens) < 1010


@settings(max_examples=60, deadline=None)
@given(JSON)
def test_what_is_shown_is_the_document(document):
    assert json.loads(shown(document)) == document
    assert all(token.text.isprintable() for line in lay_out(document) for token in line.tokens)


@settings(max_examples=60, deadline=None)
@given(JSON, st.text(max_size=12))
def test_no_note_is_lost(document, pointer):
    assert len(notes(document, pointer)) == 1


def test_pieces_and_brackets_have_their_kinds_and_pointers():
    lines = list(lay_out({"a~/b": [None, True, 1.5, "x"], "c": []}))
    assert [(line.number, line.pointer) for line in lines] == [
        (1, ""), (2, "/a~0~1b"), (3, "/a~0~1b/0"), (4, "/a~0~1b/1"), (5, "/a~0~1b/2"), (6, "/a~0~1b/3"),
        (7, None), (8, "/c"), (9, None),
    ]  # fmt: skip
    assert [line.tokens[-2].kind for line in lines[2:5]] == ["word", "word", "number"]
    assert [(token.kind, token.text) for token in lines[1].tokens] == [
        ("key", '"a~/b"'), ("punctuation", ": "), ("punctuation", "["),
    ]  # fmt: skip
    assert [(token.kind, token.text) for token in lines[5].tokens] == [("string", '"x"')]


def test_as_many_lines_as_there_may_be_are_all_shown_and_then_an_ellipsis():
    assert len(annotate([1, 2], most=4)) == 4
    *shown_, ellipsis = annotate([1, 2], most=3)
    assert [line.number for line in shown_] == [1, 2, 3]
    assert (ellipsis.number, ellipsis.depth, ellipsis.pointer, ellipsis.tokens[0].text) == (4, 0, None, "…")


def test_a_text_of_a_thousand_characters_is_shown_whole():
    for length, end in ((1000, 'x"'), (1001, 'x…"')):
        (line,) = lay_out("x" * length)
        assert line.tokens[0].text == f'"{"x" * 999}{end}'
