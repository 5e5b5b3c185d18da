import pytest

from mockpin.segment.traits import is_personal


@pytest.mark.parametrize("name", ["firstName", "first_name", "postal-code", "phone", "address"])
def test_a_trait_is_personal_in_any_spelling_and_place(name):
    assert is_personal(name, "properties")


@pytest.mark.parametrize(("within", "personal"), [("traits", True), ("products", False), (None, False)])
def test_a_name_is_personal_among_traits_only(within, personal):
    assert is_personal("name", within) is personal
