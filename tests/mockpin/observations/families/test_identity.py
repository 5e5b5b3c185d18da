"""Identities that change, or that are of other people."""

import pytest

from tests.mockpin.observations.relations import measure, observe, order


def returning(changing, keeping=0):
    """People who come back, with a new external_id or the same one."""
    for person in range(changing + keeping):
        for visit in (0, 1):
            number = 10 * person + visit
            yield order(number, em=person, external_id=number if person < changing else person)


@pytest.mark.parametrize(
    ("changing", "keeping", "told"), [(5, 0, (10, 10)), (4, 0, None), (4, 1, (8, 10)), (4, 2, None)]
)
def test_people_who_come_back_with_a_new_id_have_no_identity(changing, keeping, told):
    assert measure("external-id-changes", returning(changing, keeping)) == told


def test_one_event_of_a_person_tells_nothing():
    assert measure("external-id-changes", [order(number, external_id=number) for number in range(9)]) is None


def customers(changing, keeping=0):
    """Customers who come back, with another em or the same one."""
    for fact in returning(changing, keeping):
        yield fact._replace(em=fact.external_id, external_id=fact.em)


@pytest.mark.parametrize(
    ("changing", "keeping", "told"), [(10, 0, (20, 20)), (9, 0, None), (8, 2, (16, 20)), (8, 3, None)]
)
def test_customers_who_come_back_with_another_address_each_time_are_told(changing, keeping, told):
    assert measure("email-changes", customers(changing, keeping)) == told


def test_a_new_external_id_each_time_is_not_a_new_address():
    assert {found.rule for found in observe(returning(20))} == {"external-id-changes"}
    assert {found.rule for found in observe(customers(20))} == {"email-changes"}


def left_over(people, alone=0, *, visitors=3, agents=3):
    """Addresses that so many visitors have within the hour, and others of one visitor each."""
    for person in range(people + alone):
        for visit in range(visitors):
            number, shared = 10 * person + visit, person < people
            yield order(
                number, em=person, ip=number if shared else person, event_time=7200.0 + visit,
                user_agent=visit % agents if shared else 0,
            )  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (left_over(5), (15, 15)),
        (left_over(4), None),
        (left_over(9, visitors=2), None),
        (left_over(9, agents=2), None),
        (left_over(6, 14), (18, 60)),
        (left_over(6, 15), None),
        ([fact._replace(event_time=3600.0 * fact.seq) for fact in left_over(9)], None),
        ([fact._replace(source="tag") for fact in left_over(9)], None),
        ([fact._replace(action_source="app_ios") for fact in left_over(9)], None),
    ],
)
def test_addresses_that_three_browsers_have_within_an_hour_are_left_over(facts, told):
    assert measure("email-of-several-visitors", facts) == told


def through_proxy(people, staying=0, *, others=0, apart=60.0, **columns):
    """Visits of people, once from an own address and once from the proxy's or, staying, both from the proxy's."""
    usual = {"event_name": "page_visit", "order_id": None, **columns}
    for person in range(people + staying):
        for visit, ip in enumerate((person, -1) if person < people else (-1, -1)):
            time = 36_000.0 + apart * visit
            yield order(
                person, **{**usual, "event_id": f"{person}-{visit}", "ip": 7001 + ip, "event_time": time}
            )
    yield from (order(500 + number, **usual) for number in range(others))


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (through_proxy(10, others=20), (10, 40)),
        (through_proxy(9, others=20), None),
        (through_proxy(10, 9, others=20), (28, 58)),
        (through_proxy(10, 11, others=20), None),
        (through_proxy(10, others=80), (10, 100)),
        (through_proxy(10, others=81), None),
        (through_proxy(10, others=20, apart=3600.0), None),
        (through_proxy(10, others=20, source="tag"), None),
        (through_proxy(10, others=20, action_source="app_ios"), None),
        (through_proxy(10, others=20, event_name="checkout"), None),
        ([fact._replace(em=None, external_id=fact.em) for fact in through_proxy(10, others=20)], (10, 40)),
        ([fact._replace(em=None) for fact in through_proxy(10, others=20)], None),
    ],
)
def test_an_address_that_visitors_have_beside_their_own_is_a_proxy_s(facts, told):
    assert measure("ip-address-of-a-proxy-at-times", facts) == told


def page_visits(known, unknown, *, both=0, **columns):
    """Page visits of people whose address alone is sent, of unknown people, and of people with all."""
    usual = {"event_name": "page_visit", "order_id": None, "user_agent": 7, **columns}
    yield from (order(number, **{**usual, "ip": None, "user_agent": None}) for number in range(known))
    yield from (order(100 + number, **{**usual, "em": None}) for number in range(unknown))
    yield from (order(200 + number, **usual) for number in range(both))


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (page_visits(10, 10), (10, 20)),
        (page_visits(9, 10), None),
        (page_visits(10, 9), None),
        (page_visits(18, 10, both=2), (18, 30)),
        (page_visits(17, 10, both=2), None),
        (page_visits(10, 10, source="tag"), None),
        (page_visits(10, 10, event_name="checkout"), None),
        (page_visits(10, 10, action_source="app_ios"), None),
        ([fact._replace(user_agent=7) for fact in page_visits(10, 10)], None),
        ([*page_visits(10, 10), *(fact._replace(ip=None) for fact in page_visits(0, 2))], None),
    ],
)
def test_an_address_that_takes_the_place_of_the_browser_is_told(facts, told):
    assert measure("email-in-place-of-address", facts) == told


def left_over(customers, *, right=0, times=3, **columns):
    """Customers whose first event has the em of the customer before, and others who always have their own."""
    for number in range(customers + right):
        for turn in range(times):
            em = number - 1 if turn == 0 and number < customers else number
            known = {"seq": number * 10 + turn, "event_id": f"{number}-{turn}", "order_id": None}
            yield order(number, **{**known, "em": em, "external_id": 700 + number, **columns})


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (left_over(10), (27, 30)),
        (left_over(9), None),
        (left_over(11, times=1), None),
        (left_over(11, right=11), (30, 66)),
        (left_over(11, right=12), None),
        (left_over(0, right=30), None),
        (left_over(11, em=1), None),
        (left_over(11, external_id=1), None),
        (left_over(11, action_source="offline"), None),
    ],
)
def test_addresses_that_are_left_over_from_the_customer_before_are_told(facts, told):
    assert measure("email-of-other-customers", facts) == told
