"""Click ids that are lost, or that are of other people."""

import pytest

from tests.mockpin.observations.relations import measure, order


def clicks(shared, own=0, *, people=3):
    """Click ids that several people share, and others of one person each, who comes back."""
    for click in range(shared + own):
        for visit in range(people):
            person = 10 * click + (visit if click < shared else 0)
            yield order(10 * click + visit, em=person, click_id=click)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (clicks(5), (15, 15)),
        (clicks(4), None),
        (clicks(9, people=2), None),
        (clicks(6, 14), (18, 60)),
        (clicks(6, 15), None),
        ([fact._replace(em=None) for fact in clicks(5)], None),
        ([fact._replace(click_id=None) for fact in clicks(5)], None),
    ],
)
def test_click_ids_that_three_people_share_are_left_over(facts, told):
    assert measure("click-id-of-several-people", facts) == told


def clicked(number, *, lost, **columns):
    """People who click an advertisement and order; the first so many orders do not have the click."""
    for person in range(number):
        who = {
            "ip": person,
            "user_agent": 1,
            "event_time": 7200.0 + person,
            "click_id": 700 + person,
            **columns,
        }
        yield order(person, event_name="page_visit", **who)
        yield order(100 + person, **{**who, "click_id": None if person < lost else who["click_id"]})


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (clicked(5, lost=5), (5, 5)),
        (clicked(4, lost=4), None),
        (clicked(10, lost=9), (9, 10)),
        (clicked(10, lost=8), None),
        (clicked(9, lost=9, click_id=None), None),
        (clicked(9, lost=9, user_agent=None), None),
        (clicked(9, lost=9, source="tag"), None),
        (clicked(9, lost=9, action_source="app_ios"), None),
    ],
)
def test_checkouts_without_the_click_of_their_visit_are_told(facts, told):
    assert measure("click-id-lost-at-checkout", facts) == told
