"""The warnings of Pinterest's live API, in its own words."""

from collections.abc import Iterator
from typing import Final

from mockpin_validator.contract.request import CHECKOUT_KEYS
from mockpin_validator.judging.clean_schemas import either, has, other_than
from mockpin_validator.judging.context import Context, Event
from mockpin_validator.judging.evidence import OBSERVED_WARNING, OPENAPI
from mockpin_validator.judging.finding import Complaint
from mockpin_validator.judging.rule import ADVICE, HINT, rule

_WARNING_END: Final = "It may improve reporting performance such as ROAS/CPA."


@rule(ADVICE, OBSERVED_WARNING, clean=has("user_data.external_id", asked={"minItems": 1}))
def external_id_missing(event: Event, context: Context) -> Iterator[Complaint]:
    """Every event carries an external id."""
    if context.policy.warnings == "2026" and not event["user_data"].get("external_id"):
        yield Complaint(
            "/user_data",
            "external_id is missing: Pinterest highly recommends it on all events.",
            "Send the SHA-256 of your own id of the user.",
            f"external_id is missing. We highly recommend this on all events. {_WARNING_END}",
        )


@rule(
    ADVICE,
    OBSERVED_WARNING,
    clean=either(
        other_than("action_source", "web"),
        has("user_data.click_id", asked={"type": "string", "minLength": 1}),
    ),
)
def click_id_missing(event: Event, context: Context) -> Iterator[Complaint]:
    """Every web event carries the click id."""
    web = event["action_source"] == "web"
    if web and context.policy.warnings == "2026" and not event["user_data"].get("click_id"):
        yield Complaint(
            "/user_data",
            "click_id is missing: Pinterest highly recommends it, on checkout events at least.",
            "Send the _epik cookie, or the epik parameter of the landing page's URL.",
            f"click_id is missing. We highly recommend this on checkout events at least. {_WARNING_END}",
        )


@rule(
    HINT,
    OPENAPI,
    clean=either(
        other_than("event_name", "checkout"),
        has(*(f"user_data.{key}" for key in CHECKOUT_KEYS)),
    ),
)
def checkout_match_keys_missing(event: Event, _: Context) -> Iterator[Complaint]:
    """A checkout carries the customer's e-mail address, phone number and names, hashed."""
    missing = [key for key in CHECKOUT_KEYS if key not in event["user_data"]]
    if missing and event["event_name"] == "checkout":
        yield Complaint(
            "/user_data",
            f"The checkout lacks {', '.join(missing)}: Pinterest highly recommends each there.",
            f"Send the SHA-256 of {', '.join(missing)} where the customer gave it.",
        )


RULES: Final = (external_id_missing, click_id_missing, checkout_match_keys_missing)
