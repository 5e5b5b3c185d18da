"""Mistakes that teams make, each a shop that differs from a healthy one in one thing, and what must be said."""

from datetime import UTC, datetime

from tests.mockpin.observations.shop import Mistake, sha


def api_checkout(change):
    """A mistake in the checkouts that the API reports."""
    return Mistake(
        api=lambda order, event: change(order, event) if event["event_name"] == "checkout" else event
    )


def every_api(change):
    return Mistake(api=change)


def tag_data(change):
    """A mistake in what every hit of the tag says of its event."""
    return Mistake(tag=lambda order, hit: {**hit, "ed": change(order, dict(hit["ed"]))})


def person(**keys):
    """The API's events with other match keys, each made of the order."""

    def change(order, event):
        made = {name: make(order) for name, make in keys.items()}
        known = {name: value for name, value in {**event["user_data"], **made}.items() if value is not None}
        return {**event, "user_data": known}

    return every_api(change)


def without(data, name):
    return {key: value for key, value in data.items() if key != name}


def about(**values):
    """The API's checkouts with other custom data, each made of the order."""

    def change(order, event):
        made = {name: make(order) for name, make in values.items()}
        return {**event, "custom_data": {**event["custom_data"], **made}}

    return api_checkout(change)


def yen(order):
    """One price a product, a hundred times as much in each sixth order."""
    return str((1000 + 130 * (order.number % 5)) * (100 if order.number % 6 == 0 else 1))


def yen_as_euros(order):
    """One price a product, in yen in each sixth order."""
    return str((20 + order.number % 5) * (160 if order.number % 6 == 0 else 1))


def pence(order):
    """One price a product, in pence in every second order."""
    return str((20 + order.number % 5) * (100 if order.number % 2 else 1))


def without_order(event):
    return {**event, "custom_data": without(event["custom_data"], "order_id")}


def later(event, seconds, **fields):
    return {**event, "event_time": event["event_time"] + seconds, **fields}


def sign_up(event, page):
    """A signup on a page of its own at the time of another event."""
    url = f"https://shop.example.com/{page}"
    return {**event, "event_name": "signup", "event_source_url": url, "custom_data": {}}


def start_app(order, event, **fields):
    """The install of an app on a device of the person, at the time of another event or later."""
    user_data = {"hashed_maids": [sha(f"device-{order.person}")]}
    app = {"event_name": "app_install", "action_source": "app_android", "app_id": "com.example.shop"}
    return {**without(event, "event_source_url"), **app, "user_data": user_data, "custom_data": {}, **fields}


def of_one_product(about):
    """Custom data whose products all have one id."""
    made = {**about, **({"content_ids": ["product"]} if "content_ids" in about else {})}
    return {
        name: [{**item, key: "product"} for item in value] if (key := LISTS.get(name)) else value
        for name, value in made.items()
    }


#: Lists of products -> what an item calls its id.
LISTS = {"contents": "id", "line_items": "product_id"}


def with_click(order, url):
    """A page's URL with the click of the person, if any."""
    return f"{url}{'&' if '?' in url else '?'}epik={order.click_id}" if order.click_id else url


def clickless(order, event, url=str):
    """The event without its click id, on a page whose URL is changed."""
    return {
        **event,
        "event_source_url": url(event["event_source_url"]),
        "user_data": without(event["user_data"], "click_id"),
    }


def named(name):
    return Mistake(segment=lambda _order, call: {**call, "event": name})


def again_under_other_id(order, event):
    return [event, {**event, "event_id": f"{event['event_id']}-again"}]


def every_seventh_fails(order, event):
    return {**event, "event_time": 1_500_000_000} if order.number % 7 == 0 else event


def every_seventh_fails_first(order, event):
    failed = every_seventh_fails(order, event)
    return [failed, event] if failed is not event else event


#: Mistake -> how the shop is set up, the severity of the report, and the rule or the words that must be said.
MISTAKES = {
    # lost as duplicates
    "one id for all page visits": (
        {"mistake": every_api(lambda _, e: {**e, "event_id": "cached"} if e["event_name"] == "page_visit" else e)},
        "error", "event-id-shared"),
    "one cached id in the page's tag": (
        {"orders": 50, "names": ("page_visit",), "mistake": Mistake(
            tag=lambda _, hit: {**without(hit, "pd"), "ad": {"loc": "https://shop.example.com/"},
                                "ed": {"event_id": "cached"}},
            api=lambda _, event: {**event, "event_id": "cached"})},
        "error", "event-id-shared"),
    "ids that a counter begins again": (
        {"channel": "api", "mistake": api_checkout(lambda o, e: {**e, "event_id": str(o.number % 10)})},
        "error", "event-id-shared"),
    "the session's id on each of its page visits": (
        {"channel": "api", "names": ("page_visit",), "mistake": Mistake(api=lambda o, e: [
            {**e, "event_id": f"session-{o.number}", "event_source_url": f"https://shop.example.com/{page}"}
            for page in ("a", "b", "c")])},
        "error", "event-id-shared"),
    "two orders in forty with one id": (
        {"channel": "api", "mistake": api_checkout(
            lambda o, e: {**e, "event_id": "twin"} if o.number in (3, 4) else e)},
        "error", "event-id-shared"),
    "counters on both sides that count different orders": (
        {"mistake": Mistake(
            api=lambda o, e: {**e, "event_id": str(o.number)},
            tag=lambda o, h: {**h, "ed": {**h["ed"], "event_id": str(o.number + 3)}})},
        "error", "event-id-shared"),
    "ids that are the second of the order": (
        {"channel": "api", "names": ("checkout",), "mistake": api_checkout(
            lambda _, e: {**e, "event_id": str(e["event_time"])})},
        "warning", "event-id-of-the-second"),
    "ids that are the date and time of the order": (
        {"channel": "api", "names": ("checkout",), "mistake": api_checkout(
            lambda _, e: {**e, "event_id": datetime.fromtimestamp(e["event_time"], UTC).isoformat()})},
        "warning", "event-id-of-the-second"),
    "page visits with four digits at random": (
        {"channel": "api", "names": ("page_visit",), "mistake": every_api(
            lambda o, e: {**e, "event_id": str(1000 + o.number * 3571 % 9000)})},
        "warning", "event-id-too-short"),
    "a queue that sends each event twelve times": (
        {"channel": "api", "mistake": Mistake(api=lambda _, event: [event] * 12)},
        "warning", "event-sent-again-and-again"),
    # counted twice
    "the tag makes ids of its own": (
        {"mistake": tag_data(lambda o, d: {**d, "event_id": f"tag-{o.number}"})},
        "error", "order-counted-twice"),
    "the tag makes ids of its own for page visits": (
        {"names": ("page_visit",), "mistake": tag_data(lambda o, d: {**d, "event_id": f"tag-{o.number}"})},
        "error", "event-ids-never-match"),
    "the tag makes ids of its own for a shop's own event with an order": (
        {"names": ("checkout",), "mistake": Mistake(
            api=lambda _, e: {**e, "event_name": "gift_wrapped"},
            tag=lambda o, h: {**h, "event": "gift_wrapped", "ed": {**h["ed"], "event_id": f"tag-{o.number}"}})},
        "error", "event-ids-never-match"),
    "the tag sends no id": (
        {"mistake": tag_data(lambda _, d: without(d, "event_id"))},
        "error", "event-id-missing-on-one-side"),
    "a retry with a new id": (
        {"channel": "api", "mistake": api_checkout(again_under_other_id)},
        "error", "order-counted-twice"),
    "one order in forty with two ids": (
        {"channel": "api", "mistake": api_checkout(
            lambda o, e: again_under_other_id(o, e) if o.number == 5 else e)},
        "error", "order-counted-twice"),
    "the tag calls the checkout Purchase": (
        {"names": ("checkout",), "mistake": Mistake(tag=lambda _, hit: {**hit, "event": "Purchase"})},
        "error", "same-event-under-other-name"),
    "offline sales that are sent again each night": (
        {"channel": "offline", "mistake": Mistake(api=lambda _, event: [event, dict(event)])},
        "error", "offline-event-repeated"),
    "orders that a measurement partner reports, too, without number and buyer": (
        {"channel": "api", "mistake": api_checkout(lambda o, e: [e, later(
            without_order(e), 4, event_id=f"{e['event_id']}-partner", user_data=without(e["user_data"], "em"))])},
        "error", "order-also-without-number"),
    "a cart that is filled when a product's page opens": (
        {"channel": "api", "mistake": every_api(lambda _, e: [
            e, {**e, "event_name": "add_to_cart", "event_id": f"{e['event_id']}-cart"}]
            if e["event_name"] == "page_visit" else e)},
        "warning", "cart-filled-by-looking"),
    "a load test into the ad account of the shop": (
        {"channel": "api", "mistake": api_checkout(lambda o, e: [
            later(e, -number, event_id=f"load-{number}",
                  user_data={**e["user_data"], "em": [sha("load@example.com")], "external_id": [sha("load")]},
                  custom_data={**e["custom_data"], "order_id": f"load-{number}"})
            for number in range(40)] if o.number == 7 else e)},
        "warning", "orders-of-a-machine"),
    "all events under the name custom": (
        {"channel": "api", "mistake": every_api(lambda _, e: {**e, "event_name": "custom"})},
        "warning", "orders-reported-as-custom"),
    "offline pledges that are reported again each night": (
        {"channel": "offline", "mistake": Mistake(api=lambda _, e: [
            e, later(e, -86_400, event_id=f"{e['event_id']}-before")] if e["event_name"] == "checkout" else e)},
        "error", "offline-order-reported-again"),
    "offline sales again under numbers without leading zeros": (
        {"channel": "offline", "mistake": Mistake(api=lambda o, e: [
            {**e, "event_id": f"{e['event_id']}-{zeros}", "custom_data": {
                **e["custom_data"], "order_id": f"{zeros}{7000 + o.number}"}} for zeros in ("000", "")]
            if e["event_name"] == "checkout" else e)},
        "error", "offline-order-under-other-number"),
    "an offline event for each line of an order": (
        {"channel": "offline", "mistake": Mistake(api=lambda o, e: [
            {**e, "event_id": f"{e['event_id']}-{line}", "custom_data": {
                **e["custom_data"], "value": f"{price * pieces:.2f}", "content_ids": [name], "num_items": pieces,
                "contents": [{"id": name, "item_price": f"{price:.2f}", "quantity": pieces}]}}
            for line, (name, (price, pieces)) in enumerate(o.basket.items())] if e["event_name"] == "checkout" else e)},
        "warning", "offline-order-in-parts"),
    "offline sales of walk-in customers under the shop's address": (
        {"channel": "offline", "orders": 80, "mistake": Mistake(api=lambda o, e: {
            **e, "user_data": {"em": [sha("till@example.com")], "external_id": [sha("till")]}}
            if o.number % 9 < 4 else e)},
        "warning", "offline-email-of-many-people"),
    "guests under one placeholder for address and id": (
        {"channel": "api", "orders": 120, "mistake": every_api(lambda o, e: {
            **e, "user_data": {
                **e["user_data"], "em": [sha("anonymous")], "external_id": [sha("anonymous")],
                "client_user_agent": e["user_data"]["client_user_agent"].replace("Safari", f"x{o.number % 3} Safari")}}
            if o.number % 9 < 4 else e)},
        "warning", "same-email-for-everybody"),
    "offline sales again under new ids": (
        {"channel": "offline", "mistake": Mistake(api=again_under_other_id)},
        "error", "offline-event-repeated"),
    "offline sales without an order again under new ids": (
        {"channel": "offline", "names": ("checkout",), "mistake": Mistake(
            api=lambda o, e: again_under_other_id(o, without_order(e)))},
        "error", "event-repeated-under-new-id"),
    "web checkouts that are called offline": (
        {"mistake": api_checkout(lambda _, e: {**e, "action_source": "offline"})},
        "error", "offline-event-also-online"),
    "web checkouts without an order that are called offline": (
        {"mistake": Mistake(
            api=lambda _, e: without_order({**e, "action_source": "offline"}) if "value" in e["custom_data"] else e,
            tag=lambda _, h: {**h, "ed": without(h["ed"], "order_id")})},
        "error", "offline-event-also-online"),
    "leads that are sent again with new ids": (
        {"channel": "api", "names": ("checkout",), "mistake": Mistake(
            api=lambda o, e: again_under_other_id(o, {**without_order(e), "event_name": "lead"}))},
        "error", "event-repeated-under-new-id"),
    "leads that two systems report within seconds": (
        {"channel": "api", "names": ("checkout",), "mistake": Mistake(
            api=lambda o, e: [{**without_order(e), "event_name": "lead"}, {
                **without_order(e), "event_name": "lead", "event_id": f"crm-{o.number}",
                "event_time": e["event_time"] + 1 + o.number % 5}])},
        "error", "event-repeated-within-a-minute"),
    "signups that say nothing of themselves and come again within a minute": (
        {"channel": "api", "names": ("page_visit",), "mistake": Mistake(api=lambda o, e: [
            sign_up(e, "join"), later(sign_up({**e, "event_id": f"step-2-{o.number}"}, "join"), 30)])},
        "error", "everybody-repeats-within-a-minute"),
    "signups of a third of the people that say nothing and come again within a minute": (
        {"channel": "api", "names": ("page_visit",), "mistake": Mistake(api=lambda o, e: [
            sign_up(e, "join"), *([later(sign_up({**e, "event_id": f"step-2-{o.number}"}, "join"), 30)]
                                  if o.person % 3 == 0 else [])])},
        "warning", "event-perhaps-repeated-within-a-minute"),
    "orders that a seller's system reports at the same second under numbers of its own": (
        {"channel": "api", "mistake": api_checkout(lambda o, e: [e, {
            **e, "event_id": f"seller-{o.number}",
            "custom_data": {**e["custom_data"], "order_id": f"SELLER-{70_000 + 13 * o.number}"}}])},
        "error", "event-repeated-within-a-minute"),
    "purchases in an app that come again at its next start": (
        {"channel": "app", "mistake": api_checkout(lambda o, e: again_under_other_id(o, without_order(e)))},
        "error", "event-repeated-under-new-id"),
    "checkouts that a second system reports without the order": (
        {"channel": "api", "mistake": api_checkout(lambda o, e: [e, {
            **without_order(e), "event_id": f"crm-{o.number}", "event_time": e["event_time"] + 3}])},
        "error", "event-repeated-within-a-minute"),
    "ids of its own, and another spelling of the order on the tag": (
        {"mistake": tag_data(lambda o, d: {**d, "event_id": f"tag-{o.number}", **(
            {"order_id": f"#{d['order_id']}"} if "order_id" in d else {})})},
        "error", "event-ids-never-match"),
    "the tag calls a lead a signup": (
        {"names": ("checkout",), "mistake": Mistake(
            api=lambda _, e: {**without_order(e), "event_name": "lead"},
            tag=lambda _, h: {**h, "event": "signup", "ed": without(h["ed"], "order_id")})},
        "error", "same-event-under-other-name"),
    "a page whose visit two handlers report": (
        {"channel": "api", "names": ("page_visit",), "mistake": every_api(again_under_other_id)},
        "warning", "event-repeated-at-once"),
    "a page that reports its visit again once its scripts run": (
        {"channel": "api", "names": ("page_visit",), "mistake": every_api(lambda o, e: [
            e, {**e, "event_id": f"again-{o.number}", "event_time": e["event_time"] + 4}])},
        "warning", "event-repeated-at-once"),
    "refunds of a fifth of the orders that are sent as orders": (
        {"channel": "api", "mistake": api_checkout(lambda o, e: [e, later(
            e, 90, event_id=f"refund-{o.number}", custom_data={**e["custom_data"], "order_id": f"R{o.order_id}"},
        )] if o.number % 5 == 0 else e)},
        "warning", "refund-counted-as-order"),
    "logins that are sent as signups": (
        {"channel": "api", "names": ("page_visit",), "mistake": every_api(lambda o, e: [
            sign_up(e, "login"), later(sign_up(e, "login"), -900, event_id=f"again-{o.number}")])},
        "warning", "signup-again-and-again"),
    "an app that reports an install at each start": (
        {"channel": "api", "names": ("page_visit",), "mistake": every_api(lambda o, e: [
            start_app(o, e), later(start_app(o, e), -900, event_id=f"start-{o.number}")])},
        "warning", "app-install-again-and-again"),
    "orders that the shop and its ERP report half an hour apart": (
        {"channel": "api", "mistake": api_checkout(lambda o, e: [e, {
            **e, "event_id": f"erp-{o.number}", "event_time": e["event_time"] + 1800 - 1400,
            "custom_data": {**e["custom_data"], "order_id": f"ERP-{o.order_id}"}}])},
        "error", "order-reported-by-two-systems"),
    # one-sided
    "an API half that reports page visits alone, and nobody expects more": (
        {"mistake": api_checkout(lambda _o, _e: None)}, "warning", "checkout-by-tag-only"),
    "a dead API half": (
        {"expected": ("checkout=40",), "mistake": Mistake(api=lambda _o, _e: None)},
        "error", "The API sent nothing that counts"),
    "a dead API half whose checkouts are expected of it": (
        {"expected": ("api:checkout=40",), "mistake": Mistake(api=lambda _o, _e: None)},
        "error", "Nothing at all came by the API."),
    "an API half that reports page visits alone": (
        {"expected": ("page_visit=40", "api:checkout=40"), "mistake": api_checkout(lambda _o, _e: None)},
        "error", "40 expected by the API, 0 came"),
    "an API half that loses every third checkout": (
        {"mistake": api_checkout(lambda o, e: e if o.number % 3 else None)},
        "warning", "seen-by-tag-only"),
    "a tag that is on one page in five": (
        {"orders": 60, "mistake": Mistake(tag=lambda o, hit: hit if o.number % 5 == 0 else None)},
        "warning", "seen-by-api-only"),
    "a tag that never fires though it is expected": (
        {"expected": ("tag:checkout=40",), "mistake": Mistake(tag=lambda _o, _h: None)},
        "error", "Nothing at all came by the tag."),
    "nothing through Segment though it is expected": (
        {"channel": "api", "expected": ("segment:checkout=40",)},
        "error", "Nothing at all came through Segment."),
    # pairs that disagree
    "limited data processing that the tag alone asks for": (
        {"mistake": Mistake(tag=lambda o, hit: {
            **hit, "ed": {**hit["ed"], "opt_out_type": "LDP"}, "pd": {**hit["pd"], "st": sha("ca"), "country": sha("us")},
        } if o.person % 3 == 0 else hit)},
        "warning", "pair-limits-differ"),
    "net values by the API and gross ones by the tag": (
        {"mistake": about(value=lambda o: f"{o.value / 119:.2f}")}, "warning", "pair-values-differ"),
    "dollars by the API and euros by the tag": (
        {"mistake": about(currency=lambda _: "USD")}, "warning", "pair-currencies-differ"),
    "variants by the API and parents by the tag": (
        {"mistake": about(content_ids=lambda o: [f"{sku}-red" for sku in o.basket],
                          contents=lambda o: [{"id": f"{sku}-red", "item_price": f"{price / 100:.2f}", "quantity": n}
                                              for sku, (price, n) in o.basket.items()])},
        "warning", "pair-products-differ"),
    "addresses hashed before they are made lower case": (
        {"mistake": person(em=lambda o: [sha(f"Person{o.person}@Example.com")])}, "warning", "pair-emails-differ"),
    "the cookie by the tag and the customer's number by the API": (
        {"mistake": Mistake(tag=lambda o, h: {**h, "pd": {**h["pd"], "external_id": sha(f"cookie-{o.person}")}})},
        "warning", "pair-external-ids-differ"),
    # one value for everybody
    "the shop's own address as em": (
        {"channel": "api", "mistake": person(em=lambda _: [sha("shop@example.com")])},
        "warning", "same-email-for-everybody"),
    "the shop's own address as em of a fifth of the orders": (
        {"channel": "api", "orders": 80, "names": ("checkout",), "mistake": api_checkout(lambda o, e: {
            **e, "user_data": {**e["user_data"], "em": [sha("shop@example.com")]}} if o.number % 5 == 0 else e)},
        "warning", "same-email-for-everybody"),
    "one external_id": (
        {"channel": "api", "mistake": person(external_id=lambda _: [sha("guest-account")])},
        "warning", "same-external-id-for-everybody"),
    "one click_id": (
        {"channel": "api", "mistake": person(click_id=lambda _: "dj0yJnU9b2JDcFFHekV4")},
        "warning", "same-click-id-for-everybody"),
    "the server's own address": (
        {"channel": "api", "mistake": person(client_ip_address=lambda _: "8.8.4.4")},
        "warning", "same-ip-address-for-everybody"),
    "the server's own user agent": (
        {"channel": "api", "orders": 160, "mistake": person(
            client_user_agent=lambda _: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/142.0.0.0 Safari/537.36")},
        "warning", "same-user-agent-for-everybody"),
    "one order id": (
        {"channel": "api", "mistake": about(order_id=lambda _: "order")}, "warning", "same-order-id-for-everybody"),
    "one order id for ten orders": (
        {"orders": 10, "channel": "api", "mistake": about(order_id=lambda _: "0")},
        "warning", "same-order-id-for-everybody"),
    "a value of nothing for each of ten orders": (
        {"orders": 10, "channel": "api", "mistake": about(value=lambda _: "0.00")},
        "warning", "same-value-for-everybody"),
    "a value of one for every order": (
        {"channel": "api", "mistake": about(value=lambda _: "1.00")}, "warning", "same-value-for-everybody"),
    "the time of sending for a batch": (
        {"channel": "api", "now": True, "mistake": every_api(lambda o, e: {**e, "event_time": NOW[0]})},
        "warning", "same-time-for-a-batch"),
    "a new external_id for each event": (
        {"channel": "api", "mistake": Mistake(api=lambda o, e: {**e, "user_data": {
            **e["user_data"], "external_id": [sha(e["event_id"])]}})},
        "warning", "external-id-changes"),
    "the addresses of three proxies on some of the servers": (
        {"channel": "api", "orders": 80, "mistake": Mistake(api=lambda o, e: [e, later({
            **e, "event_id": f"next-{o.number}", "event_source_url": f"https://shop.example.com/next/{o.number}",
            "user_data": {**e["user_data"], "client_ip_address": f"8.8.4.{4 + o.number % 3}"}}, 90)]
            if e["event_name"] == "page_visit" else e)},
        "warning", "ip-address-of-a-proxy-at-times"),
    "the addresses of three proxies": (
        {"channel": "api", "mistake": person(client_ip_address=lambda o: f"8.8.4.{4 + o.number % 3}")},
        "warning", "few-ip-addresses-for-everybody"),
    "addresses that are hashed with a salt": (
        {"channel": "api", "orders": 60, "names": ("checkout",), "mistake": person(
            em=lambda o: [sha(f"{o.number} person{o.person}@example.com")])},
        "warning", "email-changes"),
    "one pair, in euros and in dollars": (
        {"orders": 1, "seed": 2, "names": ("checkout",), "mistake": about(currency=lambda _: "USD")},
        "warning", "pair-currencies-differ"),
    "the site's address as the page of every event": (
        {"channel": "api", "mistake": every_api(lambda _, e: {**e, "event_source_url": "https://shop.example.com"})},
        "warning", "same-page-for-everybody"),
    "click ids that a process keeps from request to request": (
        {"channel": "api", "mistake": person(click_id=lambda o: f"dj0yJnU9b2JDcFFHekV4{o.number // 4}")},
        "warning", "click-id-of-several-people"),
    "one phone number for everybody": (
        {"channel": "api", "mistake": person(ph=lambda _: [sha("4930123456")])},
        "warning", "same-phone-for-everybody"),
    "a phone number of zeros for guests": (
        {"channel": "api", "orders": 120, "mistake": person(
            ph=lambda o: [sha("491700000" if o.number % 3 == 0 else f"49170{o.person:07}")])},
        "warning", "same-phone-for-everybody"),
    "one first name for everybody": (
        {"channel": "api", "names": ("checkout",), "mistake": person(
            fn=lambda _: [sha("test")], ln=lambda o: [sha(f"name{o.person}")])},
        "warning", "same-first-name-for-everybody"),
    "one last name for everybody": (
        {"channel": "app", "mistake": person(
            fn=lambda o: [sha(f"name{o.person}")], ln=lambda _: [sha("kunde")])},
        "warning", "same-last-name-for-everybody"),
    "one product id on both sides": (
        {"orders": 60, "mistake": Mistake(
            api=lambda _, e: {**e, "custom_data": of_one_product(e["custom_data"])},
            tag=lambda _, h: {**h, "ed": of_one_product(h["ed"])})},
        "warning", "same-products-for-everybody"),
    "times that are cut off to the quarter of an hour": (
        {"channel": "api", "mistake": every_api(lambda _, e: {**e, "event_time": e["event_time"] // 900 * 900})},
        "warning", "event-time-rounded"),
    "times that are cut off to the hour": (
        {"channel": "api", "mistake": every_api(
            lambda o, e: {**e, "event_time": (e["event_time"] - 180 * o.number) // 3600 * 3600})},
        "warning", "event-time-rounded"),
    "clicks that only the pages' URLs have": (
        {"channel": "api", "mistake": every_api(lambda o, e: clickless(o, e, lambda url: with_click(o, url)))},
        "warning", "click-id-not-sent"),
    "clicks that only the tag's pages have": (
        {"mistake": Mistake(
            api=clickless, tag=lambda o, h: {**h, "ad": {"loc": with_click(o, h["ad"]["loc"])}})},
        "warning", "click-id-not-sent"),
    "clicks that only the tag's enhanced match has": (
        {"names": ("checkout",), "mistake": Mistake(
            api=clickless, tag=lambda o, h: {**h, "pd": {**h["pd"], "click_id": o.click_id}} if o.click_id else h)},
        "warning", "click-id-not-sent"),
    # orders that do not fit their visits
    "checkouts with the address of a payment provider": (
        {"channel": "api", "mistake": api_checkout(lambda o, e: {**e, "user_data": {
            **e["user_data"], "client_ip_address": f"54.187.{o.number % 7}.230"}})},
        "warning", "checkout-from-other-address"),
    "checkouts with the user agent of a queue": (
        {"channel": "api", "mistake": api_checkout(lambda _, e: {**e, "user_data": {
            **e["user_data"], "client_user_agent": "axios/1.7.2"}})},
        "warning", "checkout-by-other-user-agent"),
    "checkouts whose address is hashed twice": (
        {"channel": "api", "mistake": api_checkout(lambda _, e: {**e, "user_data": {
            **e["user_data"], "em": [sha(e["user_data"]["em"][0])]}})},
        "warning", "checkout-with-other-email"),
    "one product for all orders beside carts of others": (
        {"channel": "api", "mistake": Mistake(api=lambda o, e: {
            **e, "event_name": "add_to_cart"} if e["event_name"] == "page_visit" else {
            **e, "custom_data": {**without(e["custom_data"], "contents"), "content_ids": ["order"]}})},
        "warning", "same-products-for-everybody"),
    "checkouts that a queue loses": (
        {"channel": "api", "mistake": Mistake(api=lambda o, e: None if e["event_name"] == "checkout" else {
            **e, "event_name": "add_payment_info"})},
        "warning", "checkout-never-reported"),
    "a website whose events are all called offline": (
        {"channel": "api", "mistake": every_api(lambda _, e: {**e, "action_source": "offline"})},
        "warning", "visit-called-offline"),
    # wrong amounts
    "values in cents on a fifth of the orders": (
        {"channel": "api", "names": ("checkout",), "mistake": about(
            value=lambda o: f"{o.value}.00" if o.number % 5 == 0 else f"{o.value / 100:.2f}")},
        "warning", "100 times what its products cost"),
    "values and prices in a hundredth of a yen on a fifth of the orders": (
        {"channel": "api", "names": ("checkout",), "mistake": about(
            currency=lambda _: "JPY", content_ids=lambda o: [f"sku-{o.number % 5}"], num_items=lambda _: 1,
            contents=lambda o: [{"id": f"sku-{o.number % 5}", "item_price": yen(o), "quantity": 1}],
            value=yen)},
        "warning", "over 40 times that of other events of the same products"),
    "yen that are called euros on a sixth of the orders": (
        {"channel": "api", "names": ("checkout",), "mistake": about(
            content_ids=lambda o: [f"sku-{o.number % 5}"], num_items=lambda _: 1, value=yen_as_euros,
            contents=lambda o: [{"id": f"sku-{o.number % 5}", "item_price": yen_as_euros(o), "quantity": 1}])},
        "warning", "over 40 times that of other events of the same products"),
    "checkouts without a number, beside others": (
        {"channel": "api", "mistake": api_checkout(lambda o, e: e if o.number % 3 else without_order(e))},
        "warning", "order-id-missing-at-times"),
    "values and prices in pence, and in euros for others": (
        {"channel": "api", "names": ("checkout",), "mistake": about(
            currency=lambda o: "GBP" if o.number % 2 else "EUR", content_ids=lambda o: [f"sku-{o.number % 5}"],
            num_items=lambda _: 1, value=pence,
            contents=lambda o: [{"id": f"sku-{o.number % 5}", "item_price": pence(o), "quantity": 1}])},
        "warning", "value-unlike-other-currencies"),
    "a point for thousands on a fifth of the orders": (
        {"channel": "api", "names": ("checkout",), "mistake": about(
            contents=lambda o: [{"id": "sofa", "item_price": "1249.00", "quantity": 1}],
            content_ids=lambda _: ["sofa"], num_items=lambda _: 1,
            value=lambda o: "1.249" if o.number % 5 == 0 else "1249.00")},
        "warning", "a thousandth of what its products cost"),
    "no value on five of forty orders": (
        {"channel": "api", "names": ("checkout",), "mistake": about(
            value=lambda o: "0.00" if o.number % 8 == 0 else f"{o.value / 100:.2f}")},
        "warning", "value-zero-at-times"),
    "no value on five of forty orders of products with prices": (
        {"channel": "api", "names": ("checkout",), "mistake": api_checkout(
            lambda o, e: {**e, "custom_data": without(e["custom_data"], "value")} if o.number % 8 == 0 else e)},
        "warning", "value-missing-at-times"),
    "no currency on five of forty orders": (
        {"channel": "api", "names": ("checkout",), "mistake": api_checkout(
            lambda o, e: {**e, "custom_data": without(e["custom_data"], "currency")} if o.number % 8 == 0 else e)},
        "warning", "currency-missing-at-times"),
    "values that count no quantity": (
        {"channel": "api", "names": ("checkout",), "mistake": about(
            value=lambda _: "12.00", content_ids=lambda _: ["mug"], num_items=lambda o: 1 + o.number % 3,
            contents=lambda o: [{"id": "mug", "item_price": "12.00", "quantity": 1 + o.number % 3}])},
        "warning", "what its products cost divided by their number"),
    # clock
    "local time as if it were UTC": (
        {"channel": "api", "now": True, "mistake": every_api(
            lambda o, e: {**e, "event_time": NOW[0] - 2 * 3600 - o.number % 40})},
        "error", "clock-off-by-hours"),
    "local time of a zone that has half hours": (
        {"channel": "api", "now": True, "mistake": every_api(
            lambda o, e: {**e, "event_time": NOW[0] - 11 * 1800 - o.number % 40})},
        "error", "clock-off-by-hours"),
    "local time of a zone that is ahead": (
        {"channel": "api", "now": True, "mistake": every_api(
            lambda o, e: {**e, "event_time": NOW[0] + 3 * 3600 - o.number % 40})},
        "error", "clock-off-by-hours"),
    # lost on the way
    "values as numbers": (
        {"channel": "api", "mistake": about(value=lambda o: o.value / 100)},
        "error", "custom_data.value: value must be a string or null"),
    "every seventh event of years ago, and never corrected": (
        {"channel": "api", "mistake": every_api(every_seventh_fails)}, "error", "event-failed"),
    "every seventh event of years ago, and corrected": (
        {"channel": "api", "batch": 1, "mistake": every_api(every_seventh_fails_first)},
        "warning", "event-failed-first"),
    "a doubled version in the path": (
        {"channel": "api", "mistake": Mistake(path="/v5/v5/ad_accounts/{}/events")}, "error", "endpoint-missed"),
    "event in place of events": (
        {"channel": "api", "mistake": Mistake(path="/v5/ad_accounts/{}/event")}, "error", "endpoint-missed"),
    "a misspelt path beside healthy pairs": (
        {"stray": "/v5/ad_account/{}/events"}, "error", "endpoint-missed"),
    "another ad account's id": (
        {"channel": "api", "mistake": Mistake(path="/v5/ad_accounts/549000000001/events")},
        "error", "an ad account that the token has no access to (403)"),
    "a 503 that is never tried again": (
        {"channel": "api", "fault": {"fault": {"status": 503}, "times": 2}, "mistake": Mistake(retries=0)},
        "error", "event-not-retried"),
    "a dropped connection that is never tried again": (
        {"channel": "api", "fault": {"fault": {"drop": True}, "times": 1}, "mistake": Mistake(retries=0)},
        "error", "event-not-retried"),
    "Segment calls named Order Complete": (
        {"channel": "segment", "mistake": named("Order Complete")}, "error", "segment-name-misspelt"),
    "Segment calls named order completed": (
        {"channel": "segment", "mistake": named("order completed")}, "error", "segment-name-misspelt"),
    "Segment calls named Purchase": (
        {"channel": "segment", "mistake": named("Purchase")}, "error", "did you mean Order Completed?"),
    "Segment calls that no subscription takes": (
        {"channel": "segment", "mistake": named("Thing Bought")}, "error", "segment-nothing-taken"),
    "orders that are called otherwise on one of two sites": (
        {"channel": "segment", "mistake": Mistake(segment=lambda o, call: {
            **call, "event": "Checkout Complete" if o.number % 3 == 0 else call["event"]}
            if call.get("event") == "Order Completed" else call)},
        "error", "did you mean Order Completed?"),
    "orders that switch Pinterest off": (
        {"channel": "segment", "mistake": Mistake(segment=lambda o, call: [
            {**call, "integrations": {"All": False}},
            {**call, "event": "Product Added", "messageId": f"cart-{o.number}"}])},
        "error", "segment-orders-left-out"),
    "calls whose integrations switch off all destinations": (
        {"channel": "segment", "mistake": Mistake(segment=lambda _, call: {**call, "integrations": {"All": False}})},
        "error", "segment-nothing-taken"),
    "Segment calls without anything to match by": (
        {"channel": "segment", "mistake": Mistake(segment=lambda _, call: {
            **without(call, "userId"), "anonymousId": "a", "context": {},
            "properties": without(call["properties"], "email")})},
        "error", "segment-call-not-converted"),
    "a few events under another spelling of their name": (
        {"channel": "api", "names": ("checkout",), "mistake": Mistake(
            api=lambda o, e: {**e, "event_name": "Checkout"} if o.number % 8 == 0 else e)},
        "error", "event-name-misspelt"),
    "checkouts that are called Purchase and nothing else": (
        {"channel": "api", "mistake": api_checkout(lambda _, e: {**e, "event_name": "Purchase"})},
        "error", "checkout-under-other-name"),
    # systematic and consent
    "values in cents": (
        {"channel": "api", "mistake": about(value=lambda o: f"{o.value}.00")}, "warning", "value-disagrees"),
    "a value that is never sent": (
        {"channel": "api", "mistake": api_checkout(
            lambda _, e: {**e, "custom_data": without(e["custom_data"], "value")})},
        "warning", "field-missing-on-nearly-all"),
    "a negative value on every checkout": (
        {"channel": "api", "mistake": about(value=lambda o: f"-{o.value / 100:.2f}")}, "error", "amount-negative"),
    "an unknown currency on every checkout": (
        {"channel": "api", "mistake": about(currency=lambda _: "EURO")}, "error", "currency"),
    "an opt-out that is a default": (
        {"channel": "api", "mistake": every_api(lambda _, e: {**e, "opt_out": True})},
        "warning", "opt-out-everywhere"),
    "an opt-out that is the wrong way round": (
        {"orders": 120, "channel": "api", "mistake": every_api(lambda o, e: {**e, "opt_out": o.person % 10 != 0})},
        "warning", "opt-out-everywhere"),
    "a click id that is lost on the way to the checkout": (
        {"channel": "api", "mistake": api_checkout(
            lambda _, e: {**e, "user_data": without(e["user_data"], "click_id")})},
        "warning", "click-id-lost-at-checkout"),
    "a tag that calls every page visit a checkout": (
        {"mistake": Mistake(tag=lambda _, hit: {**hit, "event": "checkout"})}, "error", "visit-reported-as-order"),
    "orders that are reported again when they are shipped": (
        {"channel": "api", "names": ("checkout",), "mistake": api_checkout(lambda o, e: [e, {
            **e, "event_id": f"shipped-{o.number}", "event_time": e["event_time"] - 90_000,
            "custom_data": {**e["custom_data"], "order_id": f"S-{10_000 + o.number}"}}])},
        "error", "order-reported-by-two-systems"),
    "a tag without currencies": (
        {"mistake": tag_data(lambda _, d: without(d, "currency"))}, "warning", "tag-currency-missing"),
    "a customer who is left over in the process": (
        {"channel": "api", "mistake": person(em=lambda o: [sha(f"left over {o.number // 6}")])},
        "warning", "email-of-several-visitors"),
    "a payment method whose orders the server does not report": (
        {"mistake": api_checkout(lambda o, e: None if o.number % 5 == 0 else e)},
        "warning", "order-missed-by-api"),
    "no e-mail address at all": (
        {"channel": "api", "mistake": person(em=lambda _: None)}, "warning", "usable e-mail address"),
}  # fmt: skip
#: The moment at which the shop trades, for mistakes about time.
NOW = [0]
