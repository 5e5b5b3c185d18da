"""Events that are lost on the way: refused, failed, sent to nowhere, or never converted."""

from typing import Final

from mockpin.observations.rule import ObservationRule

_LOST: Final = """
    SELECT account, event_name, source, {detail} AS detail, 1 AS events, whole.total, id AS example, id AS other
    FROM (
        SELECT *, ROW_NUMBER() OVER (
            PARTITION BY account, event_name, event_id, CASE WHEN event_id IS NULL THEN id END ORDER BY id DESC
        ) AS latest
        FROM {relation} AS came WHERE test = 0 AND {condition}
    ) AS lost JOIN totals AS whole ON of_account = account AND of_name = event_name AND of_kind = kind
    WHERE latest = 1
"""


def _lost(condition: str, *, relation: str = "unsettled", detail: str = "cause") -> str:
    """A hit for each lost event or call, of all that came under its name, the refused ones among them.

    An event that was lost several times, as with a retry, is one; its last cause counts.
    """
    return _LOST.format(relation=relation, condition=condition, detail=detail)


REQUEST_REFUSED: Final = ObservationRule(
    name="event-refused",
    severity="error",
    effect="lost",
    summary="No request is refused, or its events come again corrected.",
    query=_lost("status = 'refused' AND injected = 0 AND came_again = 0"),
    sentence="{lost} with refused requests and never came again: {detail}.",
    fix="Correct the cause, and send the events again. The page of each request shows what was answered.",
    why="A refused request counts nothing.",
    documented="documented",
)

REFUSED_FIRST: Final = ObservationRule(
    name="event-refused-first",
    severity="warning",
    effect="none",
    summary="No request is refused, or misses the endpoint, before its events are accepted.",
    query=_lost("status IN ('refused', 'missed') AND injected = 0 AND came_again = 1"),
    sentence="Refused at first and accepted later: {events}. The cause was {detail}.",
    fix="Look whether the sender corrects what it sends by itself, or somebody did so by hand.",
    why="Nothing is lost, but each refusal is a mistake that may come again.",
)

EVENT_FAILED: Final = ObservationRule(
    name="event-failed",
    severity="error",
    effect="lost",
    summary="No event fails, or it comes again corrected.",
    query=_lost("status = 'failed' AND injected = 0 AND came_again = 0"),
    sentence="{events} failed and never came again corrected: {detail}.",
    fix="Correct what the finding names, and send the event again.",
    why="A failed event is not counted.",
    documented="documented",
)

FAILED_FIRST: Final = ObservationRule(
    name="event-failed-first",
    severity="warning",
    effect="none",
    summary="No event fails before it is accepted.",
    query=_lost("status = 'failed' AND injected = 0 AND came_again = 1"),
    sentence="Failed at first and accepted later: {events}. The cause was {detail}.",
    fix="Look whether the sender corrects what it sends by itself, or somebody did so by hand.",
    why="Nothing is lost, but each failure is a mistake that may come again.",
)

FAULT_NOT_RETRIED: Final = ObservationRule(
    name="event-not-retried",
    severity="error",
    effect="lost",
    summary="Events whose request was answered 429 or 5xx, or not at all, come again.",
    query=_lost(
        "kind = 'event' AND status = 'refused' AND transient = 1 AND came_again = 0 AND source <> 'segment'"
    ),
    sentence="{events} met an injected fault ({detail}) and never came again.",
    fix="Retry requests that were answered 429 or 5xx or not at all, with growing pauses and the same event_id.",
    why="The fault was injected, so it is not the sender's; that the events are gone is. Segment retries by itself.",
)

ENDPOINT_MISSED: Final = ObservationRule(
    name="endpoint-missed",
    severity="error",
    effect="lost",
    summary="Events are posted to /v5/ad_accounts/AD_ACCOUNT_ID/events.",
    query=_lost("status = 'missed' AND came_again = 0"),
    sentence="{lost} with requests that reached no endpoint, so nothing was counted: {detail}.",
    fix="POST to /v5/ad_accounts/AD_ACCOUNT_ID/events, with /v5 once; Segment's calls go to /v1/track and its like.",
    why="An answer of 404 or 405 counts nothing.",
    documented="documented",
)

SEGMENT_FAILED: Final = ObservationRule(
    name="segment-call-not-converted",
    severity="error",
    effect="lost",
    summary="A subscription that takes a Segment call can convert it.",
    query=_lost("kind = 'call' AND status = 'failed'", relation="facts"),
    sentence="{calls} named {title} could not be converted, so nothing was sent for them: {detail}.",
    fix="Send the field that the mapping needs with the call, or map the field from where it is.",
    why="Segment's destination drops what its mapping cannot convert.",
    source="Segment's action-destinations 3.517.0",
    documented="documented",
)

SEGMENT_DROPPED: Final = ObservationRule(
    name="segment-call-dropped",
    severity="error",
    effect="lost",
    summary="Segment's API takes every message of a batch.",
    query=_lost("kind = 'call' AND status = 'not_accepted'", relation="facts"),
    sentence="{calls} were dropped: {detail}.",
    fix="Keep to Segment's limits, and give every message its type.",
    why="Segment answers 200 and drops such a message.",
    source="Segment's documentation of its HTTP API source",
    documented="documented",
)

SEGMENT_NEAR: Final = ObservationRule(
    name="segment-name-misspelt",
    severity="error",
    effect="lost",
    summary="A Segment call's name is spelt as a subscription asks for it.",
    query=_lost(
        """kind = 'call' AND near IS NOT NULL AND COALESCE(account || ' ' || order_id, '') NOT IN (
            SELECT account || ' ' || order_id FROM by_order WHERE source = 'segment' OR other_source = 'segment')""",
        relation="facts",
        detail="near",
    ),
    sentence="{calls} named {title} were taken by no subscription; did you mean {detail}?",
    fix="Name the call as the subscription's trigger does, or change the trigger.",
    why="Other names that no subscription takes are normal; a name so near one that is taken is not, unless another "
    "call reported the same order.",
    source="Segment's e-commerce specification, and the subscriptions' triggers",
)

SEGMENT_LEFT_OUT: Final = ObservationRule(
    name="segment-orders-left-out",
    severity="error",
    effect="lost",
    summary="Order Completed is not kept from Pinterest by its integrations while other calls are sent on.",
    query="""
        SELECT account, event_name, source, '' AS detail, COUNT(*) AS events, COUNT(*) AS total, MIN(id) AS example,
            MAX(id) AS other
        FROM facts WHERE kind = 'call' AND status = 'not_subscribed' AND cause <> '' AND event_name = 'Order Completed'
            AND account IN (SELECT account FROM facts WHERE kind = 'call' AND status = 'converted')
            AND account NOT IN (SELECT account FROM accepted WHERE event_name = 'checkout' AND side = 'server')
        GROUP BY account, event_name, source
        HAVING COUNT(*) >= {least}
    """,
    sentence="The integrations of {calls} named {title} leave out Pinterest, other calls were sent on, and no checkout "
    "came from the server.",
    fix="Leave out Pinterest only for people who refused it, or send the orders by the API.",
    least=10,
    why="Of ten people who buy some agree, if others' visits are sent on. Where the API or other calls report orders, "
    "they may be left out on purpose.",
    source="Segment's documentation of its HTTP API and of the integrations object",
    documented="documented",
)

SEGMENT_NOTHING: Final = ObservationRule(
    name="segment-nothing-taken",
    severity="error",
    effect="lost",
    summary="A subscription takes at least one of a source's track calls.",
    query="""
        SELECT account, '' AS event_name, source, '' AS detail, COUNT(*) AS events, COUNT(*) AS total,
            MIN(id) AS example, MAX(id) AS other
        FROM facts WHERE kind = 'call' AND call IN ('track', 'page', 'screen')
        GROUP BY account, source
        HAVING COUNT(*) FILTER (WHERE call = 'track') >= {least}
            AND COUNT(*) FILTER (WHERE status IN ('converted', 'failed')) = 0
    """,
    sentence="No subscription took any of {total} Segment calls, so nothing was sent for this source.",
    fix="Compare the names of the calls with the triggers of the subscriptions, and see whether their integrations leave "
    "out Pinterest; each call's page says why it was not taken.",
    least=5,
    why="A call that no subscription takes is normal; a source whose every call is left out is not connected.",
    source="Segment's documentation of destination actions",
)

RULES: Final = (
    REQUEST_REFUSED, REFUSED_FIRST, EVENT_FAILED, FAILED_FIRST, FAULT_NOT_RETRIED, ENDPOINT_MISSED,
    SEGMENT_FAILED, SEGMENT_DROPPED, SEGMENT_NEAR, SEGMENT_LEFT_OUT, SEGMENT_NOTHING,
)  # fmt: skip
