"""Click ids that are lost, or that are of other people."""

import pytest

from tests.mockpin.observations.relations import measure, observe, order


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


def landed(number, *, lost, tag=None, **columns):
    """People who come by a click, of whom the first so many have no click_id at the server.

    `tag`: What the tag says of the same events; without it, the URLs that the server sends tell of the click.
    """
    for person in range(number):
        who = {
            "em": person,
            "ip": person,
            "user_agent": 1,
            "event_name": "page_visit",
            "order_id": None,
            **columns,
        }
        if tag is not None:
            yield order(person, source="tag", **{**who, "ip": None, **tag})
        yield order(
            person,
            **{"clicked": int(tag is None), "click_id": None if person < lost else 700 + person, **who},
        )


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (landed(5, lost=5), (5, 5)),
        (landed(4, lost=4), None),
        (landed(10, lost=9), (9, 10)),
        (landed(10, lost=8), None),
        (landed(9, lost=9, source="segment"), None),
        (landed(9, lost=9, source="tag"), None),
        (landed(9, lost=9, action_source="app_ios"), None),
        (landed(9, lost=9, action_source="offline"), None),
        (landed(9, lost=9, clicked=0), None),
        (landed(9, lost=9, status="failed"), None),
        (landed(9, lost=9, ip=1), None),
        (landed(9, lost=9, ip=None), (9, 9)),
        (landed(5, lost=5, tag={"clicked": 1}), (5, 5)),
        (landed(5, lost=5, tag={"click_id": 7}), (5, 5)),
        (landed(4, lost=4, tag={"click_id": 7}), None),
        (landed(9, lost=9, tag={}), None),
        (landed(9, lost=0, tag={"click_id": 7}), None),
        (landed(5, lost=5, tag={"click_id": 7, "event_id": None}), (5, 5)),
        (landed(5, lost=5, tag={"click_id": 7, "em": None}), (5, 5)),
        (landed(9, lost=9, tag={"click_id": 7, "em": None, "event_id": "other"}), None),
        (landed(9, lost=9, tag={"click_id": 7, "em": None, "event_name": "checkout"}), None),
        (landed(9, lost=9, tag={"click_id": 7, "event_id": None, "event_time": -2700.0}), None),
        (landed(9, lost=9, tag={"click_id": 7, "event_id": None, "event_time": 1070.0}), None),
        (landed(9, lost=9, tag={"click_id": 7, "account": "1"}), None),
        (landed(5, lost=5, tag={"clicked": 1}, duplicate_of=1), (5, 5)),
    ],
)
def test_clicks_that_the_server_loses_are_told(facts, told):
    assert measure("click-id-not-sent", facts) == told


def browsed(person, **columns):
    """What the server says of a person's later page."""
    who = {"em": person, "ip": person, "user_agent": 1, "event_name": "view_content", "order_id": None}
    return order(500 + person, **{**who, **columns})


#: Healthy set-ups -> the events that they send.
HEALTHY = {
    "a server that reads the cookie, which the first page does not have": lambda: [
        *landed(20, lost=20), *(browsed(person, click_id=700 + person) for person in range(20))],
    "such a server, of which two in three visitors see one page": lambda: [
        *landed(30, lost=30), *(browsed(person, click_id=700 + person) for person in range(10))],
    "a fifth of the visitors, who refuse to be followed": lambda: landed(20, lost=4),
    "a small shop with a few clicks": lambda: landed(4, lost=4),
    "a shop without advertisements": lambda: landed(40, lost=40, clicked=0),
    "people who click on the phone and order on the computer the next day": lambda: [
        *landed(20, lost=0, tag={"clicked": 1}), *(order(n, em=n % 20, event_time=90_000.0 + n) for n in range(40))],
    "a till that has the customers of the site": lambda: [
        *landed(20, lost=0, tag={"clicked": 1}),
        *(order(n, em=n % 20, action_source="offline", ip=None) for n in range(40))],
    "an app beside the site": lambda: [
        *landed(20, lost=0), *(order(n, em=n, action_source="app_android") for n in range(40))],
    "a sender behind one proxy": lambda: landed(40, lost=40, ip=1),
}  # fmt: skip


@pytest.mark.parametrize("title", HEALTHY)
def test_clicks_of_healthy_set_ups_are_right(title):
    assert measure("click-id-not-sent", HEALTHY[title]()) is None


def test_a_lost_click_is_a_warning_with_examples():
    (told,) = observe(landed(5, lost=5))
    assert (told.severity, told.effect, [str(place) for place in told.examples]) == (
        "warning",
        "wrong",
        ["#0", "#4"],
    )
