"""Opting out, and limited data processing."""

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from typing import Final

from validator.context import Context, Event
from validator.evidence import LIMITED_DATA_PROCESSING, OPENAPI, OUR_ADVICE
from validator.finding import Complaint
from validator.forensics import known
from validator.names import APP_SOURCES
from validator.rule import MISTAKE, NOTE, rule
from validator.spelling import quoted

_OPT_OUT_TYPE: Final = "/custom_data/opt_out_type"
_NO_OPT_OUT: Final = {"properties": {"opt_out": {"const": False}}}
_NO_OPT_OUT_TYPE: Final = {
    "properties": {"custom_data": {"properties": {"opt_out_type": {"enum": [None, ""]}}}}
}


@rule(NOTE, OPENAPI, clean=_NO_OPT_OUT)
def opt_out_set(event: Event, context: Context) -> Iterator[Complaint]:
    """opt_out is true only for users who opted out."""
    if event.get("opt_out") and not context.batch.constant_opt_out:
        yield Complaint("/opt_out", _meaning_of_opt_out(event), "Send it only for users who opted out.")


@rule(MISTAKE, OUR_ADVICE, clean=_NO_OPT_OUT)
def opt_out_on_everything(event: Event, context: Context) -> Iterator[Complaint]:
    """opt_out is not true on every event of a batch: that is a default somewhere, no user's choice."""
    if context.batch.constant_opt_out:
        yield Complaint(
            "/opt_out",
            f"All {context.batch.size} events of this batch opt out. {_meaning_of_opt_out(event)}",
            "Check the mapping: Segment's destination sends true unless it is told otherwise.",
        )


@rule(MISTAKE, LIMITED_DATA_PROCESSING, clean=_NO_OPT_OUT_TYPE)
def opt_out_type_unknown(event: Event, _: Context) -> Iterator[Complaint]:
    """opt_out_type holds flags separated by commas, of which Pinterest knows one: LDP."""
    for flag in _flags(event):
        if flag != "LDP":
            yield Complaint(
                _OPT_OUT_TYPE,
                f"{quoted(flag)} is no flag that Pinterest processes.",
                "Send 'LDP' for limited data processing." if flag.upper() == "LDP" else "Leave it out.",
            )


@rule(MISTAKE, LIMITED_DATA_PROCESSING, clean=_NO_OPT_OUT_TYPE)
def limited_data_processing_incomplete(event: Event, _: Context) -> Iterator[Complaint]:
    """Limited data processing needs the hashed state and country beside the flag, or it is ignored."""
    missing = [key for key in ("st", "country") if not event["user_data"].get(key)]
    if missing and "LDP" in _flags(event):
        yield Complaint(
            _OPT_OUT_TYPE,
            f"LDP is ignored: user_data has no {' and no '.join(missing)}.",
            "Send the SHA-256 of the two-letter state and country codes.",
        )


@rule(MISTAKE, LIMITED_DATA_PROCESSING, clean=_NO_OPT_OUT_TYPE)
def limited_data_processing_elsewhere(event: Event, context: Context) -> Iterator[Complaint]:
    """Limited data processing is asked for where it has an effect: in California, United States."""
    if "LDP" in _flags(event) and _located(event) and not _applies(event, context):
        yield Complaint(
            _OPT_OUT_TYPE,
            f"LDP is ignored: {_place(event, 'st')}, {_place(event, 'country')}; "
            f"it has an effect in {', '.join(context.policy.ldp_states)}, US only.",
            "Check st and country, or leave the flag out.",
        )


@rule(NOTE, LIMITED_DATA_PROCESSING, clean=_NO_OPT_OUT_TYPE)
def limited_data_processing(event: Event, context: Context) -> Iterator[Complaint]:
    """Whoever reads the findings is told where limited data processing applies."""
    if "LDP" in _flags(event) and _applies(event, context):
        yield Complaint(
            _OPT_OUT_TYPE,
            "Limited data processing applies to this event.",
            "There is nothing to do: flag, st and country agree.",
        )


def _flags(event: Event) -> list[str]:
    flags = event.get("custom_data", {}).get("opt_out_type") or ""
    return [flag.strip() for flag in flags.split(",") if flag.strip()]


def _meaning_of_opt_out(event: Event) -> str:
    if event["action_source"] in APP_SOURCES:
        return "For app events opt_out means Limit Ad Tracking, or opted out of ads personalization."
    return "For web and offline events opt_out means that the user opted out of tracking."


def _located(event: Event) -> bool:
    return bool(event["user_data"].get("st") and event["user_data"].get("country"))


def _applies(event: Event, context: Context) -> bool:
    states, countries = event["user_data"].get("st", ()), event["user_data"].get("country", ())
    return not _hashes(context.policy.ldp_states).isdisjoint(map(str.lower, states)) and not _hashes(
        ("US",)
    ).isdisjoint(map(str.lower, countries))


@cache
def _hashes(codes: tuple[str, ...]) -> frozenset[str]:
    """The hashes of codes in either case: Pinterest's guide hashes upper case, its template lower case."""
    return frozenset(
        sha256(code.encode()).hexdigest() for each in codes for code in (each.lower(), each.upper())
    )


def _place(event: Event, key: str) -> str:
    origin = known(key, event["user_data"][key][0])
    return f"{key} is {origin.written}" if origin else f"{key} is the hash of no code that we know"


RULES: Final = (
    opt_out_set,
    opt_out_on_everything,
    opt_out_type_unknown,
    limited_data_processing_incomplete,
    limited_data_processing_elsewhere,
    limited_data_processing,
)
