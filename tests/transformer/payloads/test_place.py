from mockpin_transformer.payloads.place import PayloadProblem, is_below_root, name_value, record_problem
from mockpin_transformer.payloads.schema import Field


def test_a_problem_knows_its_pointer_and_its_order():
    problems = []
    user_data = (problems, (8, "user_data"))
    record_problem(((user_data, (0, "email")), (1, 1)), "no")
    record_problem(user_data, "neither")
    assert problems == [
        PayloadProblem((8, 0, 1), "no", "/user_data/email/1"),
        PayloadProblem((8,), "neither", "/user_data"),
    ]


def test_a_payload_and_its_own_members_are_not_below_the_root():
    member = ([], (8, "user_data"))
    assert [is_below_root(place) for place in ([], member, (member, (0, "email")))] == [False, False, True]


def test_a_value_whose_field_has_no_title_is_called_by_its_pointer():
    item = (([], (0, "email")), (3, 3))
    assert name_value(Field(""), item) == "The value at /email/3"
    assert name_value(Field("email"), item) == "Email"
