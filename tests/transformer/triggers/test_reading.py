from mockpin_transformer.triggers.reading import read


def test_a_reading_keeps_what_was_written_and_what_could_not_be_read():
    reading = read("type = 😀 x")
    assert reading.written == "type = 😀 x"
    assert reading.unread == "\ud83d\ude00 x"
    assert read("type = x").unread == ""


def test_stretches_are_replaced_by_their_places_in_utf16_units():
    assert read("😀 a b").replaced((3, 4, "A"), (5, 6, "😀")) == "😀 A 😀"
