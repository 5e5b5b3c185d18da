"""Events that only the tag or only the server's side saw, and sides that are silent."""

from typing import Final

from mockpin.observations.rule import ObservationRule

ONLY_TAG: Final = ObservationRule(
    name="seen-by-tag-only",
    severity="warning",
    effect="none",
    summary="The API reports nearly every event that the tag reports.",
    query="""
        SELECT account, event_name, 'tag' AS source, '' AS detail, tag_alone AS events, ids AS total,
            tag_example AS example, tag_example AS other
        FROM sides WHERE tag_alone < tags AND ids >= {least} AND tag_alone >= {threshold} * ids
    """,
    sentence="The API misses {events} of {total} {name}: only the tag saw {share} of them.",
    fix="Find what keeps your server from reporting them: a queue, a consent check, an error that is swallowed.",
    least=20,
    threshold=0.2,
    why="Nothing blocks a server: a tenth may fall to consent or time-outs, a fifth does not. Below 20 events "
    "a share says little.",
    explained_by=(
        "visit-reported-as-order", "step-reported-as-visit", "order-page-reported-again", "order-counted-twice",
        "event-repeated-at-once", "event-ids-never-match",
    ),
)  # fmt: skip

ONLY_SERVER: Final = ObservationRule(
    name="seen-by-api-only",
    severity="warning",
    effect="none",
    summary="The tag reports most events that the API reports.",
    query="""
        SELECT s.account, s.event_name, 'api' AS source, '' AS detail, m.missed AS events,
            s.ids - s.server_alone + m.missed AS total, m.example, m.example AS other
        FROM sides AS s JOIN (
            SELECT b.account, b.event_name, COUNT(*) AS missed, MIN(b.server_id) AS example,
                COUNT(DISTINCT COALESCE(e.ip, e.external_id, e.em, e.click_id, e.id)) AS people
            FROM by_id AS b JOIN facts AS e ON e.id = b.server_id
            JOIN held AS h ON h.account = e.account AND h.source = e.source
            WHERE b.tag_id IS NULL AND b.web = 1 AND (e.user_agent IS NOT NULL OR h.user_agent = 0)
            GROUP BY b.account, b.event_name
        ) AS m ON m.account = s.account AND m.event_name = s.event_name
        WHERE s.tag_alone < s.tags AND s.ids - s.server_alone + m.missed >= {least}
            AND m.missed >= {threshold} * (s.ids - s.server_alone + m.missed) AND 2 * m.people >= {least}
    """,
    sentence="The tag misses {events} of {total} {name}: only the API saw {share} of them.",
    fix="Check that the tag fires on every page and device, and that consent does not block it by mistake.",
    least=20,
    threshold=0.6,
    why="Ad blockers and refused consent keep a third or more of visitors from the tag; over half is a page "
    "without the tag. Under ten people, one who blocks the tag and comes often decides the share. Where the API "
    "sends user agents, an event without one had no browser, such as a subscription's next payment.",
    explained_by=("visit-reported-as-order", "event-repeated-within-a-minute", "event-id-missing-on-one-side"),
)  # fmt: skip

CHECKOUT_ONLY_TAG: Final = ObservationRule(
    name="checkout-by-tag-only",
    severity="warning",
    effect="none",
    summary="Where the API reports web events at all, it reports checkouts, too.",
    query="""
        SELECT s.account, s.event_name, 'tag' AS source, '' AS detail, s.tags AS events, s.ids AS total,
            s.tag_example AS example, s.tag_example AS other
        FROM sides AS s WHERE s.event_name = 'checkout' AND s.servers = 0 AND s.tags >= {least}
            AND EXISTS (SELECT 1 FROM sides o WHERE o.account = s.account AND o.servers > 0)
    """,
    sentence="The API reports other events and none of the {n} checkouts that the tag reports.",
    fix="Report the checkout from where your server accepts the order, with the event_id of the tag's.",
    least=5,
    why="A shop that connects its server does so for its orders first: five checkouts that the server never "
    "mentions are a hook that does not run. Events of an app do not count: an app has no tag.",
)

#: Ad accounts in which the tag went on for over a minute after the server's last event, and when that came.
_TAG_ALONE: Final = """
    SELECT account, MAX(arrival) FILTER (WHERE source <> 'tag') AS last FROM facts
    WHERE EXISTS (SELECT 1 FROM names_of_tag) AND kind = 'event' AND test = 0 GROUP BY account
    HAVING MAX(arrival) FILTER (WHERE source = 'tag') - MAX(arrival) FILTER (WHERE source <> 'tag') > 60
"""
#: How long at most the server took there to report what the tag had reported already.
_SERVER_PACE: Final = f"""
    SELECT b.account, MAX(s.arrival - t.arrival) AS lag, COUNT(*) AS pairs
    FROM by_id AS b JOIN facts AS t ON t.id = b.tag_id JOIN facts AS s ON s.id = b.server_id
    WHERE b.account IN (SELECT account FROM ({_TAG_ALONE}) AS alone)
    GROUP BY b.account
"""
FALLS_SILENT: Final = ObservationRule(
    name="api-falls-silent",
    severity="warning",
    effect="none",
    summary="The API goes on reporting as long as the tag does.",
    query=f"""
        SELECT account, '' AS event_name, 'tag' AS source, '' AS detail, events, tags AS total, example, other
        FROM (
            SELECT w.account, w.pairs, COUNT(*) AS tags, MAX(w.lag) AS lag, MAX(t.arrival) - MAX(l.last) AS silence,
                COUNT(*) FILTER (WHERE b.server_id IS NULL AND t.arrival > l.last) AS events,
                COUNT(*) FILTER (WHERE b.server_id IS NULL AND t.arrival <= l.last) AS missed,
                COUNT(*) FILTER (WHERE b.server_id IS NOT NULL AND t.arrival > l.last) AS matched,
                MIN(t.id) FILTER (WHERE b.server_id IS NULL AND t.arrival > l.last) AS example,
                MAX(t.id) FILTER (WHERE b.server_id IS NULL AND t.arrival > l.last) AS other
            FROM ({_TAG_ALONE}) AS l JOIN ({_SERVER_PACE}) AS w ON w.account = l.account
            JOIN by_id AS b ON b.account = l.account JOIN facts AS t ON t.id = b.tag_id
            JOIN names_of_server AS n ON n.account = b.account AND n.event_name = b.event_name
            GROUP BY w.account, w.pairs
        ) AS told
        WHERE events >= {{least}} AND pairs >= {{least}} AND silence > 2 * lag AND 10 * matched <= events
            AND missed <= {{threshold}} * (pairs + missed)
    """,
    sentence="The API fell silent: after its last event, the tag alone reported {n} more, of {total} in all.",
    fix="Find what stopped your server's sender: a worker that died, or a queue that stands still.",
    least=20,
    threshold=0.2,
    why="A server that reports four in five of the tag's events does not miss twenty in a row. A queue is given twice "
    "as long as it ever took. A tag whose events the server had reported before is only behind.",
)


def _hours_of_visits(side: str, of_orders: str) -> str:
    """The hours, and those beside them, in which one side saw people whose orders the other side reports."""
    return f"""
        SELECT DISTINCT account, em, ROUND(event_time / 3600.0) + hour AS hours
        FROM accepted CROSS JOIN (SELECT -1 AS hour UNION ALL SELECT 0 UNION ALL SELECT 1) AS around
        WHERE EXISTS (SELECT 1 FROM names_of_tag)
            AND side = '{side}' AND action_source = 'web' AND event_name <> 'checkout' AND em IN (
                SELECT em FROM accepted WHERE side = '{of_orders}' AND event_name = 'checkout' AND em IS NOT NULL)"""


def _orders_missed(by: str, told_by: str, source: str, *, only: str = "") -> str:
    """A query over the orders of one side from visits that the other side saw, of which it misses some.

    only: A JOIN that leaves out orders, which are `e`.
    """
    return f"""
        SELECT account, 'checkout' AS event_name, '{source}' AS source, '' AS detail, SUM(missed) AS events,
            COUNT(*) AS total, MIN(id) FILTER (WHERE missed = 1) AS example,
            MAX(id) FILTER (WHERE missed = 1) AS other
        FROM (
            SELECT e.account, e.id, CASE WHEN b.{by}_id IS NULL AND o.{by}_id IS NULL THEN 1 ELSE 0 END AS missed
            FROM by_id AS b JOIN facts AS e ON e.id = b.{told_by}_id
            CROSS JOIN ({_hours_of_visits(by, told_by)}) AS v {only}
            LEFT JOIN by_order AS o ON o.account = e.account AND o.event_name = 'checkout' AND o.order_id = e.order_id
            WHERE b.event_name = 'checkout' AND b.web = 1
                AND v.account = e.account AND v.em = e.em AND v.hours = ROUND(e.event_time / 3600.0)
        ) AS orders
        GROUP BY account
        HAVING SUM(missed) >= {{least}} AND SUM(missed) >= {{threshold}} * COUNT(*) AND SUM(missed) < COUNT(*)
    """


#: Leaves out the orders that came after the last event of the server.
_BEFORE_SERVERS_LAST: Final = """
            JOIN (
                SELECT account, MAX(id) AS last FROM facts
                WHERE EXISTS (SELECT 1 FROM names_of_tag WHERE event_name = 'checkout')
                    AND kind = 'event' AND test = 0 AND source <> 'tag' GROUP BY account
            ) AS l ON l.account = e.account AND e.id < l.last"""
ORDER_MISSED: Final = ObservationRule(
    name="order-missed-by-api",
    severity="warning",
    effect="none",
    summary="Where the API reports somebody's visit, it reports the order of that visit, too.",
    query=_orders_missed("server", "tag", "tag", only=_BEFORE_SERVERS_LAST),
    sentence="The API reports the visits and not the orders of {n} of {total} checkouts that the tag reports of known "
    "people.",
    fix="Compare these orders with others: look for a payment method, a country or a size of cart for which your "
    "server's hook does not run, or a queue that drops events.",
    least=5,
    threshold=0.1,
    why="Consent and ad blockers concern a whole visit; a tenth of the orders, whose visits the server reports, are lost "
    "on its side.",
    explained_by=("visit-reported-as-order", "order-page-reported-again"),
)

ORDER_MISSED_BY_TAG: Final = ObservationRule(
    name="order-missed-by-tag",
    severity="warning",
    effect="wrong",
    summary="Where the tag reports somebody's visit, it reports the order of that visit, too.",
    query=_orders_missed("tag", "server", "api"),
    sentence="The tag reports the visits and not the orders of {n} of {total} checkouts that the API reports of known "
    "people.",
    fix="Compare these orders with others. If they were never paid, report an order once it is paid, and not when the "
    "shop stores it. If they were, put the tag on the page that follows each way to pay.",
    least=10,
    threshold=0.4,
    why="Ad blockers and consent concern a whole visit. A few people close the payment's page before the shop's thanks "
    "page, or use another browser; that is not two in five of all.",
    explained_by=("visit-reported-as-order", "event-repeated-within-a-minute", "order-counted-twice"),
)

#: Events of the tag in one ad account that the server reported in another, neither with a counterpart at home.
_ELSEWHERE: Final = """
    SELECT t.account, t.event_name, '' AS source, t.account || ' and ' || s.account AS detail,
        COUNT(*) AS events, MAX(a.tags) AS total, MIN(t.tag_id) AS example, MIN(s.server_id) AS other
    FROM {both} AS t
    JOIN {both} AS s ON s.event_name = t.event_name AND s.{key} = t.{key} AND s.account <> t.account
    JOIN sides AS a ON a.account = t.account AND a.event_name = t.event_name
    WHERE t.server_id IS NULL AND s.tag_id IS NULL AND {condition} AND EXISTS (
        SELECT 1 FROM names_of_tag AS n
        JOIN names_of_server AS m ON m.event_name = n.event_name AND m.account <> n.account)
    GROUP BY t.account, t.event_name, s.account
    HAVING COUNT(*) >= {{least}} AND COUNT(*) >= {{threshold}} * MAX(a.tags)
"""
OTHER_ACCOUNT: Final = ObservationRule(
    name="sides-in-different-accounts",
    severity="error",
    effect="doubled",
    summary="The tag and the API report an event to one ad account.",
    query=f"""
        {_ELSEWHERE.format(both="by_order", key="order_id", condition="t.order_id IS NOT NULL")}
        UNION ALL
        {_ELSEWHERE.format(both="by_id", key="event_id", condition="(t.tag_orders = 0 OR s.server_orders = 0)")}
    """,
    sentence="The tag and the API report {events} of {total} {name} to different ad accounts ({detail}): "
    "Pinterest compares events of one account only.",
    fix="Send both to one ad account. Where only mockpin does not know whose the tag is, name it: "
    "mockpin serve --account ID=TOKEN --tag TAG_ID=ID.",
    least=3,
    threshold=0.5,
    why="Three orders that one account knows from the tag alone and another from the server alone are not a "
    "coincidence where they are half of the tag's. Sellers of a marketplace may share orders; each has both sides.",
)

ACCOUNT_ONLY_TAG: Final = ObservationRule(
    name="account-by-tag-only",
    severity="warning",
    effect="none",
    summary="The API reports to each ad account to which the tag reports.",
    query="""
        SELECT account, '' AS event_name, 'tag' AS source, account AS detail, COUNT(*) AS events,
            COUNT(*) AS total, MIN(id) AS example, MAX(id) AS other
        FROM accepted
        WHERE EXISTS (SELECT 1 FROM names WHERE source = 'tag') AND EXISTS (SELECT 1 FROM names_of_server) AND account NOT IN (SELECT account FROM names_of_server)
        GROUP BY account
        HAVING COUNT(*) >= {least} AND COUNT(*) FILTER (WHERE side = 'server') = 0
    """,
    sentence="The API reports nothing to the ad account {detail}: all {events} came from the tag.",
    fix="Check the ad account to which your server posts, and name the tag's: mockpin serve --tag TAG_ID=ID.",
    least=5,
    why="Where the API reports to other ad accounts, five events of the tag alone are a forgotten account.",
)

SEVERAL_TAGS: Final = ObservationRule(
    name="hits-of-another-tag",
    severity="warning",
    effect="lost",
    summary="All pages of an ad account's site have its one tag.",
    query="""
        SELECT account, '' AS event_name, 'tag' AS source, tag AS detail, events, total, example, other
        FROM (
            SELECT account, tag, COUNT(*) FILTER (WHERE duplicate_of IS NULL) AS events,
                SUM(COUNT(*)) OVER (PARTITION BY account) AS total,
                ROW_NUMBER() OVER (PARTITION BY account ORDER BY COUNT(*) DESC, tag) AS place,
                MIN(id) FILTER (WHERE duplicate_of IS NULL) AS example,
                MAX(id) FILTER (WHERE duplicate_of IS NULL) AS other
            FROM facts WHERE tag <> '' AND test = 0 AND status = 'processed' GROUP BY tag, account
        ) AS tags
        WHERE place > 1 AND events >= {least}
    """,
    sentence="{n} of {total} hits of the tag name another tag than most, {detail}: an ad account does not count "
    "what the tag of another one reports.",
    fix="Load one tag on all pages, that of the live site and not of a staging site. Where the other tag is of another ad "
    "account, name it: mockpin serve --account ID=TOKEN --tag TAG_ID=ID.",
    least=5,
    why="mockpin takes an unknown tag for the only ad account's. A page may have two tags that report the same events: "
    "these are duplicates under one event_id and do not count here.",
)

#: A condition: a hit names no tag, or a text such as undefined.
_NO_TAG: Final = "(tag = '' OR LOWER(tag) <> UPPER(tag))"
HITS_WITHOUT_TAG: Final = ObservationRule(
    name="hits-without-tag-id",
    severity="error",
    effect="lost",
    summary="Each hit names its tag by the number that Pinterest gave it.",
    query=f"""
        SELECT account, '' AS event_name, 'tag' AS source, '' AS detail,
            COUNT(*) FILTER (WHERE {_NO_TAG}) AS events, COUNT(*) AS total,
            MIN(id) FILTER (WHERE {_NO_TAG}) AS example, MAX(id) FILTER (WHERE {_NO_TAG}) AS other
        FROM facts WHERE tag IS NOT NULL AND test = 0 GROUP BY account
        HAVING COUNT(*) FILTER (WHERE {_NO_TAG}) >= {{least}}
    """,
    sentence="{n} of {total} hits of the tag do not name a tag: no ad account counts them.",
    fix="Load the tag with its number, pintrk('load', '2612345678901'): look for a setting that is empty, or a variable "
    "that is not set on some pages.",
    least=3,
    why="The number is all that tells Pinterest for whom the hit is. mockpin shows such hits under the first ad account.",
)

RULES: Final = (
    ONLY_TAG, ONLY_SERVER, CHECKOUT_ONLY_TAG, FALLS_SILENT, ORDER_MISSED, OTHER_ACCOUNT, ACCOUNT_ONLY_TAG,
    SEVERAL_TAGS, HITS_WITHOUT_TAG, ORDER_MISSED_BY_TAG,
)  # fmt: skip
