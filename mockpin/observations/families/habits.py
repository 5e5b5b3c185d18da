"""What nearly all events of a name have in common: findings, consent, what they lack, and what they follow."""

from dataclasses import replace
from typing import Final

from mockpin.observations.rule import ObservationRule
from mockpin_validator.contract.names import OTHER_NAMES, STANDARD_EVENT_NAMES

#: Rules that say a thing is absent or unusual, which may well be so on purpose for all events of a name; so
#: are those that have reasons of their own in the report.
NOT_RAISED: Final = (

    "action-source-contradicted", "app-details-elsewhere", "event-name-unknown",
    "event-name-form", "event-time-late", "event-id-blank", "event-id-duplicated", "event-id-constant",
    "opt-out-set", "opt-out-on-everything", "limited-data-processing", "limited-data-processing-elsewhere",
    "null-field", "empty-field", "legacy-field", "partner-name-form", "language-form", "user-agent-bot",
    "user-agent-unrecognized", "ip-address-not-public", "content-ids-disagree", "tag-data-unreadable",
    "match-key-upper-case", "value-zero", "event-source-url-not-live",
    "value-implausible", "click-id-form", "products-missing", "product-details-missing",
    "num-items-missing", "search-string-missing", "tag-order-id-missing", "tag-products-missing",
)  # fmt: skip
_EXCLUDED: Final = ", ".join(map(repr, NOT_RAISED))


#: What ends the names of rules about absent fields, and those of them whose field is worth a warning.
_ABSENT: Final = "rule LIKE '%-missing'"
WORTH_HAVING: Final = ("value-missing", "currency-missing", "tag-value-missing", "tag-currency-missing")


def _found(condition: str, often: str = "total >= {least} AND events >= {threshold} * total") -> str:
    return f"""
        SELECT account, event_name, source, rule AS detail, events, total, example, other
        FROM findings WHERE ({often}) AND {condition}
    """


SYSTEMATIC_WARNING: Final = ObservationRule(
    name="warning-on-nearly-all",
    severity="error",
    effect="wrong",
    summary="No warning is on nearly all events of a name.",
    query=_found(f"severity = 'warning' AND rule NOT IN ({_EXCLUDED}) AND NOT {_ABSENT}"),
    sentence="{n} of {total} {name} of {source} have the finding {detail}: a mistake of the sender, not of single "
    "events.",
    fix="Correct what the rule names once, in the code that makes these events.",
    least=10,
    threshold=0.9,
    why="A mistake on nine in ten events of a name is one of the sender, not of an event; under ten events it may "
    "be chance.",
)
SYSTEMATIC_INFO: Final = replace(
    SYSTEMATIC_WARNING,
    name="info-on-nearly-all",
    severity="warning",
    summary="No mistake that is only an info on one event is on nearly all events of a name.",
    query=_found(f"severity = 'info' AND rule NOT IN ({_EXCLUDED}) AND NOT {_ABSENT}"),
)
FIELD_MISSING: Final = ObservationRule(
    name="field-missing-on-nearly-all",
    severity="warning",
    effect="wrong",
    summary="No event name lacks its value or currency throughout.",
    query=_found(
        f"rule IN ({', '.join(map(repr, WORTH_HAVING))})",
        often="(total >= 3 AND events = total) OR (total >= {least} AND events >= {threshold} * total)",
    ),
    sentence="{n} of {total} {name} of {source} have the finding {detail}: the sender never sends it.",
    fix="Send the field with every event of this name.",
    least=10,
    threshold=0.9,
    why="Other fields that are recommended may be unknown to a shop; what was paid is not. Three events "
    "that all lack it are enough, too; one may be an example.",
)

NAME_MISSPELT: Final = ObservationRule(
    name="event-name-misspelt",
    severity="error",
    effect="lost",
    summary="Pinterest's own event names are spelt as Pinterest spells them.",
    query=_found(
        f"rule = 'event-name-unknown' AND event_name IN ({', '.join(map(repr, STANDARD_EVENT_NAMES))})",
        often="events >= {least}",
    ),
    sentence="{source} spells {title} differently in {n} of {total} events, such as with capitals or without an "
    "underscore; Pinterest files these under 'Unknown'.",
    fix="Send exactly {title} as the event_name, from everywhere.",
    least=3,
    why="A name that differs from one of Pinterest's in case, blanks or underscores alone is not a shop's own.",
    source="warnings of the live API measured in StefanPHD/pagesmith",
    documented="observed",
    date="2026-09-24",
)

#: What other platforms call a checkout, folded.
_CHECKOUTS: Final = tuple(other for other, name in OTHER_NAMES.items() if name == "checkout")
NAME_OF_ANOTHER_PLATFORM: Final = ObservationRule(
    name="checkout-under-other-name",
    severity="error",
    effect="lost",
    summary="Orders are reported as checkout, not as Purchase or by another platform's name.",
    query=f"""
        SELECT f.account, f.event_name, f.source, '' AS detail, f.events, f.total, f.example, f.other
        FROM findings AS f
        LEFT JOIN (SELECT DISTINCT account FROM names WHERE event_name = 'checkout') AS c ON c.account = f.account
        WHERE f.rule IN ('event-name-unknown', 'tag-event-name-unknown') AND f.events >= {{least}} AND c.account IS NULL
            AND LOWER(REPLACE(REPLACE(f.event_name, '_', ''), ' ', '')) IN ({", ".join(map(repr, _CHECKOUTS))})
    """,
    sentence="{source} reports {events} as {title} and none came as checkout; Pinterest does not count them as "
    "checkouts.",
    fix="Send checkout as the event_name.",
    least=3,
    why="The name is what another platform calls a checkout, and an ad account without one checkout does not use it "
    "beside its own.",
    source="warnings of the live API measured in StefanPHD/pagesmith",
    documented="observed",
    date="2026-09-24",
)

CURRENCY_AT_TIMES: Final = ObservationRule(
    name="currency-missing-at-times",
    severity="warning",
    effect="wrong",
    summary="Either every value of an event name has its currency, or the sender never sends one.",
    query=_found(
        "rule IN ('currency-missing', 'tag-currency-missing')",
        often="events >= {least} AND events >= {threshold} * total AND events < 0.9 * total",
    ),
    sentence="{n} of {total} {name} of {source} have a value without its currency, and others have one: Pinterest "
    "assumes the ad account's currency.",
    fix="Send the ISO 4217 code in currency wherever the value is sent.",
    least=5,
    threshold=0.05,
    why="Who knows the currency of one order knows that of all. Where nearly all lack it, "
    "field-missing-on-nearly-all speaks.",
    source="Pinterest's OpenAPI 5.23 on currency",
)

OPT_OUT_EVERYWHERE: Final = ObservationRule(
    name="opt-out-everywhere",
    severity="warning",
    effect="none",
    summary="Not every event of a source, nor nearly every one of the web, opts out of tracking.",
    query="""
        SELECT account, '' AS event_name, source, '' AS detail, SUM(opt_out) AS events, COUNT(*) AS total,
            MIN(id) FILTER (WHERE opt_out = 1) AS example, MAX(id) FILTER (WHERE opt_out = 1) AS other
        FROM facts
        WHERE EXISTS (SELECT 1 FROM facts WHERE opt_out = 1) AND kind = 'event' AND test = 0 AND source <> 'segment'
        GROUP BY account, source
        HAVING COUNT(*) >= {least} AND (SUM(opt_out) = COUNT(*) OR (
            MIN(action_source) = 'web' AND MAX(action_source) = 'web' AND SUM(opt_out) >= {threshold} * COUNT(*)
            AND COUNT(DISTINCT COALESCE(ip, em, external_id)) FILTER (WHERE opt_out = 1) >= 10 * {least}))
    """,
    sentence="{n} of {total} events of {source} say that the person opted out.",
    fix="Send opt_out only for people who opted out; look for a default that is true, or a condition that is the wrong "
    "way round.",
    least=5,
    threshold=0.8,
    why="Five people who all opted out are a default; four in five of fifty visitors are a condition that is the wrong "
    "way round. Of an app's people that many may refuse. Segment's destination sends opt_out by itself.",
    source="Pinterest's documentation of opt_out",
)

CART_BY_LOOKING: Final = ObservationRule(
    name="cart-filled-by-looking",
    severity="warning",
    effect="wrong",
    summary="add_to_cart is sent when something is put into the cart, not when a product's page opens.",
    query="""
        SELECT account, 'add_to_cart' AS event_name, source, '' AS detail, SUM(at_once) AS events, SUM(carts) AS total,
            MIN(earlier) FILTER (WHERE at_once = 1) AS example, MIN(id) FILTER (WHERE at_once = 1) AS other
        FROM (
            SELECT account, source, id, event_time, carts, LAG(id) OVER w AS earlier,
                CASE WHEN carts = 1 AND LAG(carts) OVER w = 0 AND event_time - LAG(event_time) OVER w <= 2
                    THEN 1 ELSE 0 END AS at_once
            FROM (
                SELECT account, source, id, event_time, products, COALESCE(em, external_id, click_id, ip) AS person,
                    CASE WHEN event_name = 'add_to_cart' THEN 1 ELSE 0 END AS carts
                FROM accepted
                WHERE EXISTS (SELECT 1 FROM names WHERE event_name = 'add_to_cart') AND action_source <> 'offline'
                    AND event_name IN ('page_visit', 'view_content', 'add_to_cart') AND products IS NOT NULL
            ) AS steps WHERE person IS NOT NULL
            WINDOW w AS (PARTITION BY person, products, source, account ORDER BY event_time, carts, id)
        ) AS told
        GROUP BY account, source
        HAVING SUM(at_once) >= {least} AND SUM(at_once) >= {threshold} * SUM(carts)
            AND SUM(at_once) >= {threshold} * (COUNT(*) - SUM(carts))
            AND 10 * COUNT(DISTINCT event_time) >= 3 * COUNT(*)
    """,
    sentence="{n} of {total} {name} of {source} come within two seconds of the same person's visit of the product's page, "
    "and nearly every such visit has one: looking at a product is reported as putting it into the cart.",
    fix="Send add_to_cart from the button or the cart's hook, and only page_visit when the page opens.",
    least=20,
    threshold=0.8,
    why="Hardly anyone fills a cart two seconds after a page opens, and few visits end in a cart at all. Where most events "
    "have one time, a clock stands still.",
)

RULES: Final = (
    CART_BY_LOOKING, SYSTEMATIC_WARNING, SYSTEMATIC_INFO, FIELD_MISSING, CURRENCY_AT_TIMES, NAME_MISSPELT, NAME_OF_ANOTHER_PLATFORM,
    OPT_OUT_EVERYWHERE,
)  # fmt: skip
