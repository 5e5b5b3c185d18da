"""Matched pairs, one event by the tag and by the server, that disagree."""

from typing import Any, Final

from mockpin.observations.rule import ObservationRule


def _compare(differs: str, known: str) -> str:
    """A query over the pairs of which both sides say something."""
    return f"""
        SELECT p.account, p.event_name, '' AS source, '' AS detail, COUNT(*) AS events, MAX(t.known) AS total,
            MIN(p.example) AS example, MIN(p.other) AS other
        FROM pairs p JOIN (
            SELECT account, event_name, COUNT(*) AS known FROM pairs WHERE {known} GROUP BY account, event_name
        ) AS t ON t.account = p.account AND t.event_name = p.event_name
        WHERE {known} AND {differs}
        GROUP BY p.account, p.event_name
        HAVING COUNT(*) = MAX(t.known)
            OR (MAX(t.known) >= {{least}} AND COUNT(*) >= {{threshold}} * MAX(t.known))
    """


LIMITS: Final = {
    "least": 3,
    "threshold": 0.05,
    "why": "One pair in twenty may be an order that changed between the two reports. Where every pair differs, "
    "one pair is enough.",
}


def _pair_rule(name: str, field: str, what: str, **own: Any) -> ObservationRule:
    """The rule about one column; `own` is its fix; `differs` and `known` tell when two values do, and are there."""
    differs = own.pop("differs", f"tag_{field} <> server_{field}")
    known = own.pop("known", f"tag_{field} IS NOT NULL AND server_{field} IS NOT NULL")
    return ObservationRule(
        name=name,
        severity="warning",
        effect="wrong",
        summary=f"The tag and the API say the same {what} of one event.",
        query=_compare(differs, known),
        sentence=f"The tag and the API disagree on the {what} of {{n}} of {{total}} matched pairs of {{name}}.",
        **{**LIMITS, **own},
    )


RULES: Final = (
    _pair_rule(
        "pair-values-differ", "value", "value", differs="ABS(tag_value - server_value) > 0.005",
        fix="Compute the value in one place, with or without tax and shipping on both sides.",
    ),
    _pair_rule(
        "pair-currencies-differ", "currency", "currency",
        fix="Send the currency in which the visitor paid from both sides.",
    ),
    _pair_rule(
        "pair-products-differ", "products", "product ids",
        fix="Send the ids of the product catalogue from both sides: not a variant here and a parent there.",
    ),
    _pair_rule(
        "pair-emails-differ", "em", "hashed e-mail address",
        fix="Trim the address and write it in lower case before the SHA-256, in the browser and on the server; "
        "one of the two sides does not, so it matches nobody.",
        why="The two sides of one event are about one person, so a differing hash is wrong on one side. Where "
        "every pair differs, one is enough.",
    ),
    _pair_rule(
        "pair-external-ids-differ", "external_id", "external_id",
        fix="Send the hash of one and the same id from the browser and from the server: the customer's number, or the "
        "visitor's where no customer is known.",
        why="The two sides of one event are about one person. Where every pair differs, one is enough.",
    ),
    _pair_rule(
        "pair-orders-differ", "order", "order id", fix="Send the same order_id from both sides.",
    ),
    _pair_rule(
        "pair-times-differ", "time", "time", differs="ABS(tag_time - server_time) >= 3600",
        fix="Send event_time in Unix seconds of UTC, when the event happened and not when it is sent.",
        why="A server may report some minutes later; an hour is another time zone or the time of sending. Where "
        "every pair differs, one is enough.",
    ),
    _pair_rule(
        "pair-limits-differ", "limited", "limited data processing", known="tag_limited + server_limited > 0",
        fix="Send opt_out_type, st and country of one person from both sides: each side's event is processed as it asks.",
        why="Of the pairs of which either side asks for it. One pair in twenty may be of somebody who chose between the "
        "two reports. Where every pair differs, one is enough.",
    ),
)  # fmt: skip
