"""What nearly all events of a name have in common: findings, consent, and what they lack."""

from __future__ import annotations

from typing import Final

from mockpin.observations.rule import ObservationRule

#: Rules that say a thing is absent or unusual, which may well be so on purpose for all events of a name; so
#: are those that have reasons of their own in the report.
NOT_RAISED: Final = (
    "checkout-match-keys-missing", "external-id-missing", "click-id-missing", "visitor-missing",
    "app-details-missing", "mobile-advertising-id-missing", "app-details-elsewhere", "event-name-unknown",
    "event-name-form", "event-time-late", "event-id-blank", "event-id-duplicated", "event-id-constant",
    "opt-out-set", "opt-out-on-everything", "limited-data-processing", "limited-data-processing-elsewhere",
    "null-field", "empty-field", "legacy-field", "partner-name-form", "language-form", "user-agent-bot",
    "user-agent-unrecognized", "ip-address-not-public", "content-ids-disagree", "tag-data-unreadable",
    "match-key-upper-case", "value-zero", "event-source-url-missing",
)  # fmt: skip
_EXCLUDED: Final = ", ".join(map(repr, NOT_RAISED))


def _raised(severity: str) -> str:
    return f"""
        SELECT account, event_name, source, rule AS detail, events, total, example, other
        FROM findings WHERE severity = '{severity}' AND rule NOT IN ({_EXCLUDED})
            AND total >= {{least}} AND events >= {{threshold}} * total
    """


_WHY: Final = (
    "A mistake on nine in ten events of a name is one of the sender, not of an event; under ten events it may "
    "be chance."
)
SYSTEMATIC_WARNING: Final = ObservationRule(
    name="warning-on-nearly-all",
    family="systematic",
    severity="error",
    effect="wrong",
    summary="No warning is on nearly all events of a name.",
    query=_raised("warning"),
    sentence="{n} of {total} {name} of {source} have the finding {detail}: a mistake of the sender, not of single "
    "events.",
    fix="Correct what the rule names once, in the code that makes these events.",
    least=10,
    threshold=0.9,
    why=_WHY,
)
SYSTEMATIC_INFO: Final = ObservationRule(
    name="info-on-nearly-all",
    family="systematic",
    severity="warning",
    effect="wrong",
    summary="No mistake that is only an info on one event is on nearly all events of a name.",
    query=_raised("info"),
    sentence="{n} of {total} {name} of {source} have the finding {detail}: a mistake of the sender, not of single "
    "events.",
    fix="Correct what the rule names once, in the code that makes these events.",
    least=10,
    threshold=0.9,
    why=_WHY,
)

OPT_OUT_EVERYWHERE: Final = ObservationRule(
    name="opt-out-everywhere",
    family="consent",
    severity="warning",
    effect="none",
    summary="Not every event of a source opts out of tracking.",
    query="""
        SELECT account, '' AS event_name, source, '' AS detail, COUNT(*) AS events, COUNT(*) AS total,
            MIN(id) AS example, MAX(id) AS other
        FROM real WHERE source <> 'segment'
        GROUP BY account, source HAVING COUNT(*) >= {least} AND SUM(opt_out) = COUNT(*)
    """,
    sentence="Every one of {total} events of {source} says that its person opted out.",
    fix="Send opt_out only for people who opted out; look for a default that is true.",
    least=5,
    why="Five people who all opted out are a default. Segment's destination sends opt_out by itself.",
    source="Pinterest's documentation of opt_out",
)

RULES: Final = (SYSTEMATIC_WARNING, SYSTEMATIC_INFO, OPT_OUT_EVERYWHERE)
