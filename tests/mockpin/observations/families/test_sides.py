"""Events that only the tag or only the server saw, and sides in different ad accounts."""

import pytest

from tests.mockpin.observations.relations import measure, observe, order, shop


@pytest.mark.parametrize(("people", "rules"), [(9, []), (10, ["seen-by-api-only"])])
def test_a_few_people_who_block_the_tag_and_come_often_are_not_a_page_without_it(people, rules):
    blocked = [order(100 + number, ip=number % people, external_id=None) for number in range(60)]
    assert [found.rule for found in observe([*shop(20), *blocked])] == rules


@pytest.mark.parametrize(("agent", "told"), [(None, None), (7, (60, 80))])
def test_events_without_a_browser_beside_others_are_not_the_tags_to_see(agent, told):
    pairs = [fact._replace(user_agent=1) for fact in shop(20)]
    payments = [order(100 + number, user_agent=agent) for number in range(60)]
    assert measure("seen-by-api-only", [*pairs, *payments]) == told


def sides_of_accounts(tagged, sent, **columns):
    """Orders that the tag reports to the account 1 and the API to the account 2."""
    yield from (order(number, account="1", source="tag", **columns) for number in tagged)
    yield from (order(number, account="2", **columns) for number in sent)


@pytest.mark.parametrize("columns", [{}, {"order_id": None}])
def test_a_tag_that_reports_to_another_ad_account_than_the_api_is_told(columns):
    found = {told.rule: told for told in observe(sides_of_accounts(range(8), range(8), **columns))}
    assert set(found) == {"sides-in-different-accounts", "account-by-tag-only"}
    told = found["sides-in-different-accounts"]
    assert (told.severity, told.events, told.total) == ("error", 8, 8)
    assert "(1 and 2)" in told.sentence
    assert found["account-by-tag-only"].sentence.startswith("The API reports nothing to the ad account 1:")


def test_orders_that_sellers_share_are_no_confusion_of_ad_accounts():
    sellers = [
        order(number, account=account, source=source)
        for number in range(20) for account in ("1", "2", "3") for source in ("tag", "api")
        if source == "api" or (number + int(account)) % 4
    ]  # fmt: skip
    assert observe(sellers) == ()


@pytest.mark.parametrize(("hits", "rules"), [(4, []), (5, ["account-by-tag-only"])])
def test_an_ad_account_with_nothing_but_hits_is_told_beside_one_that_the_api_uses(hits, rules):
    facts = [*shop(10), *(order(100 + number, account="2", source="tag") for number in range(hits))]
    assert [found.rule for found in observe(facts)] == rules


def test_a_tag_alone_is_none_of_these_observations():
    assert observe([order(number, source="tag") for number in range(20)]) == ()


def one_sided(tag_only, server_only, both, **columns):
    """Orders that the tag alone, the server alone, and both report."""
    yield from (order(number, source="tag", **columns) for number in range(tag_only))
    yield from (order(100 + number, **columns) for number in range(server_only))
    for number in range(200, 200 + both):
        yield order(number, source="tag", **columns)
        yield order(number, **columns)


@pytest.mark.parametrize(
    ("tag_only", "both", "told"), [(4, 16, (4, 20)), (4, 15, None), (4, 17, None), (20, 0, None)]
)
def test_events_that_the_server_misses_are_a_fifth_of_twenty(tag_only, both, told):
    assert measure("seen-by-tag-only", one_sided(tag_only, 0, both)) == told


@pytest.mark.parametrize(
    ("server_only", "both", "told"), [(12, 8, (12, 20)), (12, 7, None), (12, 9, None), (20, 0, None)]
)
def test_events_that_the_tag_misses_are_three_fifths_of_twenty(server_only, both, told):
    assert measure("seen-by-api-only", one_sided(0, server_only, both)) == told


@pytest.mark.parametrize(
    ("checkouts", "others", "told"), [(5, "lead", (5, 5)), (4, "lead", None), (5, None, None)]
)
def test_checkouts_that_the_server_never_mentions_are_told(checkouts, others, told):
    facts = [order(number, source="tag") for number in range(checkouts)]
    facts += [order(50, event_name=others)] if others else []
    assert measure("checkout-by-tag-only", facts) == told


@pytest.mark.parametrize(
    ("tagged", "shared", "told"), [(3, 3, (3, 3)), (2, 2, None), (6, 3, (3, 6)), (7, 3, None)]
)
def test_three_orders_that_are_half_of_the_tags_are_in_different_accounts(tagged, shared, told):
    assert measure("sides-in-different-accounts", sides_of_accounts(range(tagged), range(shared))) == told


def silent(pairs, alone, *, after=100.0, missed=0):
    """Orders of both sides and then of the tag alone; of the first, the server misses so many."""
    for number in range(pairs):
        yield order(number, source="tag", ip=None)
        yield from [order(number, arrival=1012.0 + number)] if number >= missed else []
    for number in range(pairs, pairs + alone):
        yield order(number, source="tag", ip=None, arrival=1012.0 + pairs + after + number)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (silent(20, 20), (20, 40)),
        (silent(19, 20), None),
        (silent(20, 19), None),
        (silent(20, 20, after=10.0), None),
        (silent(25, 20, missed=5), (20, 45)),
        (silent(25, 20, missed=6), None),
        ([fact._replace(arrival=None) for fact in silent(20, 20)], None),
        ([*silent(20, 20), order(999, status="failed", arrival=9000.0)], None),
        (
            [
                *silent(20, 0),
                *(order(50 + n, source="tag", event_name="lead", arrival=5000.0) for n in range(30)),
            ],
            None,
        ),
    ],
)
def test_a_tag_that_goes_on_alone_shows_a_server_that_fell_silent(facts, told):
    assert measure("api-falls-silent", facts) == told


@pytest.mark.parametrize(("behind", "told"), [(2, (20, 42)), (3, None)])
def test_a_tag_that_reports_what_the_server_had_reported_is_only_behind(behind, told):
    numbers = range(200, 200 + behind)
    first = [order(number, arrival=1000.0) for number in numbers]
    after = [order(number, source="tag", ip=None, arrival=2000.0) for number in numbers]
    assert measure("api-falls-silent", [*first, *silent(20, 20), *after]) == told


def test_a_slow_queue_is_given_twice_as_long_as_it_took():
    slow = [
        fact._replace(arrival=1112.0 + fact.seq) if fact.source == "api" else fact for fact in silent(20, 20)
    ]
    late = [fact._replace(arrival=fact.arrival + 50) if fact.seq >= 20 else fact for fact in slow]
    assert measure("api-falls-silent", late) is None
    later = [fact._replace(arrival=fact.arrival + 300) if fact.seq >= 20 else fact for fact in slow]
    assert measure("api-falls-silent", later) == (20, 40)


def visited(orders, *, missed, **columns):
    """Orders of the tag whose visits the server reports; it misses the first so many orders."""
    for number in range(orders):
        who = {"em": number, "event_time": 7200.0 + number, **columns}
        yield order(100 + number, event_name="page_visit", **who)
        yield order(number, source="tag", ip=None, **who)
        yield from [order(number, **who)] if number >= missed else []
    yield order(999)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (visited(50, missed=5), (5, 50)),
        (visited(51, missed=5), None),
        (visited(20, missed=4), None),
        (visited(20, missed=19), (19, 20)),
        (visited(20, missed=20), None),
        (visited(20, missed=9, em=None), None),
        (visited(20, missed=9, action_source="offline"), None),
        ([fact for fact in visited(20, missed=9) if fact.seq != 999 and fact.event_name == "checkout"], None),
        ([*visited(20, missed=9), *(order(n, event_id=f"other-{n}") for n in range(9))], None),
    ],
)
def test_orders_that_the_server_misses_in_visits_that_it_reports_are_told(facts, told):
    assert measure("order-missed-by-api", facts) == told


@pytest.mark.parametrize(("before", "told"), [(0, True), (60, True), (3590, True), (4 * 3600, False)])
def test_a_visit_and_its_order_may_lie_in_two_hours(before, told):
    facts = [
        fact._replace(event_time=fact.event_time + (1800 if fact.event_name == "checkout" else 1799 - before))
        for fact in visited(20, missed=9)
    ]
    assert (measure("order-missed-by-api", facts) == (9, 20)) is told


def test_orders_that_the_server_may_yet_report_are_not_missed():
    assert (
        measure("order-missed-by-api", sorted(visited(20, missed=9), key=lambda fact: fact.source == "tag"))
        is None
    )


def hits(number, tag="261", **columns):
    return [order(index, source="tag", tag=tag, **columns) for index in range(number)]


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ([*hits(6), *hits(5, "262")], (5, 11)),
        ([*hits(6), *hits(4, "262")], None),
        ([*hits(5), *hits(5, "262")], (5, 10)),
        ([*hits(6), *hits(5, "262", account="1")], None),
        ([*hits(6), *hits(5, "262", duplicate_of=1)], None),
        ([*hits(6), *hits(5, "262", test=1)], None),
        ([*hits(6), *hits(5, "262", status="failed")], None),
        ([*hits(6), *hits(5, None)], None),
        ([*hits(6), *hits(5, "")], None),
    ],
)
def test_hits_of_two_tags_for_one_account_are_told(facts, told):
    assert measure("hits-of-another-tag", facts) == told


def test_each_other_tag_is_named():
    facts = [*hits(7), *hits(6, "262"), *hits(5, "263")]
    told = [(found.detail, found.events) for found in observe(facts) if found.rule == "hits-of-another-tag"]
    assert told == [("262", 6), ("263", 5)]


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (hits(3, ""), (3, 3)),
        (hits(2, ""), None),
        ([*hits(9), *hits(3, "undefined")], (3, 12)),
        (hits(9), None),
        (hits(9, None), None),
        (hits(9, "", test=1), None),
    ],
)
def test_hits_that_name_no_tag_are_told(facts, told):
    assert measure("hits-without-tag-id", facts) == told
    assert measure("hits-of-another-tag", facts) is None


def ordered(orders, *, missed, **columns):
    """Orders of the server whose visits the tag reports; it misses the first so many orders."""
    for number in range(orders):
        who = {"em": number, "event_time": 7200.0 + number, **columns}
        yield order(100 + number, source="tag", event_name="page_visit", **who)
        yield order(number, **who)
        yield from [order(number, source="tag", **who)] if number >= missed else []


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (ordered(25, missed=10), (10, 25)),
        (ordered(26, missed=10), None),
        (ordered(20, missed=9), None),
        (ordered(20, missed=19), (19, 20)),
        (ordered(20, missed=20), None),
        (ordered(20, missed=12, em=None), None),
        (ordered(20, missed=12, action_source="offline"), None),
        ([fact for fact in ordered(20, missed=12) if fact.event_name == "checkout"], None),
        ([*ordered(20, missed=12), *(order(n, source="tag", event_id=f"o-{n}") for n in range(12))], None),
        (
            [
                fact._replace(event_time=fact.event_time + 7200 * (fact.source == "api"))
                for fact in ordered(20, missed=12)
            ],
            None,
        ),
    ],
)
def test_orders_that_the_tag_misses_in_visits_that_it_reports_are_told(facts, told):
    assert measure("order-missed-by-tag", facts) == told


def test_orders_that_the_tag_reports_twice_are_not_missed_by_the_api():
    again = [order(number, source="tag", event_id=f"again-{number}") for number in range(1, 21)]
    rules = {found.rule for found in observe([fact._replace(seq=None) for fact in [*shop(40), *again]])}
    assert "order-counted-twice" in rules
    assert "seen-by-tag-only" not in rules


def test_hits_without_an_id_are_not_missed_by_the_tag():
    hits = [order(number, source="tag", event_id=None, order_id=None) for number in range(1, 31)]
    rules = {
        found.rule for found in observe([*shop(10), *hits, *(order(number) for number in range(11, 41))])
    }
    assert "event-id-missing-on-one-side" in rules
    assert "seen-by-api-only" not in rules


def test_the_api_does_not_miss_what_it_reports_under_other_ids():
    visits = [
        order(number, event_name="page_visit", order_id=None, source=source, event_id=f"{name}-{number}")
        for number in range(40)
        for source, name in (("tag", "id"), ("api", "own" if number % 2 else "id"))
    ]
    assert [found.rule for found in observe(visits)] == ["event-ids-never-match"]
