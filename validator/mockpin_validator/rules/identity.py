"""Whether user_data identifies a person, and whether Pinterest knows its fields."""

from collections.abc import Iterator
from typing import Final

from mockpin_validator.contract.request import IDENTIFYING_KEYS, properties_of
from mockpin_validator.contract.vocabulary import did_you_mean, is_presentable
from mockpin_validator.judging.clean_schemas import CleanSchema, either, fields, has
from mockpin_validator.judging.context import Context, Event
from mockpin_validator.judging.evidence import MAGENTO_OPT_OUT, OPENAPI_INFERRED, UNKNOWN_FIELD
from mockpin_validator.judging.finding import Complaint
from mockpin_validator.judging.policy import verdict_of
from mockpin_validator.judging.rule import MISTAKE, rule

_KNOWN: Final = frozenset(properties_of("match_keys"))
_CLOSED: Final = fields(
    {"user_data": {"properties": dict.fromkeys(_KNOWN, True), "additionalProperties": False}}
)
_OPT_OUT_TYPE: Final = Complaint(
    "/user_data/opt_out_type",
    "Pinterest documents opt_out_type in custom_data; what it does with user_data.opt_out_type is unknown.",
    "Send custom_data.opt_out_type.",
    evidence=MAGENTO_OPT_OUT,
)


def _filled(keys: tuple[str, ...]) -> CleanSchema:
    return has(*(f"user_data.{key}" for key in keys), asked={"minItems": 1, "minLength": 1})


@rule(MISTAKE, OPENAPI_INFERRED, clean=either(*map(_filled, IDENTIFYING_KEYS)))
def user_data_minimum(event: Event, context: Context) -> Iterator[Complaint]:
    """user_data holds em, or hashed_maids, or an IP address with a user agent, and these are not empty."""
    user_data = event["user_data"]
    if not any(all(user_data.get(key) for key in keys) for keys in IDENTIFYING_KEYS):
        empty = any(all(key in user_data for key in keys) for keys in IDENTIFYING_KEYS)
        yield Complaint(
            "/user_data",
            f"user_data does not identify anyone{': its required fields are empty' if empty else ''}.",
            "Send em, or hashed_maids, or client_ip_address with client_user_agent.",
            verdict=None if empty else verdict_of(context.policy.user_data_minimum),
        )


@rule(MISTAKE, UNKNOWN_FIELD, clean=_CLOSED)
def user_data_field_unknown(event: Event, _: Context) -> Iterator[Complaint]:
    """user_data holds only documented fields. Pinterest accepts others and probably ignores them."""
    for name in event["user_data"]:
        if name == "opt_out_type":
            yield _OPT_OUT_TYPE
        elif name not in _KNOWN:
            shown = is_presentable(name)
            yield Complaint(
                f"/user_data/{name}" if shown else "/user_data",
                f"Pinterest does not document user_data.{name} and probably ignores it."
                if shown
                else "user_data holds a field that Pinterest does not document and probably ignores.",
                did_you_mean(name, "user_data"),
            )


RULES: Final = (user_data_minimum, user_data_field_unknown)
