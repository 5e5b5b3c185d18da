"""The line that is shown with a finding."""

from hypothesis import given, settings
from hypothesis import strategies as st

from mockpin_validator.archive.documents import Document
from mockpin_validator.archive.excerpt import AFTER, BEFORE, excerpt
from mockpin_validator.archive.positions import Positions


def shown(text, pointer):
    """The line, its caret's place and the number of carets."""
    return read(excerpt(text, Positions(Document(text.encode())).locate(pointer)))


def read(shown):
    line, carets = shown
    assert set(carets.lstrip(" ")) == {"^"}
    return line, carets.count(" "), carets.count("^")


def test_the_caret_stands_under_the_value():
    line, caret, width = shown('{\n  "event_name": "checkout",\n  "value": 1\n}', "/event_name")
    assert line == '"event_name": "checkout",'
    assert line[caret : caret + width] == '"checkout"'


def test_an_object_gets_one_caret():
    assert shown('{"user_data": {"em": []}}', "/user_data")[2] == 1


def test_a_number_is_marked_to_its_end():
    line, caret, width = shown('{"event_time": 1700000000 }', "/event_time")
    assert line[caret : caret + width] == "1700000000"


def test_a_text_is_marked_to_its_own_quotation_mark():
    for text in (r'"a\"b\\"', '"a, b]} c"'):
        line, caret, width = shown(f'{{"event_name": {text}, "value": "1"}}', "/event_name")
        assert line[caret : caret + width] == text


def test_a_plain_match_key_is_shown_as_dots():
    assert shown('{"em": ["jane@example.com"]}', "/em/0")[0] == '{"em": ["••••••••••••••••"]}'


def test_a_long_line_is_cut_on_both_sides():
    text = '{"data": [' + '{"event_id": "x"}, ' * 50 + '{"event_id": 7}]}'
    line, caret, _ = shown(text, "/data/25/event_id")
    assert line.startswith("…")
    assert line.endswith("…")
    assert line[caret:].startswith('"x"')


def test_fifty_characters_before_a_value_and_sixty_from_it_on_are_shown():
    line, carets = excerpt("[" + "1," * 200 + "]", 201)
    assert (len(line), line[0], line[-1], carets) == (1 + 50 + 60 + 1, "…", "…", " " * 51 + "^")


def test_a_line_far_longer_is_cut_at_the_value():
    text = '{"a": "' + "x" * 30_000 + '", "event_id": 7}'
    assert shown(text, "/event_id")[0] == "•}"


def test_characters_a_terminal_would_obey_are_blanked():
    text = '{"event_name": "a\x1b[31mb"}'
    assert "\x1b" not in excerpt(text, 15)[0]


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=300), st.data())
def test_any_place_of_any_text_can_be_shown(text, data):
    line, caret, width = read(excerpt(text, data.draw(st.integers(0, len(text)))))
    assert len(line) <= BEFORE + AFTER + 2
    assert 0 <= caret <= len(line)
    assert width >= 1
