"""A healthy shop is ready, whatever its size, its seed, its channel, and the faults that it meets."""

import httpx
import pytest

from tests.mockpin.observations.mistakes import clickless, later, sign_up, with_click
from tests.mockpin.observations.shop import Mistake, Shop, sha

CHANNELS = ("web", "api", "app", "offline", "segment")
FAULTS = (
    {"fault": {"status": 503}, "times": 2},
    {"fault": {"status": 429}, "times": 1},
    {"fault": {"drop": True}, "times": 1},
    {"fault": {"truncate": 10}, "times": 1},
    {"fault": {"garbage": True}, "times": 1},
)


def said(report):
    return [reason.sentence for reason in report.reasons if reason.severity != "info"]


@pytest.mark.parametrize("seed", [3, 4])
@pytest.mark.parametrize("orders", [10, 40])
@pytest.mark.parametrize("channel", CHANNELS)
def test_a_healthy_shop_is_ready(mock, channel, orders, seed):
    shop = Shop(mock, orders=orders, channel=channel, seed=seed)
    shop.trade()
    source = "segment" if channel == "segment" else "api"
    report = shop.report(f"checkout={orders}", f"{source}:checkout={orders}")
    assert (report.readiness, said(report)) == ("ready", [])
    assert any(f"checkout: {orders}" in line for line in report.evidence)


@pytest.mark.parametrize(("orders", "channel"), [(200, "web"), (5000, "api")])
def test_a_large_healthy_shop_is_ready(mock, orders, channel):
    names = ("page_visit", "checkout") if channel == "web" else ("checkout",)
    shop = Shop(mock, orders=orders, channel=channel, seed=orders, names=names, batch=500)
    shop.trade()
    report = shop.report(f"checkout={orders}")
    assert (report.readiness, said(report)) == ("ready", [])


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: next(iter(fault["fault"])))
def test_injected_faults_that_the_shop_recovers_from_do_not_count_against_it(mock, fault):
    mock.faults.add(**fault)
    shop = Shop(mock, orders=40, channel="web", seed=9)
    shop.trade()
    report = shop.report("checkout=40")
    assert report.injected
    assert (report.severity, said(report)) == ("info", [])


@pytest.mark.parametrize("status", [429, 500, 503])
def test_offline_events_that_came_again_after_a_fault_are_not_lost(mock, status):
    mock.faults.add(fault={"status": status}, times=2)
    shop = Shop(mock, orders=40, channel="offline", seed=9)
    shop.trade()
    report = shop.report("checkout=40")
    assert report.injected
    assert (report.severity, said(report)) == ("info", [])


def test_a_token_that_a_fault_refused_is_not_missed_among_the_expected(mock):
    mock.faults.add(fault={"status": 401}, times=1)
    shop = Shop(mock, orders=30, channel="api", seed=9, names=("checkout",))
    shop.trade()
    assert said(shop.report("checkout=30", "api:checkout=30")) == []


def test_a_fault_that_segment_would_have_retried_does_not_count_against_the_shop(mock):
    mock.faults.add(fault={"status": 503}, times=1)
    shop = Shop(mock, orders=10, channel="segment", seed=9)
    shop.trade()
    assert said(shop.report("checkout=10", "segment:checkout=10")) == []


def test_events_that_a_fault_failed_do_not_count_against_the_shop(mock):
    mock.faults.add(fault={"fail_events": [0, 3]}, times=1)
    shop = Shop(mock, orders=20, channel="api", seed=9, names=("checkout",))
    shop.trade()
    report = shop.report("checkout=20", "api:checkout=20")
    assert (report.severity, said(report)) == ("info", [])


VARIANTS = {
    "vouchers that pay for a whole order now and then": Mistake(
        api=lambda o, event: {**event, "custom_data": {**event["custom_data"], "value": "0.00"}}
        if o.number % 12 == 0 and "value" in event["custom_data"] else event,
        tag=lambda o, hit: {**hit, "ed": {**hit["ed"], "value": "0.00"}}
        if o.number % 12 == 0 and "value" in hit["ed"] else hit,
    ),
    "ids of the time and the customer's number": Mistake(
        api=lambda o, event: {**event, "event_id": f"{event['event_name']}.{event['event_time']}.{o.person}"},
        tag=lambda o, hit: {**hit, "ed": {**hit["ed"], "event_id": {
            "checkout": f"checkout.{o.at}.{o.person}", "pagevisit": f"page_visit.{o.at - 60}.{o.person}",
        }[hit["event"]]}},
    ),
    "a tag that reports page visits and no checkouts": Mistake(
        tag=lambda _, hit: hit if hit["event"] == "pagevisit" else None
    ),
    "a tag whose page visits have no ids while the API reports checkouts alone": Mistake(
        tag=lambda _, hit: {**hit, "ed": {}} if hit["event"] == "pagevisit" else hit,
        api=lambda _, event: event if event["event_name"] == "checkout" else None,
    ),
    "visitors who are known by their cookie alone until they buy": Mistake(
        api=lambda _, event: event if event["event_name"] == "checkout" else {
            **event, "user_data": {k: v for k, v in event["user_data"].items() if k != "em"}},
    ),
    "a tag without enhanced match": Mistake(tag=lambda _, hit: {**hit, "pd": {}}),
    "a thanks page that is loaded twice": Mistake(tag=lambda _, hit: [hit, hit]),
    "guests without an address": Mistake(
        api=lambda order, event: {
            **event, "user_data": {k: v for k, v in event["user_data"].items() if order.number % 4 or k != "em"},
        },
    ),
    "a payment that is tried again": Mistake(
        api=lambda _, event: [
            {**event, "event_name": "add_payment_info", "event_id": f"{event['event_id']}-1"},
            {**event, "event_name": "add_payment_info", "event_id": f"{event['event_id']}-2"},
            event,
        ] if event["event_name"] == "checkout" else event,
    ),
    "an event of the shop's own": Mistake(
        tag=lambda _, hit: [hit, {**hit, "event": "wishlist_shared",
                                  "ed": {"event_id": f"w-{hit['ed']['event_id']}"}}],
    ),
    "an event of the shop's own name for each item of an order": Mistake(
        api=lambda _, event: [event, *(
            {**event, "event_name": "item_bought", "event_id": f"{event['event_id']}-{sku}"}
            for sku in event["custom_data"]["content_ids"]
        )] if event["event_name"] == "checkout" else event,
    ),
    "several things in one second that a shop calls by its own name": Mistake(
        api=lambda _, event: [event, *(
            {**event, "event_name": "option_chosen", "event_id": f"{event['event_id']}-{number}", "custom_data": {}}
            for number in range(3)
        )],
    ),
    "a shop's own event about each order of the tag's": Mistake(
        api=lambda _, event: [event, {**event, "event_name": "order_shipped", "event_id": f"s-{event['event_id']}"}]
        if event["event_name"] == "checkout" else event,
    ),
    "one id for a checkout and its page visit": Mistake(
        api=lambda order, event: {**event, "event_id": f"o-{order.number}"},
        tag=lambda order, hit: {**hit, "ed": {**hit["ed"], "event_id": f"o-{order.number}"}},
    ),
    "customers who order the same again": Mistake(
        api=lambda o, event: [event, later(event, 90, event_id=f"2-{o.number}", custom_data={
            **event["custom_data"], "order_id": f"A-{20_000 + o.number}"})]
        if event["event_name"] == "checkout" and o.number % 5 == 0 else event,
    ),
    "visitors who reload a page at times": Mistake(
        api=lambda o, event: [event, later(event, 4, event_id=f"2-{o.number}")]
        if event["event_name"] == "page_visit" and o.number % 3 == 0 else event,
    ),
    "people who sign up for an account and for a newsletter": Mistake(
        api=lambda o, event: [event, sign_up({**event, "event_id": f"a-{o.number}"}, "register"), later(
            sign_up({**event, "event_id": f"n-{o.number}"}, "newsletter"), -900)]
        if event["event_name"] == "page_visit" else event,
        tag=lambda o, hit: [hit, {**hit, "event": "signup", "ed": {"event_id": f"a-{o.number}"}}, {
            **hit, "event": "signup", "ed": {"event_id": f"n-{o.number}"}}] if hit["event"] == "pagevisit" else hit,
    ),
    "people who sign up for two courses within a minute": Mistake(
        api=lambda o, event: [event, *({**later(sign_up({**event, "event_id": f"{c}-{o.number}"}, c), -60 * (c == "a")),
            "custom_data": {"content_ids": [c]}} for c in "ab")] if event["event_name"] == "page_visit" else event,
    ),
    "limited data processing that both sides ask for": Mistake(
        api=lambda o, event: {**event, "custom_data": {**event["custom_data"], "opt_out_type": "LDP"}, "user_data": {
            **event["user_data"], "st": [sha("ca")], "country": [sha("us")]}} if o.person % 3 == 0 else event,
        tag=lambda o, hit: {**hit, "ed": {**hit["ed"], "opt_out_type": "LDP"}, "pd": {
            **hit["pd"], "st": sha("ca"), "country": sha("us")}} if o.person % 3 == 0 else hit,
    ),
    "three offices whose people look at several pages": Mistake(api=lambda o, event: [
        {**event, "user_data": {**event["user_data"], "client_ip_address": f"8.8.4.{4 + o.person % 3}"}}, later({
            **event, "event_id": f"next-{o.number}", "event_source_url": f"https://shop.example.com/next/{o.number}",
            "user_data": {**event["user_data"], "client_ip_address": f"8.8.4.{4 + o.person % 3}"}}, 90)]
        if event["event_name"] == "page_visit" and o.person % 2 else event),
    "an order that was changed after the tag had fired": Mistake(
        api=lambda order, event: {**event, "custom_data": {**event["custom_data"], "currency": "CHF"}}
        if order.number == 7 else event,
    ),
    "one id for a page visit of the tag and the checkout of the API": Mistake(
        api=lambda o, event: {**event, "event_id": f"o-{o.number}"} if event["event_name"] == "checkout" else None,
        tag=lambda o, hit: {**hit, "ed": {**hit["ed"], "event_id": f"o-{o.number}"}}
        if hit["event"] == "pagevisit" else None,
    ),
    "shop sales whose numbers are those of other web orders": Mistake(
        api=lambda o, event: [event, {
            **event, "action_source": "offline", "event_id": f"till-{o.number}",
            "user_data": {"em": [sha(f"till {o.number}")]},
        }] if event["event_name"] == "checkout" and o.number % 9 == 0 else event,
    ),
    "a few people who order from another network, browser and address": Mistake(
        api=lambda o, event: {**event, "user_data": {
            **event["user_data"], "client_ip_address": f"93.184.{o.number}.7", "client_user_agent": "Mozilla/5.0",
            "em": [sha(f"other{o.person}@example.com")],
        }} if o.number % 5 == 0 and event["event_name"] == "checkout" else event,
        tag=lambda o, hit: {**hit, "pd": {}} if o.number % 5 == 0 else hit,
    ),
    "people of whom more than half opted out": Mistake(
        api=lambda o, event: {**event, "opt_out": o.person % 3 != 0},
    ),
    "a click id that some people lose with their cookies": Mistake(
        api=lambda o, event: {**event, "user_data": {
            k: v for k, v in event["user_data"].items() if k != "click_id" or event["event_name"] != "checkout"
            or o.person % 2}},
    ),
    "people who look on one device and buy on another": Mistake(
        api=lambda o, event: {**event, "user_data": {
            **event["user_data"], "client_ip_address": f"93.184.{o.number}.7", "client_user_agent": "Mozilla/5.0"}}
        if o.number % 2 and event["event_name"] == "checkout" else event,
    ),
    "a few orders that the server could not report": Mistake(
        api=lambda o, event: None
        if o.number in {2, 12, 25, 31} and not o.blocks_tag and event["event_name"] == "checkout" else event,
    ),
    "a server that reads the cookie of a click, which the first page does not have": Mistake(
        api=lambda o, event: clickless(o, event, lambda url: with_click(o, url))
        if event["event_name"] == "page_visit" else event,
        tag=lambda o, hit: {**hit, "ad": {"loc": with_click(o, hit["ad"]["loc"])}},
    ),
    "buyers who mostly are of one firm with one phone": Mistake(
        api=lambda o, event: {**event, "user_data": {
            **event["user_data"], "ph": [sha(f"49301{o.person if o.person % 3 else 0}")],
            "fn": [sha(f"name{o.person % 12}")], "ln": [sha(f"name{o.person % 5 // 2}")]}},
    ),
    "a queue that is half an hour late": Mistake(
        api=lambda _, event: {**event, "event_time": event["event_time"] - 1800}
    ),
    "a queue that is some minutes late": Mistake(
        api=lambda _, event: {**event, "event_time": event["event_time"] - 600}
    ),
}  # fmt: skip


@pytest.mark.parametrize("title", VARIANTS)
def test_an_unusual_and_healthy_shop_gets_no_error_and_no_observation(mock, title):
    shop = Shop(mock, orders=40, channel="web", seed=21, mistake=VARIANTS[title])
    shop.trade()
    report = shop.report("checkout=40")
    assert [seen.rule for seen in report.observations if seen.severity != "info"] == []
    assert report.severity != "error", said(report)


def test_a_shop_whose_server_reports_its_app_alone_is_not_missing_the_web_s_checkouts(mock):
    def of_app(_order, event):
        about = {**event["custom_data"], "order_id": f"app-{event['event_id']}"}
        return {**event, "event_id": f"app-{event['event_id']}", "custom_data": about}

    Shop(mock, orders=20, channel="web", seed=5, mistake=Mistake(api=lambda _o, _e: None)).trade()
    Shop(mock, orders=20, channel="app", seed=6, mistake=Mistake(api=of_app)).trade()
    assert [seen.rule for seen in Shop(mock).report().observations] == []


def of_other_site(_order, event):
    """The same event of a shop with a site of its own, which counts its orders alike."""
    page = event["event_source_url"].replace("shop.example.com", "boutique.example.org")
    return {**event, "event_id": f"b-{event['event_id']}", "event_source_url": page}


@pytest.mark.parametrize("orders", [12, 30, 40])
def test_two_shops_of_one_account_one_by_the_tag_and_one_by_the_api_are_not_one(mock, orders):
    Shop(mock, orders=40, channel="web", seed=5, mistake=Mistake(api=lambda _o, _e: None)).trade()
    Shop(mock, orders=orders, channel="api", seed=6, mistake=Mistake(api=of_other_site)).trade()
    assert said(Shop(mock).report()) == []


def test_one_shop_whose_orders_come_by_the_tag_and_by_the_api_under_other_ids_is_one(mock):
    def under_other_id(_order, event):
        return {**event, "event_id": f"b-{event['event_id']}"}

    Shop(mock, orders=40, channel="web", seed=5, mistake=Mistake(api=lambda _o, _e: None)).trade()
    Shop(mock, orders=40, channel="api", seed=5, mistake=Mistake(api=under_other_id)).trade()
    rules = {seen.rule for seen in Shop(mock).report().observations if seen.severity == "error"}
    assert rules == {"event-ids-never-match", "order-counted-twice"}


@pytest.mark.parametrize("keys", [{}, {"em": None}])
def test_two_shops_of_one_account_that_count_their_orders_alike_report_each_once(mock, keys):
    def of_other(order, event):
        known = {k: v for k, v in {**event["user_data"], **keys}.items() if v}
        return {**of_other_site(order, event), "user_data": known, "event_time": event["event_time"] - 600}

    Shop(mock, orders=40, channel="api", seed=5).trade()
    Shop(mock, orders=40, channel="api", seed=6, mistake=Mistake(api=of_other)).trade()
    assert [seen.rule for seen in Shop(mock).report().observations if seen.severity == "error"] == []


def test_a_wholesaler_of_which_half_the_orders_are_of_one_customer_is_ready(mock):
    def buy(order, event):
        firm = 0 if order.number % 20 < 11 else 1 + order.number % 12
        return {
            **event,
            "user_data": {"em": [sha(f"orders@firm-{firm}.example")], "external_id": [sha(f"firm-{firm}")]},
        }

    shop = Shop(mock, orders=100, channel="offline", seed=6, mistake=Mistake(api=buy))
    shop.trade()
    assert said(shop.report("checkout=100")) == []


def test_a_company_whose_branches_place_a_fifth_of_the_orders_is_one_customer(mock):
    def of_company(order, event):
        keys = {"em": [sha("office@corp.example")], "external_id": [sha("corp")]}
        return {**event, "user_data": {**event["user_data"], **keys}} if order.number % 5 == 0 else event

    shop = Shop(mock, orders=80, channel="api", names=("checkout",), mistake=Mistake(api=of_company))
    shop.trade()
    assert said(shop.report("checkout=80")) == []


def test_an_order_that_is_shipped_is_not_a_second_name_of_its_checkout(mock):
    def ship(_order, event):
        return {**event, "event_name": "order_shipped", "event_id": f"s-{event['event_id']}"}

    shop = Shop(mock, orders=20, channel="web", seed=5, names=("checkout",), mistake=Mistake(api=ship))
    shop.trade()
    assert "same-event-under-other-name" not in {seen.rule for seen in shop.report().observations}


def test_requests_of_one_person_who_opted_out_are_not_a_default(mock):
    def opted_out(order, event):
        return {**event, "opt_out": True} if order.number % 10 == 0 else event

    shop = Shop(mock, orders=40, channel="api", seed=5, batch=2, mistake=Mistake(api=opted_out))
    shop.trade()
    report = shop.report()
    assert "opt-out-on-everything" in {finding.rule for finding in report.findings}
    assert said(report) == []


def test_people_who_write_twice_under_a_clock_that_stands_still_are_not_retries(mock):
    def write(order, event):
        lead = {
            **event, "event_name": "lead", "custom_data": {}, "event_time": int(mock.clock.now) // 1000 * 1000,
            "event_source_url": "https://shop.example.com/contact",
        }  # fmt: skip
        return [lead, {**lead, "event_id": f"{event['event_id']}-2"}] if order.number % 4 == 0 else lead

    shop = Shop(mock, orders=40, channel="api", seed=5, names=("checkout",), mistake=Mistake(api=write))
    shop.trade()
    assert "event-repeated-under-new-id" not in {seen.rule for seen in shop.report().observations}


def sell(order, product, price, pieces):
    """What a checkout says of one product."""
    return {
        "currency": "EUR", "value": f"{price * pieces:.2f}", "order_id": order.order_id, "content_ids": [product],
        "contents": [{"id": product, "item_price": f"{price:.2f}", "quantity": pieces}], "num_items": pieces,
    }  # fmt: skip


BASKETS = {
    "one and a hundred pieces of the same screws": lambda o: sell(
        o, f"screw-{o.number % 5}", 0.35 + o.number % 5, 100 if o.number % 3 == 0 else 1
    ),
    "plans that cost nothing beside a paid one": lambda o: (
        sell(o, "free", 0, 1) if o.number % 2 else sell(o, "pro", 12, 1)
    ),
    "thirty shirts at one price": lambda o: sell(o, f"shirt-{o.number % 30}", 9.99, 1),
    "gifts of one or a hundred to four funds": lambda o: sell(
        o, f"fund-{o.number % 4}", 100 if o.number % 3 else 1, 1
    ),
    "donations of round sums to three funds": lambda o: sell(
        o, f"fund-{o.number % 3}", (5, 10, 50, 100, 500, 1000, 20)[o.number % 7], 1
    ),
}


@pytest.mark.parametrize("title", BASKETS)
def test_unusual_values_that_the_products_explain_are_right(mock, title):
    def change(order, event):
        return {**event, "custom_data": BASKETS[title](order)}

    shop = Shop(mock, orders=42, channel="api", names=("checkout",), mistake=Mistake(api=change))
    shop.trade()
    assert said(shop.report("checkout=42")) == []


def test_pages_that_only_their_query_tells_apart_are_different_pages(mock):
    def change(_order, event):
        product = event["custom_data"]["content_ids"][0]
        return {**event, "event_source_url": f"https://shop.example.com/index.php?id_product={product}"}

    shop = Shop(mock, orders=40, channel="api", names=("page_visit",), mistake=Mistake(api=change))
    shop.trade()
    assert said(shop.report()) == []


def test_app_events_with_the_user_agent_of_the_app_are_right(mock):
    def change(_order, event):
        return {**event, "user_data": {**event["user_data"], "client_user_agent": "okhttp/4.12.0"}}

    shop = Shop(mock, orders=90, channel="app", mistake=Mistake(api=change))
    shop.trade()
    assert said(shop.report("checkout=90")) == []


def test_a_single_product_at_one_price_is_not_a_constant(mock):
    def one_product(_order, event):
        about = {"currency": "EUR", "value": "9.99", "content_ids": ["box"], "num_items": 1,
                 "order_id": event["custom_data"].get("order_id", "none")}  # fmt: skip
        return {**event, "custom_data": about} if event["event_name"] == "checkout" else event

    shop = Shop(mock, orders=60, channel="api", seed=5, mistake=Mistake(api=one_product))
    shop.trade()
    assert said(shop.report()) == []


def test_one_tester_who_orders_everything_is_one_person(mock):
    def by_one(order, event):
        user_data = {**event["user_data"], "em": ["a" * 64], "external_id": ["b" * 64],
                     "client_ip_address": "84.17.2.7"}  # fmt: skip
        return {**event, "user_data": {k: v for k, v in user_data.items() if k != "click_id"}}

    shop = Shop(mock, orders=20, channel="api", seed=5, mistake=Mistake(api=by_one))
    shop.trade()
    assert [seen.rule for seen in shop.report().observations] == []


def test_segment_calls_that_nobody_takes_are_normal(mock):
    others = ({"type": "identify"}, {"type": "track", "event": "Button Clicked"},
              {"type": "track", "event": "Product Reviewed"})  # fmt: skip
    shop = Shop(
        mock, orders=10, channel="segment", seed=5,
        mistake=Mistake(segment=lambda _, call: [call, *({**call, **other} for other in others)]),
    )  # fmt: skip
    shop.trade()
    assert said(shop.report("segment:checkout=10")) == []


@pytest.mark.parametrize("name", ["Order Placed", "Purchase", "checkout"])
def test_orders_that_a_second_call_names_otherwise_are_not_lost(mock, name):
    def name_twice(order, call):
        again = {**call, "event": name, "messageId": f"second-{order.number}"}
        return [again, call] if call.get("event") == "Order Completed" else call

    shop = Shop(mock, orders=10, channel="segment", seed=5, mistake=Mistake(segment=name_twice))
    shop.trade()
    assert said(shop.report("segment:checkout=10")) == []


def test_calls_of_people_who_refused_pinterest_are_left_out_of_segment_alone(mock):
    def consent(order, call):
        allowed = order.number % 5 != 0
        return {**call, "integrations": {"All": False, "Pinterest Conversions API": allowed}}

    shop = Shop(mock, orders=10, channel="segment", seed=5, mistake=Mistake(segment=consent))
    shop.trade()
    assert said(shop.report("segment:checkout=8")) == []


def test_a_test_request_that_tries_out_the_token_first_is_told_and_not_warned_of(mock):
    Shop(
        mock,
        orders=2,
        channel="api",
        names=("checkout",),
        seed=78,
        mistake=Mistake(path=f"{Mistake.path}?test=true"),
    ).trade()
    shop = Shop(mock, orders=40, channel="api")
    shop.trade()
    report = shop.report("checkout=40")
    assert (report.severity, said(report)) == ("info", [])
    assert "2 events came in test requests" in " ".join(reason.sentence for reason in report.reasons)


@pytest.mark.parametrize(("reports", "rules"), [(True, []), (False, ["api-falls-silent"])])
def test_a_server_that_falls_silent_is_told_while_the_tag_goes_on(mock, reports, rules):
    mistake = Mistake(api=lambda _, event: event if reports else None)
    Shop(mock, names=("page_visit",)).trade()
    mock.clock.advance("20m")
    Shop(mock, names=("page_visit",), seed=2, mistake=mistake).trade()
    found = {seen.rule for seen in Shop(mock).report().observations}
    assert found - {"seen-by-tag-only"} == set(rules)


def test_anonymous_visitors_who_buy_nothing_are_not_a_lack_of_addresses(mock):
    def anonymous(order, event):
        known = {"client_ip_address": order.ip, "client_user_agent": order.agent}
        return {**event, "user_data": known}

    shop = Shop(mock, orders=40, channel="api", names=("page_visit",), mistake=Mistake(api=anonymous))
    shop.trade()
    assert said(shop.report("page_visit=40")) == []


def test_other_endpoints_of_pinterest_are_not_emulated_and_no_mistake(mock):
    shop = Shop(mock, orders=10, channel="api", seed=5)
    shop.trade()
    token = {"Authorization": f"Bearer {mock.conversion_token}"}
    for path in ("/v5/pins", "/v5/user_account", "/v5/catalogs"):
        httpx.post(f"{mock.url}{path}", json={}, headers=token, timeout=60)
    assert said(shop.report()) == []
