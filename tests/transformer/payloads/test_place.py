from mockpin_transformer.payloads.place import PayloadProblem, root
from mockpin_transformer.payloads.schema import Field


def test_a_place_knows_its_pointer_and_its_order():
    place = root().child((8, "user_data")).child((0, "email")).child((1, 1))
    assert (place.pointer, place.order) == ("/user_data/email/1", (8, 0, 1))
    assert root().is_root
    assert not place.is_root


def test_all_places_of_a_payload_share_their_problems():
    whole = root()
    whole.child((2, "a")).refuse("no")
    assert whole.problems == [PayloadProblem((2,), "no", "/a")]


def test_what_has_no_title_is_called_by_its_pointer():
    item = root().child((0, "email")).child((3, 3))
    assert item.subject(Field("")) == "The value at /email/3"
    assert item.subject(Field("email")) == "Email"
