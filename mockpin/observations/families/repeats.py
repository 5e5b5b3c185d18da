"""Events that a side reports again under another event_id, so that Pinterest counts them twice."""

from typing import Final

from mockpin.observations.rule import ObservationRule
from mockpin.observations.tables import FORM, IS_ONCE, PERSON

#: Pinterest's names of what a person may do again, but not twice within two seconds.
_STEPS: Final = (
    "'page_visit', 'view_category', 'view_content', 'add_to_cart', 'add_to_wishlist', 'initiate_checkout'"
)
#: Those that are pages, to which hardly anyone comes back within five seconds.
_PAGES: Final = "'page_visit', 'view_category', 'view_content'"
#: How many events Pinterest counts of some that are alike: each event_id once, and each event without one.
IDS: Final = "(COUNT(DISTINCT event_id) + COUNT(*) - COUNT(event_id))"
#: Where a step happens: on a page, unless it names its products, which two pages may report.
_PLACE: Final = "CASE WHEN event_name = 'add_to_cart' AND products IS NOT NULL THEN 0 ELSE url END"

RETRIED_UNDER_NEW_ID: Final = ObservationRule(
    name="event-repeated-under-new-id",
    severity="error",
    effect="doubled",
    summary="An event that is sent again keeps its event_id, also one without an order.",
    query=f"""
        SELECT r.account, r.event_name, r.source, '' AS detail, SUM(r.ids - 1) AS events, 0 AS total,
            MIN(r.first_id) AS example, MAX(r.last_id) AS other
        FROM (
            SELECT account, event_name, source, {PERSON} AS person, COUNT(DISTINCT event_id) AS ids,
                MIN(id) AS first_id, MAX(id) AS last_id
            FROM accepted
            WHERE source <> 'tag' AND order_id IS NULL AND {PERSON} IS NOT NULL
                AND {IS_ONCE}
            GROUP BY account, event_name, source, event_time, {PERSON}, page, value, products
            HAVING COUNT(DISTINCT event_id) > 1
        ) AS r JOIN (
            SELECT account, event_name, source, COUNT(DISTINCT event_time) AS times, COUNT(*) AS events
            FROM accepted WHERE source <> 'tag' AND {IS_ONCE} GROUP BY account, event_name, source
        ) AS n ON n.account = r.account AND n.event_name = r.event_name AND n.source = r.source
        WHERE n.times >= {{threshold}} * n.events
        GROUP BY r.account, r.event_name, r.source
        HAVING COUNT(DISTINCT r.person) >= {{least}}
    """,
    sentence="{source} sent {events} of {total} {name} again under another event_id: the same person, second and "
    "content; Pinterest counts each.",
    fix="Make the event_id once, where the event happens, and keep it with the event for every retry.",
    least=3,
    threshold=0.3,
    why="A person does not sign up twice within one second; three people who do are not the one customer of a "
    "test-suite. Where most events have one event_time, as with a clock that stands still, a second tells nothing.",
)

REPEATED_AT_ONCE: Final = ObservationRule(
    name="event-repeated-at-once",
    severity="warning",
    effect="doubled",
    summary="A page, a button and a handler report one step of a visit once.",
    query=f"""
        SELECT account, event_name, source, '' AS detail, SUM(again) AS events, SUM(events) AS total,
            MIN(first_id) FILTER (WHERE again > 0) AS example, MIN(last_id) FILTER (WHERE again > 0) AS other
        FROM (
            SELECT account, event_name, source, COALESCE(em, external_id, click_id, ip) AS person, COUNT(*) AS events,
                MIN(event_time) AS came, MIN(id) AS first_id, MAX(id) AS last_id,
                CASE WHEN {IDS} BETWEEN 2 AND 10 AND MAX(event_time) - MIN(event_time)
                    <= CASE WHEN event_name IN ({_PAGES}) OR MIN(url) < MAX(url) THEN 5 ELSE 2 END
                    THEN {IDS} - 1 ELSE 0 END AS again
            FROM accepted
            WHERE event_name IN ({_STEPS}) AND duplicate_of IS NULL
                AND action_source <> 'offline' AND COALESCE(em, external_id, click_id, ip) IS NOT NULL
            GROUP BY COALESCE(em, external_id, click_id, ip), {_PLACE}, products, value, source, event_name, account
        ) AS told
        GROUP BY account, event_name, source
        HAVING COUNT(DISTINCT person) FILTER (WHERE again > 0) >= {{least}}
            AND SUM(again) >= {{threshold}} * SUM(events)
            AND 5 * (SUM(again * again) * COUNT(*) FILTER (WHERE again > 0) - SUM(again) * SUM(again))
                <= COUNT(*) FILTER (WHERE again > 0) * COUNT(*) FILTER (WHERE again > 0)
            AND 2 * COUNT(DISTINCT came) FILTER (WHERE again > 0) >= COUNT(*) FILTER (WHERE again > 0)
    """,
    sentence="{source} sent {events} of {total} {name} again within seconds, not under the same event_id: the "
    "same person and content; Pinterest counts each.",
    fix="Find what fires twice: a tag that is installed twice, a component that mounts twice, a handler of each "
    "request of a page, or a cart page that reports again what the product's page reported.",
    least=5,
    threshold=0.3,
    why="Five people who each do the same again within two seconds, or see one page again within five, or fill the cart on two "
    "pages within five, and never more than ten times, and these a third of all events, are a handler that fires twice; people who press a button again do so two, three or four times. "
    "Where most repeats have one time, a clock stands still or a test sends at once.",
)

BY_API_AND_SEGMENT: Final = ObservationRule(
    name="event-by-api-and-segment",
    severity="error",
    effect="doubled",
    summary="Either the shop's server or Segment reports an event, or both under one event_id.",
    query="""
        SELECT account, event_name, '' AS source, '' AS detail, SUM(meets) AS events, COUNT(*) AS total,
            MIN(earlier) FILTER (WHERE meets = 1) AS example, MIN(id) FILTER (WHERE meets = 1) AS other
        FROM (
            SELECT e.account, e.event_name, e.id, e.em, LAG(e.id) OVER w AS earlier,
                CASE WHEN e.source <> LAG(e.source) OVER w AND e.event_id <> LAG(e.event_id) OVER w
                    AND e.event_time - LAG(e.event_time) OVER w <= 10 THEN 1 ELSE 0 END AS meets
            FROM accepted AS e JOIN (
                SELECT account, event_name FROM names WHERE source <> 'tag'
                GROUP BY account, event_name HAVING COUNT(*) = 2
            ) AS two ON two.account = e.account AND two.event_name = e.event_name
            WHERE EXISTS (SELECT 1 FROM names WHERE source = 'segment')
                AND e.side = 'server' AND e.action_source <> 'offline' AND e.em IS NOT NULL
                AND e.event_id IS NOT NULL AND e.order_id IS NULL
            WINDOW w AS (PARTITION BY e.em, e.event_name, e.account ORDER BY e.event_time, e.id)
        ) AS told
        GROUP BY account, event_name
        HAVING COUNT(DISTINCT em) FILTER (WHERE meets = 1) >= {least}
            AND SUM(meets) >= {threshold} * COUNT(*)
    """,
    sentence="The API and Segment both reported {events} of {total} {name} within ten seconds, each under an event_id "
    "of its own; Pinterest counts both.",
    fix="Let one of them report the event, or send the event_id of the one as the messageId of the other.",
    least=5,
    threshold=0.3,
    why="Five people who each do the same in two systems within ten seconds, and nearly a third of all events, are one "
    "event that two systems see. Orders are judged by their order_id instead.",
)

BY_TWO_SYSTEMS: Final = ObservationRule(
    name="order-reported-by-two-systems",
    severity="error",
    effect="doubled",
    summary="One system reports an order from the server, or all under its event_id.",
    query=f"""
        SELECT account, 'checkout' AS event_name, '' AS source, '' AS detail, SUM(twice) AS events,
            SUM(events) AS total, MIN(first_id) FILTER (WHERE twice = 1) AS example,
            MIN(last_id) FILTER (WHERE twice = 1) AS other
        FROM (
            SELECT account, person, COUNT(*) AS events, MIN(id) AS first_id, MAX(id) AS last_id,
                CASE WHEN COUNT(DISTINCT event_id) = 2 AND MAX(event_time) - MIN(event_time) < 6 * 86400
                    AND (MIN(form) < MAX(form) OR MIN(COALESCE(LENGTH(order_id), 0)) < MAX(COALESCE(LENGTH(order_id), 0))
                        OR (COUNT(order_id) = 0 AND MAX(event_time) - MIN(event_time) <= 6 * 3600))
                    THEN 1 ELSE 0 END AS twice,
                CASE WHEN MIN(form) < MAX(form) THEN 1 ELSE 0 END AS formed,
                MAX(COALESCE(LENGTH(order_id), 0)) - MIN(COALESCE(LENGTH(order_id), 0)) AS longer,
                MIN(event_time) AS began, MAX(event_time) AS ended
            FROM (
                SELECT id, account, {PERSON} AS person, value, products, event_id, order_id, event_time,
                    {FORM} AS form
                FROM accepted
                WHERE account IN (
                        SELECT account FROM buyers WHERE event_name = 'checkout' GROUP BY account
                        HAVING SUM(varies * (valued - apart)) >= {{threshold}} * SUM(apart))
                    AND side = 'server' AND event_name = 'checkout' AND action_source <> 'offline'
                    AND duplicate_of IS NULL AND {PERSON} IS NOT NULL AND value IS NOT NULL
            ) AS formed
            GROUP BY person, value, products, account
        ) AS orders
        GROUP BY account
        HAVING COUNT(DISTINCT person) FILTER (WHERE twice = 1) >= {{least}}
            AND SUM(twice) >= {{threshold}} * COUNT(*)
            AND (SUM(CASE WHEN twice = 1 THEN formed ELSE 0 END) >= {{least}}
                OR MAX(longer) FILTER (WHERE twice = 1) > 1 OR MAX(began) FILTER (WHERE twice = 1)
                > MIN(ended) FILTER (WHERE twice = 1))
    """,
    sentence="{events} of {total} {name} of the server repeat one of the same person, value and products under an "
    "order_id of another form, or without one, and another event_id; Pinterest counts each.",
    fix="Let one system report the order, such as your shop or your ERP; or give both the same event_id.",
    least=10,
    threshold=0.5,
    why="Some people order the same again on one day, or in a week; that half of all orders of ten people come exactly twice, once "
    "with a number of each form, or within six hours without any, are two systems. A counter that goes from 99 to 100 in "
    "between is not another form.",
)

#: What a number says that is of no order: of goods or money that went back.
_BACK: Final = ("refund", "return", "retour", "rma", "credit", "storno", "gutschrift", "chargeback")
_SAYS_BACK: Final = " OR ".join(f"form LIKE '%{word}%'" for word in _BACK)
#: Ad accounts whose orders from the server have numbers of several forms, as far as `by_order` can tell.
_WITH_FORMS: Final = """
    SELECT account FROM by_order WHERE event_name = 'checkout' AND server_id IS NOT NULL
    GROUP BY account HAVING MIN(form) < MAX(form)
    UNION SELECT DISTINCT account FROM accepted WHERE event_name = 'checkout' AND action_source = 'offline'
"""
REFUND_AS_ORDER: Final = ObservationRule(
    name="refund-counted-as-order",
    severity="warning",
    effect="doubled",
    summary="A refund or a return is not reported as another order.",
    query=f"""
        SELECT account, 'checkout' AS event_name, '' AS source, '' AS detail, events, 0 AS total, example, other
        FROM (
            SELECT account, form, SUM(back) AS events, COUNT(*) AS of_form,
                SUM(COUNT(*)) OVER (PARTITION BY account) AS orders,
                COUNT(DISTINCT em) FILTER (WHERE back = 1) AS people,
                MIN(earlier) FILTER (WHERE back = 1) AS example, MIN(id) FILTER (WHERE back = 1) AS other
            FROM (
                SELECT account, form, id, em, earlier,
                    CASE WHEN {_SAYS_BACK} OR (form <> form_before AND days > 0.001
                        AND (days < 6 OR ABS(days - 7 * ROUND(days / 7)) > 1)
                        AND (days < 27 OR ABS(days - 30.44 * ROUND(days / 30.44)) > 2)) THEN 1 ELSE 0 END AS back
                FROM (
                    SELECT account, form, id, em, LAG(id) OVER w AS earlier, LAG(form) OVER w AS form_before,
                        (event_time - LAG(event_time) OVER w) / 86400.0 AS days
                    FROM (
                        SELECT account, id, em, event_time, ABS(value) AS amount, products, {FORM} AS form
                        FROM accepted
                        WHERE account IN ({_WITH_FORMS})
                            AND side = 'server' AND event_name = 'checkout' AND em IS NOT NULL AND order_id IS NOT NULL
                    ) AS numbered
                    WINDOW w AS (PARTITION BY em, amount, products, account ORDER BY event_time, id)
                ) AS told
            ) AS judged
            GROUP BY account, form
        ) AS forms
        WHERE people >= {{least}} AND events >= {{threshold}} * of_form AND 5 * events <= 2 * orders
    """,
    sentence="{events} of {total} {name} of the server repeat an earlier order of the same person, value and products "
    "under an order_id of another form, or have one that says refund or return; Pinterest counts each as an order.",
    fix="Leave refunds, returns and invoices out: the API takes no order back, and a checkout adds one.",
    least=3,
    threshold=0.5,
    why="Of three people's orders with numbers of one form, half repeat another order, and not after some weeks or "
    "months as the payments of a subscription do. Where they are over two in five of all orders, two systems report them.",
)


def _done_again(name: str, person: str) -> str:
    """Events of a name that people did before, ten minutes or more ago: on one page, of one product and order."""
    return f"""
        SELECT account, '{name}' AS event_name, source, '' AS detail, SUM(again) AS events, COUNT(*) AS total,
            MIN(earlier) FILTER (WHERE again = 1) AS example, MIN(id) FILTER (WHERE again = 1) AS other
        FROM (
            SELECT account, source, id, {person} AS person, LAG(id) OVER w AS earlier,
                CASE WHEN event_time - LAG(event_time) OVER w >= 600 THEN 1 ELSE 0 END AS again
            FROM accepted
            WHERE EXISTS (SELECT 1 FROM names WHERE event_name = '{name}')
                AND event_name = '{name}' AND {person} IS NOT NULL AND duplicate_of IS NULL
            WINDOW w AS (PARTITION BY {person}, url, order_id, products, source, account ORDER BY event_time, id)
        ) AS told
        GROUP BY account, source
        HAVING COUNT(DISTINCT person) FILTER (WHERE again = 1) >= {{least}}
            AND SUM(again) >= {{threshold}} * COUNT(*)
    """


SIGNED_UP_AGAIN: Final = ObservationRule(
    name="signup-again-and-again",
    severity="warning",
    effect="doubled",
    summary="A person signs up once; a login is not a signup.",
    query=_done_again("signup", PERSON),
    sentence="{events} of {total} {name} of {source} are of a person who had signed up before on the same page, ten minutes "
    "or more ago; Pinterest counts each.",
    fix="Send signup when an account is made, not at each login, and from one system.",
    least=5,
    threshold=0.25,
    why="A person may sign up for a newsletter and for an account, or for several courses: each has a page, a product or "
    "an order of its own. Five who sign up for one thing again, and these a quarter of all, log in.",
)

INSTALLED_AGAIN: Final = ObservationRule(
    name="app-install-again-and-again",
    severity="warning",
    effect="doubled",
    summary="A device installs an app once; its start is an app_open.",
    query=_done_again("app_install", "COALESCE(maid, external_id, em)"),
    sentence="{events} of {total} {name} of {source} are of a device that had installed the app ten minutes or more "
    "before; Pinterest counts each.",
    fix="Send app_install at the first start alone: keep on the device that it was sent. Send app_open at later ones.",
    least=5,
    threshold=0.25,
    why="Somebody may install an app again, on a new phone or after a break; five devices that do so while one is "
    "watched, and these a quarter of all installs, start it.",
)

RULES: Final = (
    RETRIED_UNDER_NEW_ID, REPEATED_AT_ONCE, BY_API_AND_SEGMENT, BY_TWO_SYSTEMS, REFUND_AS_ORDER, SIGNED_UP_AGAIN,
    INSTALLED_AGAIN,
)  # fmt: skip
