"""Events that a person repeats within a minute under another event_id, as two systems report them."""

from dataclasses import replace
from typing import Final

from mockpin.observations.rule import ObservationRule
from mockpin.observations.tables import PERSON

#: Conditions on an event and the one before it: no value or product of them differs, and both have one of the two.
_AGREES: Final = """COALESCE(e.value, b.value, 0) = COALESCE(b.value, e.value, 0)
                        AND COALESCE(e.products, b.products, 0) = COALESCE(b.products, e.products, 0)"""
_COMPARES: Final = "((e.value + b.value) IS NOT NULL OR (e.products IS NOT NULL AND b.products IS NOT NULL))"

#: One basket under two order numbers that two systems gave.
_TWO_NUMBERS: Final = """e.value = b.value AND e.products = b.products
                        AND (e.source <> b.source OR e.event_time = b.event_time OR ABS(LENGTH(e.order_id) - LENGTH(b.order_id)) > 1
                            OR (LENGTH(e.order_id) <> LENGTH(b.order_id)
                                AND (REPLACE(e.order_id, b.order_id, '') <> e.order_id
                                    OR REPLACE(b.order_id, e.order_id, '') <> b.order_id)))"""
#: A page that reports the same again before anyone can fill in its form once more.
_PRESSED_TWICE: Final = "(e.page = b.page AND e.event_time - b.event_time <= 5)"


def _repeated_within_a_minute(condition: str, together: str = "1 = 1") -> str:
    """Events of the server, of which some repeat the person's one before under another id.

    condition: On each of them and the one before. together: On all of a name.
    """
    return f"""
        SELECT s.account, s.event_name, '' AS source, '' AS detail, COUNT(*) AS events, MAX(n.events) AS total,
            MIN(s.earlier) AS example, MIN(s.id) AS other
        FROM soon_again AS s JOIN facts AS e ON e.id = s.id JOIN facts AS b ON b.id = s.earlier
        JOIN once AS n ON n.account = s.account AND n.event_name = s.event_name
        WHERE e.event_id <> b.event_id
            AND (e.event_time > b.event_time OR COALESCE(e.page, 0) <> COALESCE(b.page, 0) OR e.order_id <> b.order_id)
            AND ({condition})
        GROUP BY s.account, s.event_name
        HAVING COUNT(DISTINCT s.person) >= {{least}} AND COUNT(*) >= {{threshold}} * MAX(n.events)
            AND 10 * MAX(n.times) >= 3 * MAX(n.events) AND ({together})
    """


REPEATED_WITHIN_A_MINUTE: Final = ObservationRule(
    name="event-repeated-within-a-minute",
    severity="error",
    effect="doubled",
    summary="Two systems do not both report the same event from the server.",
    query=_repeated_within_a_minute(f"""
                        (e.order_id IS NOT NULL AND b.order_id IS NOT NULL AND {_TWO_NUMBERS})
                        OR (e.order_id IS NULL AND b.order_id IS NOT NULL)
                        OR (e.order_id IS NOT NULL AND b.order_id IS NULL)
                        OR (e.order_id IS NULL AND b.order_id IS NULL AND {_AGREES} AND ({_COMPARES} OR {_PRESSED_TWICE}))"""),
    sentence="{events} of {total} {name} of the server repeat one of the same person from the minute before under "
    "another event_id; Pinterest counts each.",
    fix="Let one system report the event, such as your shop or its plugin, and once: a subscription, an invoice or a "
    "draft that the shop makes beside an order is not an order. Or give both the same event_id.",
    least=5,
    threshold=0.1,
    why="Five people who each do once-only things twice within a minute, and these a tenth of all, are two systems "
    "that report them. Two orders with a number of their own are two orders, unless they are equal in value and "
    "products, and come in one second or from two sources, or one number holds the other, or is two characters "
    "longer. Without orders, no value and no products may differ, and both must have one of them, or come from one page "
    "within five seconds, as a button that is pressed twice. Where most events have one time, a clock stands still.",
)

#: Conditions on an event and the one before it: neither has an order, a value or products.
_SAY_NOTHING: Final = f"e.order_id IS NULL AND b.order_id IS NULL AND {_AGREES} AND NOT {_COMPARES}"
#: A condition on all of them: not half have a page of their own, as what is offered on a market has, and which the
#: person was not on before. The steps of a form are the same few pages for everybody.
_SAME_PAGES: Final = "2 * COUNT(DISTINCT e.page) FILTER (WHERE e.page <> b.page) < COUNT(*)"

EVERYBODY_REPEATS: Final = ObservationRule(
    name="everybody-repeats-within-a-minute",
    severity="error",
    effect="doubled",
    summary="Two systems, or two steps of a form, do not both report the same event of everybody.",
    query=_repeated_within_a_minute(_SAY_NOTHING, _SAME_PAGES),
    sentence="Most people have their {name} twice: {events} of {total} of the server follow one of the same person "
    "within a minute, under another event_id; Pinterest counts each.",
    fix="Let one system report the event, once, or give both the same event_id.",
    least=5,
    threshold=0.45,
    why="A person may sign up for two things within a minute; nine of ten people do not. Where half of the second events "
    "have a page of their own, the page says what each is about.",
)

PERHAPS_REPEATED: Final = replace(
    EVERYBODY_REPEATS,
    name="event-perhaps-repeated-within-a-minute",
    severity="warning",
    summary="What a person does twice within a minute says by value or products what it is about.",
    sentence="{events} of {total} {name} of the server follow one of the same person within a minute, under another "
    "event_id, and neither says what it is about; Pinterest counts each.",
    fix="If it is the same event, let one system report it, once, or give both the same event_id. If not, send what "
    "each is about as content_ids.",
    threshold=0.1,
    why="Two systems, each step of a form, or two courses to which one person signs up: without value and products "
    "nothing tells, unless half of the second events have a page of their own.",
    explained_by=(EVERYBODY_REPEATS.name, REPEATED_WITHIN_A_MINUTE.name),
)

_DEVICE: Final = "COALESCE(external_id, maid)"
ALSO_WITHOUT_NUMBER: Final = ObservationRule(
    name="order-also-without-number",
    severity="error",
    effect="doubled",
    summary="A measurement partner that knows neither the order's number nor the buyer does not report what the shop reports.",
    query=f"""
        SELECT account, 'checkout' AS event_name, '' AS source, '' AS detail, SUM(again) AS events, COUNT(*) AS total,
            MIN(earlier) FILTER (WHERE again = 1) AS example, MIN(id) FILTER (WHERE again = 1) AS other
        FROM (
            SELECT account, id, device, event_time, LAG(id) OVER w AS earlier,
                CASE WHEN event_id <> LAG(event_id) OVER w AND event_time - LAG(event_time) OVER w <= 60
                    AND numbered + LAG(numbered) OVER w = 1 AND known + LAG(known) OVER w = 1 THEN 1 ELSE 0 END AS again
            FROM (
                SELECT account, id, {_DEVICE} AS device, event_id, event_time, value,
                    CASE WHEN order_id IS NULL THEN 0 ELSE 1 END AS numbered, CASE WHEN em IS NULL THEN 0 ELSE 1 END AS known
                FROM accepted
                WHERE EXISTS (SELECT 1 FROM accepted WHERE event_name = 'checkout' AND order_id IS NULL)
                    AND side = 'server' AND event_name = 'checkout' AND action_source <> 'offline'
                    AND duplicate_of IS NULL AND value IS NOT NULL AND {_DEVICE} IS NOT NULL
            ) AS orders
            WINDOW w AS (PARTITION BY device, value, account ORDER BY event_time, id)
        ) AS told
        GROUP BY account
        HAVING COUNT(DISTINCT device) FILTER (WHERE again = 1) >= {{least}}
            AND SUM(again) >= {{threshold}} * COUNT(*) AND 10 * COUNT(DISTINCT event_time) >= 3 * COUNT(*)
    """,
    sentence="{events} of {total} {name} of the server are one order twice within a minute: of one device and value, once "
    "with and once without the order_id and the e-mail address. Pinterest counts each.",
    fix="Let your backend or the measurement partner report orders, not both; or give both the same event_id.",
    least=5,
    threshold=0.1,
    why="Five devices on which the same amount is paid twice within a minute, and these a tenth of all orders, where always "
    "one report knows number and buyer and the other neither, are two systems. Where most events have one time, a clock "
    "stands still.",
)

ORDERS_OF_A_MACHINE: Final = ObservationRule(
    name="orders-of-a-machine",
    severity="warning",
    effect="wrong",
    summary="Orders are placed by people, not by a load test.",
    query=f"""
        SELECT account, 'checkout' AS event_name, '' AS source, '' AS detail, SUM(events) AS events, MAX(total) AS total,
            MIN(first_id) AS example, MAX(last_id) AS other
        FROM (
            SELECT account, COUNT(*) AS events, SUM(COUNT(*)) OVER (PARTITION BY account) AS total,
                COUNT(*) OVER (PARTITION BY account) AS people, MIN(id) AS first_id, MAX(id) AS last_id,
                MAX(event_time) - MIN(event_time) AS seconds, COUNT(DISTINCT event_time) AS times
            FROM accepted
            WHERE side = 'server' AND event_name = 'checkout' AND action_source <> 'offline'
                AND duplicate_of IS NULL AND {PERSON} IS NOT NULL
            GROUP BY {PERSON}, account
        ) AS persons
        WHERE events >= {{least}} AND seconds <= 20 * events AND 2 * times >= events AND people > 10
        GROUP BY account
    """,
    sentence="{events} of {total} {name} of the server are of one person who orders more than every 20 seconds, beside other "
    "people: a load test or a monitor reports to the ad account that counts real orders.",
    fix="Send a load test to an ad account of its own or with test=true, and leave made-up buyers out.",
    least=30,
    why="Nobody places thirty orders in ten minutes. Under eleven people all may be made up, and where most events have one "
    "time, a clock stands still.",
)

RULES: Final = (
    REPEATED_WITHIN_A_MINUTE, EVERYBODY_REPEATS, PERHAPS_REPEATED, ALSO_WITHOUT_NUMBER, ORDERS_OF_A_MACHINE,
)  # fmt: skip
