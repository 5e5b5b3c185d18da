"""Orders without an order_id whose own page reports them again."""

import pytest

from tests.mockpin.observations.relations import measure, order


def pages(people, *, again=3, **columns):
    """Orders on a page of their own, of which so many are reported again under another id."""
    for number in range(people):
        usual = {"order_id": None, "url": 70 + number, **columns}
        yield order(number, **usual)
        if number < again:
            yield order(number, **{"event_id": f"again-{number}", **usual})


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (pages(20), (3, 23)),
        (pages(20, again=2), None),
        (pages(20, source="tag"), (3, 23)),
        (pages(20, source="segment"), (3, 23)),
        (pages(10), (3, 13)),
        (pages(9), None),
        (pages(97), (3, 100)),
        (pages(98), None),
        (pages(20, event_id=None), (3, 23)),
        (pages(20, event_id="one"), None),
        (pages(20, order_id="A"), None),
        (pages(20, value=None), None),
        (pages(20, url=None), None),
        (pages(20, action_source="app_ios"), None),
        (pages(20, event_name="lead"), None),
        (pages(20, url=7), None),
        ([*pages(18), *(order(50 + number, order_id=None, url=7) for number in range(3))], (3, 24)),
        ([*pages(18), *(order(50 + number, order_id=None, url=7) for number in range(4))], None),
        ([fact._replace(value=float(number)) for number, fact in enumerate(pages(20))], None),
        ([fact._replace(products=number) for number, fact in enumerate(pages(20))], None),
        ([fact._replace(em=number) for number, fact in enumerate(pages(20))], None),
    ],
)
def test_a_page_that_shows_one_order_and_reports_it_again_is_told(facts, told):
    assert measure("order-page-reported-again", facts) == told


def test_a_pair_of_the_tag_and_the_api_is_one_order():
    facts = [fact for source in ("api", "tag") for fact in pages(20, again=0, source=source)]
    assert measure("order-page-reported-again", facts) is None
