"""The lines of a large document that are shown: all with notes, and no gap without a word."""

from hypothesis import given
from hypothesis import strategies as st

from mockpin.web.pages.content.annotation import Note, annotate
from mockpin.web.pages.content.focusing import focus_lines


def write(events, noted):
    notes = [Note("error", f"/data/{index}/a", "no") for index in noted]
    return annotate({"data": [{"a": index, "b": index} for index in range(events)]}, notes, most=100_000)


@given(st.integers(0, 60), st.sets(st.integers(0, 59), max_size=5))
def test_every_note_is_shown_and_what_is_left_out_is_counted(events, noted):
    lines = write(events, {index for index in noted if index < events})
    shown = focus_lines(lines, 50)
    assert [line for line in shown if line.notes] == [line for line in lines if line.notes]
    missing = sum(
        int(line.tokens[0].text.split()[1]) for line in shown if line.tokens[0].text.startswith("… ")
    )
    written = sum(not line.tokens[0].text.startswith("… ") for line in shown)
    assert written + missing == len(lines)


def test_a_short_document_is_shown_whole():
    lines = write(3, ())
    assert focus_lines(lines, 50) == lines


def test_the_gravest_items_are_kept_as_far_as_there_is_room_with_the_first_and_the_last():
    lines = write(6, {4})  # an item has four lines
    shown = focus_lines(lines, 9)
    texts = ["".join(piece.text for piece in line.tokens).strip() for line in shown]
    assert texts[:5] == ["{", '"data": [', "… 16 lines are left out", "{", '"a": 4,']
    assert [line.number for line in shown] == [1, 2, *range(18, 29)]
    assert (shown[2].depth, shown[2].pointer) == (2, None)


def test_as_many_lines_as_there_may_be_are_shown_whole():
    lines = write(6, ())
    assert focus_lines(lines, len(lines)) == lines
    assert focus_lines(lines, len(lines) - 8) != lines
