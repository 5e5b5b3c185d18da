import pytest

from mockpin.emulator.event_names import canonical_name
from mockpin_validator.contract.names import STANDARD_EVENT_NAMES


@pytest.mark.parametrize(("sent", "name"), [
    ("AddToCart", "add_to_cart"), ("pagevisit", "page_visit"), ("watchVideo", "watch_video"),
    ("AddToWishList", "add_to_wishlist"), ("checkout", "checkout"), ("My_Event", "My_Event"),
])  # fmt: skip
def test_the_tags_name_of_a_standard_event_is_the_apis(sent, name):
    assert canonical_name(sent) == name


def test_every_standard_name_is_its_own():
    assert [canonical_name(name) for name in STANDARD_EVENT_NAMES] == list(STANDARD_EVENT_NAMES)
