"""Identities that change, or that are of other people."""

from typing import Final

from mockpin.observations.rule import ObservationRule
from mockpin.observations.tables import BROWSES, IS_ONCE, PERSON, TABLE_OF


def _with_changes(people: str, least: str) -> str:
    """Ad accounts of which enough people, or customers, have another identity in some event."""
    return f"SELECT account FROM {people} WHERE changes = 1 GROUP BY account HAVING COUNT(*) >= {least}"


def _changing(person: str, identity: str) -> str:
    """People who come back, told apart by one column, and whether another one is new in each of their events."""
    return f"""
        SELECT account, '' AS event_name, source, '' AS detail,
            SUM(CASE WHEN ids = events THEN events ELSE 0 END) AS events, SUM(events) AS total,
            MIN(first_id) FILTER (WHERE ids = events) AS example,
            MIN(last_id) FILTER (WHERE ids = events) AS other
        FROM (
            SELECT account, source, {person}, COUNT(DISTINCT {identity}) AS ids,
                COUNT(DISTINCT COALESCE(order_id, event_id)) AS events, MIN(id) AS first_id, MAX(id) AS last_id
            FROM accepted
            WHERE account IN ({_with_changes(TABLE_OF[person], "{threshold} * {least}")})
                AND {person} IN (SELECT {person} FROM {TABLE_OF[person]} WHERE reports > 1)
                AND {identity} IS NOT NULL AND duplicate_of IS NULL
            GROUP BY {person}, source, account
            HAVING COUNT(DISTINCT COALESCE(order_id, event_id)) >= 2
        ) AS people
        GROUP BY account, source
        HAVING COUNT(*) >= {{least}} AND COUNT(*) FILTER (WHERE ids = events) >= {{threshold}} * COUNT(*)
    """


EXTERNAL_ID_CHANGES: Final = ObservationRule(
    name="external-id-changes",
    severity="warning",
    effect="wrong",
    summary="One person keeps one external_id.",
    query=_changing("em", "external_id"),
    sentence="{source} sends a new external_id each time for the same e-mail address: {n} of {total} events of "
    "people who came back.",
    fix="Send the customer's own number from your database, not the id of a session or a request.",
    least=5,
    threshold=0.8,
    why="A person may have two devices; four in five returning people with a new id each time do not.",
)

EMAIL_CHANGES: Final = ObservationRule(
    name="email-changes",
    severity="warning",
    effect="wrong",
    summary="One customer keeps one hashed e-mail address.",
    query=_changing("external_id", "em"),
    sentence="{source} sends a new em each time for the same external_id: {n} of {total} events of people who came "
    "back.",
    fix="Hash the customer's own address and nothing with it: no salt, no time. A value that is left over from "
    "another request shows like this, too.",
    least=10,
    threshold=0.8,
    why="A company with one number may have several buyers; ten customers with a new address each time do not.",
)

MIXED_UP: Final = ObservationRule(
    name="email-of-other-customers",
    severity="warning",
    effect="wrong",
    summary="The em and the external_id of an event are of one person.",
    query=f"""
        SELECT account, '' AS event_name, source, '' AS detail,
            SUM(CASE WHEN emails > 1 AND customers > 1 THEN events ELSE 0 END) AS events, SUM(events) AS total,
            MIN(first_id) FILTER (WHERE emails > 1 AND customers > 1) AS example,
            MAX(first_id) FILTER (WHERE emails > 1 AND customers > 1) AS other
        FROM (
            SELECT account, source, external_id, events, first_id,
                COUNT(*) OVER (PARTITION BY external_id, source, account) AS emails,
                COUNT(*) OVER (PARTITION BY em, source, account) AS customers,
                SUM(events) OVER (PARTITION BY external_id, source, account) AS reports
            FROM (
                SELECT account, source, external_id, em, COUNT(*) AS events, MIN(id) AS first_id
                FROM accepted
                WHERE account IN ({_with_changes("customers", "{least}")})
                    AND external_id IN (SELECT external_id FROM customers WHERE reports > 1) AND em IS NOT NULL
                    AND action_source <> 'offline'
                GROUP BY external_id, em, source, account
            ) AS held
        ) AS met
        WHERE reports > 1
        GROUP BY account, source
        HAVING COUNT(DISTINCT external_id) FILTER (WHERE emails > 1 AND customers > 1) >= {{least}}
            AND COUNT(DISTINCT external_id) FILTER (WHERE emails > 1 AND customers > 1)
                >= {{threshold}} * COUNT(DISTINCT external_id)
    """,
    sentence="{source} sends the em of other customers: {n} of {total} events of customers who came back have an em that "
    "another external_id has, too, and their external_id has another em.",
    fix="Read the customer in each request anew; a variable of the process keeps that of the request before.",
    least=10,
    threshold=0.5,
    why="Some people have two devices, and some families share one. Ten customers, and half of all, who share addresses in "
    "both directions have the address of the request before.",
    explained_by=("same-email-for-everybody", "email-changes", "external-id-changes"),
)

_EMAIL_ALONE: Final = "(em IS NOT NULL AND ip IS NULL AND user_agent IS NULL)"
EMAIL_IN_PLACE: Final = ObservationRule(
    name="email-in-place-of-address",
    severity="warning",
    effect="wrong",
    summary="An event with the visitor's e-mail address keeps the IP address and the browser.",
    query=f"""
        SELECT account, event_name, source, '' AS detail, COUNT(*) FILTER (WHERE {_EMAIL_ALONE}) AS events,
            COUNT(*) AS total, MIN(id) FILTER (WHERE {_EMAIL_ALONE}) AS example,
            MIN(id) FILTER (WHERE em IS NULL AND ip IS NOT NULL) AS other
        FROM accepted WHERE source <> 'tag' AND action_source = 'web' AND {BROWSES}
        GROUP BY account, event_name, source
        HAVING COUNT(*) FILTER (WHERE {_EMAIL_ALONE}) >= {{least}}
            AND COUNT(*) FILTER (WHERE {_EMAIL_ALONE}) >= {{threshold}} * COUNT(em)
            AND COUNT(*) FILTER (WHERE em IS NULL AND ip IS NOT NULL) >= {{least}}
            AND COUNT(*) FILTER (WHERE em IS NULL AND ip IS NOT NULL) >= {{threshold}} * (COUNT(*) - COUNT(em))
    """,
    sentence="{n} of {total} {name} of {source} have em and neither client_ip_address nor client_user_agent, which the "
    "others have.",
    fix="Add em to the user_data that holds the address and the browser; do not replace it.",
    least=10,
    threshold=0.9,
    why="Ten page views with and ten without a known person, of which those alone lack the browser that all page views "
    "have, are a branch that overwrites the rest.",
)

PROXY_AT_TIMES: Final = ObservationRule(
    name="ip-address-of-a-proxy-at-times",
    severity="warning",
    effect="wrong",
    summary="One visitor's events do not come now from an address of their own and now from one that many people have.",
    query=f"""
        SELECT i.account, '' AS event_name, i.source, '' AS detail, SUM(i.events) AS events, MAX(h.ip) AS total,
            MIN(i.first_id) AS example, MAX(i.last_id) AS other
        FROM (
            SELECT account, source, ip, SUM(events) AS events, MIN(first_id) AS first_id, MAX(last_id) AS last_id,
                COUNT(DISTINCT person) FILTER (WHERE of_hour > events OR events > 1) AS seen_again,
                COUNT(DISTINCT person) FILTER (WHERE of_hour > events) AS moved
            FROM (
                SELECT account, source, ip, person, events, first_id, last_id,
                    SUM(events) OVER (PARTITION BY person, hours, source, account) AS of_hour
                FROM (
                    SELECT account, source, ip, {PERSON} AS person, ROUND(event_time / 3600.0) AS hours,
                        COUNT(*) AS events, MIN(id) AS first_id, MAX(id) AS last_id
                    FROM accepted
                    WHERE source <> 'tag' AND action_source = 'web' AND ip IS NOT NULL AND {PERSON} IS NOT NULL
                        AND NOT {IS_ONCE}
                    GROUP BY {PERSON}, ip, ROUND(event_time / 3600.0), source, account
                ) AS by_address
            ) AS by_person
            GROUP BY ip, source, account
        ) AS i JOIN held AS h ON h.account = i.account AND h.source = i.source
        WHERE i.seen_again >= {{least}} AND 2 * i.moved >= i.seen_again
        GROUP BY i.account, i.source
        HAVING SUM(i.events) >= {{threshold}} * MAX(h.ip)
    """,
    sentence="{n} of {total} events of {source} that have a client_ip_address have one of a proxy or server of yours: many "
    "people have it, and others beside it within the hour.",
    fix="Send the visitor's address, which a proxy puts into X-Forwarded-For, from each of your servers.",
    least=10,
    threshold=0.1,
    why="People of one office keep its address for an hour. Of ten people who come back within one, half do not leave "
    "an address that they share, unless it is not theirs. Orders may come from a payment provider, which "
    "checkout-from-other-address tells.",
    explained_by=("few-ip-addresses-for-everybody",),
)

PERSON_OF_OTHERS: Final = ObservationRule(
    name="email-of-several-visitors",
    severity="warning",
    effect="wrong",
    summary="A hashed e-mail address belongs to one visitor.",
    query="""
        SELECT p.account, '' AS event_name, p.source, '' AS detail,
            SUM(CASE WHEN visitors >= 3 THEN p.events ELSE 0 END) AS events, MAX(n.events) AS total,
            MIN(first_id) FILTER (WHERE visitors >= 3) AS example,
            MIN(last_id) FILTER (WHERE visitors >= 3) AS other
        FROM (
            SELECT account, source, COUNT(*) AS events, MIN(id) AS first_id, MAX(id) AS last_id,
                CASE WHEN COUNT(DISTINCT ip) < COUNT(DISTINCT user_agent) THEN COUNT(DISTINCT ip)
                    ELSE COUNT(DISTINCT user_agent) END AS visitors
            FROM accepted
            WHERE em IN (SELECT em FROM people WHERE moves = 1)
                AND source <> 'tag' AND action_source = 'web' AND ip IS NOT NULL AND user_agent IS NOT NULL
                AND duplicate_of IS NULL
            GROUP BY em, ROUND(event_time / 3600.0), source, account
        ) AS p JOIN (
            SELECT account, source, SUM(seen) AS events FROM people GROUP BY account, source
        ) AS n ON n.account = p.account AND n.source = p.source
        GROUP BY p.account, p.source
        HAVING COUNT(*) FILTER (WHERE visitors >= 3) >= {least}
            AND SUM(CASE WHEN visitors >= 3 THEN p.events ELSE 0 END) >= {threshold} * MAX(n.events)
    """,
    sentence="{source} sends addresses of other visitors: {n} of {total} events of known people have an em that came from "
    "three or more browsers and networks within an hour.",
    fix="Read the customer in each request anew; a cache or a variable of the process keeps that of an earlier visitor.",
    least=5,
    threshold=0.3,
    why="A person may have a phone and a computer, hardly three of both in an hour; five who do, and a third of all "
    "events, are left over from one request to the next. A few made-up people of a browser test are fewer.",
)

RULES: Final = (
    EXTERNAL_ID_CHANGES,
    EMAIL_CHANGES,
    MIXED_UP,
    EMAIL_IN_PLACE,
    PERSON_OF_OTHERS,
    PROXY_AT_TIMES,
)
