import pytest

from mockpin.segment.traits import is_harmless, is_identity, is_personal


@pytest.mark.parametrize(
    "name",
    [
        "firstName",
        "first_name",
        "postal-code",
        "phone",
        "address",
        "fullName",
        "dob",
        "emailAddress",
        "addressLine1",
        "ssn",
    ],
)
def test_a_trait_is_personal_in_any_spelling_and_place(name):
    assert is_personal(name)


@pytest.mark.parametrize("name", ["name", "order_id", "price", "products", "hotel", "graph"])
def test_what_products_and_orders_have_is_not_personal(name):
    assert not is_personal(name)


@pytest.mark.parametrize(("name", "is_one"), [("traits", True), ("user_data", True), ("products", False)])
def test_containers_of_a_persons_data_are_known(name, is_one):
    assert is_identity(name) is is_one


@pytest.mark.parametrize(("name", "is_one"), [("plan", True), ("created_at", True), ("motto", False)])
def test_harmless_traits_are_known(name, is_one):
    assert is_harmless(name) is is_one
