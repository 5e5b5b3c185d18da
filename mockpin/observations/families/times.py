"""Event times that do not say when an event happened, and clocks that are wrong."""

from typing import Final

from mockpin.observations.rule import ObservationRule

BATCH_TIME: Final = ObservationRule(
    name="same-time-for-a-batch",
    severity="warning",
    effect="wrong",
    summary="event_time says when each event happened, so that a batch of events does not have one.",
    query="""
        SELECT b.account, MIN(e.event_name) AS event_name, b.source, '' AS detail, COUNT(*) AS events, 0 AS total,
            MIN(e.id) AS example, MAX(e.id) AS other
        FROM facts AS e CROSS JOIN (
            SELECT request, source, account FROM facts
            WHERE (SELECT MIN(arrival) < MAX(arrival) FROM facts WHERE kind = 'event' AND test = 0)
                AND kind = 'event' AND test = 0 AND source <> 'tag' AND arrival IS NOT NULL
            GROUP BY request, source, account
            HAVING COUNT(*) >= {least} AND MIN(event_time) = MAX(event_time)
                AND ABS(MAX(arrival) - MAX(event_time)) <= 5
        ) AS b
        WHERE e.request = b.request AND e.source = b.source AND e.account = b.account
            AND e.kind = 'event' AND e.test = 0 AND e.arrival IS NOT NULL
        GROUP BY b.request, b.source, b.account
        HAVING COUNT(DISTINCT COALESCE(e.order_id, e.event_id)) >= {least}
            AND 2 * COUNT(DISTINCT COALESCE(e.em, e.external_id, e.click_id, e.ip)) >= {least}
    """,
    sentence="All {events} of a request have one event_time, the time of sending.",
    fix="Note the time when each event happens and send that, also from a queue.",
    least=20,
    why="Twenty different events of ten people within one second and sent within five are events that were dated when "
    "sent. A frozen clock, at which everything arrives at once, is left out, and so is a test of one made-up person.",
)

FIXED_TIME: Final = ObservationRule(
    name="same-time-for-everybody",
    severity="error",
    effect="wrong",
    summary="event_time is read when each event happens, not once when the sender starts.",
    query="""
        SELECT t.account, '' AS event_name, t.source, '' AS detail, SUM(t.events) AS events, h.event_time AS total,
            MIN(t.first_id) AS example, MAX(t.last_id) AS other
        FROM (
            SELECT account, source, COUNT(*) AS events, MIN(id) AS first_id, MAX(id) AS last_id
            FROM accepted
            WHERE EXISTS (SELECT 1 FROM held WHERE event_time >= {least})
                AND source <> 'tag' AND action_source <> 'offline' AND arrival IS NOT NULL AND duplicate_of IS NULL
                AND event_time IN (
                    SELECT event_time FROM accepted WHERE source <> 'tag'
                    GROUP BY event_time HAVING COUNT(*) >= {least} AND MAX(arrival) - MIN(arrival) >= 60)
            GROUP BY event_time, source, account
            HAVING COUNT(DISTINCT request) >= {least} AND MAX(arrival) - MIN(arrival) >= 60
                AND COUNT(DISTINCT COALESCE(order_id, event_id)) >= {least}
                AND COUNT(DISTINCT COALESCE(em, external_id, click_id, ip)) >= {least}
        ) AS t JOIN held AS h ON h.account = t.account AND h.source = t.source
        GROUP BY t.account, t.source, h.event_time
        HAVING SUM(t.events) >= {threshold} * h.event_time
    """,
    sentence="{n} of {total} events of {source} have an event_time that stands still while they keep coming.",
    fix="Read the clock for each event. A time that is read once, when the process starts, makes events late after "
    "an hour and has them refused after seven days.",
    least=5,
    threshold=0.9,
    why="Events of five people and one second that arrive in requests of their own, over a minute or more, were not dated one "
    "by one. A few processes, each with a time of its own, are seen, too. Tests of one made-up person may share a time.",
)

#: A condition: somebody was there, by a browser or an app.
_IS_LIVE: Final = "action_source <> 'offline' AND COALESCE(ip, user_agent, maid) IS NOT NULL"
#: A condition: a time is a full hour, or a quarter of one, as every time zone begins its hours and days.
_IS_ROUND: Final = "ROUND(event_time / 900.0) * 900.0 = event_time"
#: What may be told of: names of which a tenth of the events have such a time. Of nearly all, few have by chance.
_ROUND_AT_TIMES: Final = f"""
    SELECT r.account, r.event_name, r.source
    FROM (
        SELECT account, event_name, source, COUNT(*) AS events
        FROM accepted WHERE {_IS_ROUND} AND {_IS_LIVE} GROUP BY event_name, source, account
    ) AS r JOIN names AS n ON n.account = r.account AND n.event_name = r.event_name AND n.source = r.source
    WHERE r.source <> 'tag' AND r.events >= {{least}} AND 10 * r.events >= n.events
"""
ROUNDED_TIME: Final = ObservationRule(
    name="event-time-rounded",
    severity="warning",
    effect="wrong",
    summary="event_time is the second at which an event happened, not its hour or its day.",
    query=f"""
        SELECT account, event_name, source, '' AS detail, events, total, example, other
        FROM (
            SELECT r.account, r.event_name, r.source, COUNT(*) FILTER (WHERE {_IS_ROUND}) AS events,
                COUNT(event_time) AS total, MIN(event_time) FILTER (WHERE {_IS_ROUND}) AS began,
                MAX(event_time) FILTER (WHERE {_IS_ROUND}) AS ended,
                COUNT(DISTINCT COALESCE(em, external_id, click_id, ip)) FILTER (WHERE {_IS_ROUND}) AS people,
                MIN(id) FILTER (WHERE {_IS_ROUND}) AS example, MAX(id) FILTER (WHERE {_IS_ROUND}) AS other
            FROM accepted AS e CROSS JOIN ({_ROUND_AT_TIMES}) AS r
            WHERE e.account = r.account AND e.event_name = r.event_name AND e.source = r.source AND {_IS_LIVE}
            GROUP BY r.account, r.event_name, r.source
        ) AS told
        WHERE events >= {{least}} AND events >= {{threshold}} * total AND began < ended AND 2 * people >= {{least}}
    """,
    sentence="{n} of {total} {name} of {source} have an event_time that is a full hour, or a quarter of one: the minutes "
    "are cut off. A conversion that is dated before its click is not attributed to it.",
    fix="Send the second at which the event happened, and not a date, an hour or the time of an appointment.",
    least=20,
    threshold=0.9,
    why="One event in 900 falls on such a second by chance. Ten people with a browser or an app, at two different times, "
    "are not a test's clock that stands still, nor payments that a subscription's schedule makes.",
)

_ARRIVED: Final = (
    "kind = 'event' AND test = 0 AND action_source = 'web' AND arrival IS NOT NULL AND event_time IS NOT NULL"
)
CLOCK_OFF: Final = ObservationRule(
    name="clock-off-by-hours",
    severity="error",
    effect="wrong",
    summary="event_time is in UTC: web events do not all come early or late by the same number of hours.",
    query=f"""
        SELECT account, '' AS event_name, source,
            CASE WHEN halves > 0 THEN 'late' ELSE 'early' END AS detail, events, total, example, other
        FROM (
            SELECT h.account, h.source, h.halves, COUNT(*) AS events, MAX(w.total) AS total, MIN(h.id) AS example,
                MAX(h.id) AS other
            FROM (
                SELECT id, account, source, arrival - event_time AS late,
                    CAST(ROUND((arrival - event_time) / 1800.0) AS BIGINT) AS halves
                FROM facts WHERE {_ARRIVED}
            ) AS h JOIN (
                SELECT account, source, COUNT(*) AS total FROM facts WHERE {_ARRIVED}
                GROUP BY account, source
            ) AS w ON w.account = h.account AND w.source = h.source
            WHERE h.halves <> 0 AND h.halves BETWEEN -28 AND 28 AND ABS(h.late - 1800.0 * h.halves) <= 180
                AND (h.halves % 2 = 0 OR ABS(h.halves) >= 7)
            GROUP BY h.account, h.source, h.halves
        ) AS shifted
        WHERE total >= {{least}} AND events >= {{threshold}} * total
    """,
    sentence="{n} of {total} web events of {source} are {detail} by the same number of hours: a time zone "
    "is counted in.",
    fix="Send event_time as Unix seconds of UTC: time.time() in Python, Math.floor(Date.now() / 1000) in "
    "JavaScript, time() in PHP. If a queue holds each event for that long, send it at once.",
    least=10,
    threshold=0.9,
    why="Ten events that come within three minutes of the same whole hour, or of the half hours that time zones "
    "have from three and a half on, are not a slow queue.",
)

RULES: Final = (CLOCK_OFF, BATCH_TIME, FIXED_TIME, ROUNDED_TIME)
