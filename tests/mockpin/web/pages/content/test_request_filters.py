"""The filters of the requests page, and its pages."""

import pytest

from mockpin.web.pages.content.request_filters import ROWS, RequestFilters, turn_request_page
from tests.mockpin.web.site import ACCOUNT, TAG, Site, event


@pytest.fixture(scope="module")
def row():
    site = Site()
    site.send(event())
    yield site.emulator.store.exchange(1)
    site.emulator.close()


@pytest.mark.parametrize(
    ("status", "chosen", "passes"),
    [
        (200, "2xx", True), (299, "2xx", True), (300, "2xx", False), (199, "2xx", False),
        (400, "4xx", True), (499, "4xx", True), (500, "4xx", False), (500, "5xx", True), (599, "5xx", True),
        (400, "errors", True), (599, "errors", True), (399, "errors", False), (200, "200", True),
        (201, "200", False), (200, "none", False), (0, "", True),
    ],
)  # fmt: skip
def test_a_status_is_one_or_of_a_class(row, status, chosen, passes):
    assert RequestFilters(status=chosen).match(row._replace(status=status)) is passes


@pytest.mark.parametrize(
    ("fault", "chosen", "passes"),
    [
        (None, "", True), (None, "any", False), (None, "none", True), (None, "drop", False),
        ("drop", "", True), ("drop", "any", True), ("drop", "drop", True), ("drop", "none", False),
    ],
)  # fmt: skip
def test_a_fault_is_none_any_or_a_kind(row, fault, chosen, passes):
    assert RequestFilters(fault=chosen).match(row._replace(fault=fault)) is passes


@pytest.mark.parametrize(
    ("path", "filters", "passes"),
    [
        ("/v3/", {"source": "tag"}, True), ("/v3/", {"source": "api"}, False),
        ("/nowhere", {"source": "other"}, True), ("/nowhere", {"source": "tag"}, False),
        ("/nowhere", {"path": "here"}, True), ("/nowhere", {"path": "there"}, False),
        ("/v3/", {"ad_account_id": ACCOUNT}, True), ("/v3/", {"ad_account_id": "1"}, False),
        ("/v3/", {"ad_account_id": ACCOUNT, "path": "/v5"}, False),
    ],
)  # fmt: skip
def test_a_request_passes_all_filters(row, path, filters, passes):
    assert RequestFilters(**filters).match(row._replace(path=path)) is passes


def test_the_filters_that_are_given_are_parameters_of_an_address():
    assert RequestFilters(status="4xx", path="/v5").given == {"status": "4xx", "path": "/v5"}
    assert RequestFilters().given == {}


def numbers(page):
    return [exchange.id for exchange in page.exchanges]


def test_pages_of_requests_lead_to_each_other(site):
    for number in range(ROWS + 60):
        site.http.get("/v3/", query_string={"tid": TAG, "event": f"e{number}"})
    store, every = site.emulator.store, RequestFilters()
    newest = turn_request_page(store, every)
    assert numbers(newest) == [*range(ROWS + 60, 60, -1)]
    assert (newest.older, newest.newer) == (61, None)
    oldest = turn_request_page(store, every, before=newest.older)
    assert numbers(oldest) == [*range(60, 0, -1)]
    assert (oldest.older, oldest.newer) == (None, ROWS + 61)
    assert turn_request_page(store, every, before=ROWS + 1).older is None
    assert turn_request_page(store, every, before=31).newer == ROWS + 31
    assert numbers(turn_request_page(store, every, after=ROWS + 58)) == [ROWS + 60, ROWS + 59]
    refused = turn_request_page(store, RequestFilters(status="4xx"), before=31)
    assert (numbers(refused), refused.older, refused.newer) == ([], None, None)
    site.send(event())
    assert turn_request_page(store, RequestFilters(source="api"), before=5).newer == ROWS + 62
