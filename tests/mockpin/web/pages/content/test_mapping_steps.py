"""What a mapping did, in words."""

from mockpin.web.pages.content.mapping_steps import MappingStep, describe_steps
from mockpin_transformer import Step


def test_a_step_says_where_a_field_came_from_and_what_was_done():
    step = Step("/user_data/em/0", ("properties.email", "traits.email"), "f00", ("trim", "SHA-256"), "ba4")
    assert [*describe_steps([step])] == [
        MappingStep(
            "/user_data/em/0",
            "properties.email or traits.email",
            ("trim, then SHA-256", "Pinterest asks for another hash: ba4"),
        )
    ]


def test_what_stands_in_the_mapping_says_so():
    assert [step.source for step in describe_steps([Step("/event_name")])] == ["the mapping itself"]


def test_what_was_given_and_left_out_is_told_and_what_was_never_there_is_not():
    steps = [
        Step("/custom_data/np", dropped="nothing there"),
        Step("/user_data/phone", ("a",), dropped="blank"),
    ]
    assert [*describe_steps(steps)] == [
        MappingStep("/user_data/phone", "a", ("left out: blank",), dropped=True)
    ]
