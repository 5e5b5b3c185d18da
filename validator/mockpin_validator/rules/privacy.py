"""Opt-out and limited data processing."""

from collections.abc import Iterator
from typing import Final

from mockpin_validator.contract.iso_codes import list_american_states
from mockpin_validator.contract.names import APP_SOURCES
from mockpin_validator.contract.spelling import quoted
from mockpin_validator.forensics import KnownHash, known
from mockpin_validator.forensics.domains import HEX_64, UPPER_CASE
from mockpin_validator.judging.clean_schemas import fields
from mockpin_validator.judging.context import Context, Event
from mockpin_validator.judging.evidence import LDP_STATES, LIMITED_DATA_PROCESSING, OPENAPI, OUR_ADVICE
from mockpin_validator.judging.finding import Complaint
from mockpin_validator.judging.limited_data_processing import (
    COUNTRY,
    FLAG,
    MISSING,
    find_location_faults,
    flags,
    limit_data_processing,
    list_sent_hashes,
    requests_limited_processing,
)
from mockpin_validator.judging.rule import HINT, MISTAKE, NOTE, rule

_OPT_OUT_TYPE: Final = "/custom_data/opt_out_type"
_UPPER_CASE_IS_FINE: Final = (
    " The guide to the flag hashes upper-case codes; for matching, Pinterest documents lower case."
)
_NO_OPT_OUT: Final = fields({"opt_out": {"const": False}})
_NO_OPT_OUT_TYPE: Final = fields({"custom_data.opt_out_type": {"enum": [None, ""]}})


@rule(NOTE, OPENAPI, clean=_NO_OPT_OUT)
def opt_out_set(event: Event, context: Context) -> Iterator[Complaint]:
    """opt_out is true only for users who opted out."""
    if event.get("opt_out") and not context.batch.constant_opt_out:
        yield Complaint("/opt_out", _describe_opt_out(event), "Send it only for users who opted out.")


@rule(MISTAKE, OUR_ADVICE, clean=_NO_OPT_OUT)
def opt_out_on_everything(event: Event, context: Context) -> Iterator[Complaint]:
    """opt_out is not true on every event of a batch, or of a file of five or more: probably a default."""
    if event.get("opt_out") and context.batch.constant_opt_out:
        complaint = complain_about_opt_out(f"{context.batch.size} events of this batch")
        yield complaint._replace(message=f"{complaint.message} {_describe_opt_out(event)}")


def complain_about_opt_out(events: str) -> Complaint:
    """Build the complaint that these events all opt out."""
    return Complaint(
        "/opt_out",
        f"All {events} opt out.",
        "Check the mapping: Segment's destination sends true unless it is configured otherwise.",
    )


@rule(MISTAKE, LIMITED_DATA_PROCESSING, clean=_NO_OPT_OUT_TYPE)
def opt_out_type_unknown(event: Event, _: Context) -> Iterator[Complaint]:
    """opt_out_type holds flags separated by commas. Pinterest processes one flag: LDP."""
    for flag in flags(event.get("custom_data", {}).get("opt_out_type")):
        if flag != FLAG:
            yield Complaint(
                _OPT_OUT_TYPE,
                f"{quoted(flag)} is not a flag that Pinterest processes.",
                "Send 'LDP' for limited data processing." if flag.upper() == FLAG else "Leave it out.",
            )


@rule(MISTAKE, LIMITED_DATA_PROCESSING, clean=_NO_OPT_OUT_TYPE)
def limited_data_processing_incomplete(event: Event, context: Context) -> Iterator[Complaint]:
    """Limited data processing needs the flag with the hashed state and country; otherwise it is ignored."""
    faults = find_location_faults(event, context.policy.ldp_states)
    missing = [key for key, fault in faults.items() if fault == MISSING]
    if missing and requests_limited_processing(event):
        yield Complaint(
            _OPT_OUT_TYPE,
            f"LDP is ignored: user_data has no {' and no '.join(missing)}.",
            "Send the SHA-256 of the two-letter state and country codes.",
        )


@rule(HINT, LDP_STATES, clean=_NO_OPT_OUT_TYPE)
def limited_data_processing_elsewhere(event: Event, context: Context) -> Iterator[Complaint]:
    """Limited data processing is asked for where it is known to have an effect: in California, United States.

    The severity is warning where `st` and `country` are not a state of the United States.
    """
    faults = find_location_faults(event, context.policy.ldp_states)
    if faults and MISSING not in faults.values() and requests_limited_processing(event):
        american = _is_american(event)
        yield Complaint(
            _OPT_OUT_TYPE,
            f"LDP is known to have an effect in {', '.join(context.policy.ldp_states)}, {COUNTRY} only: "
            f"{_describe_place(event, 'st')}, {_describe_place(event, 'country')}.",
            "Keep the flag if a state privacy law applies to the user: elsewhere its effect is not known."
            if american
            else "Check st and country: the flag is meant for states of the United States.",
            verdict=None if american else "warn",
        )


@rule(NOTE, LIMITED_DATA_PROCESSING, clean=_NO_OPT_OUT_TYPE)
def limited_data_processing(event: Event, context: Context) -> Iterator[Complaint]:
    """Limited data processing applies to the event. This finding is a note, not a problem."""
    if limit_data_processing(event, context.policy.ldp_states).applies:
        yield Complaint(
            _OPT_OUT_TYPE,
            "Limited data processing applies to this event.",
            f"There is nothing to do: flag, st and country agree.{_note_on_case(event)}",
        )


def _describe_opt_out(event: Event) -> str:
    if event["action_source"] in APP_SOURCES:
        return "For app events opt_out means Limit Ad Tracking, or opted out of ads personalization."
    return "For web and offline events opt_out means that the user opted out of tracking."


def _note_on_case(event: Event) -> str:
    forms = {origin.form for key in ("st", "country") if (origin := _origin(event, key))}
    return _UPPER_CASE_IS_FINE if UPPER_CASE in forms else ""


def _origin(event: Event, key: str) -> KnownHash | None:
    return known(key, _sent(event, key))


def _sent(event: Event, key: str) -> str:
    return list_sent_hashes(event["user_data"][key])[0]


def _is_american(event: Event) -> bool:
    """Whether `country` is the United States and `st` is one of its states."""
    origins = (_origin(event, "st"), _origin(event, "country"))
    state, country = (origin.written.lower() if origin else "" for origin in origins)
    return country == COUNTRY.lower() and state in list_american_states()


def _describe_place(event: Event, key: str) -> str:
    if not HEX_64.fullmatch(_sent(event, key)):
        return f"{key} is not hashed"
    origin = _origin(event, key)
    return f"{key} is {origin.written}" if origin else f"{key} is not the hash of a code that mockpin knows"


RULES: Final = (
    opt_out_set,
    opt_out_on_everything,
    opt_out_type_unknown,
    limited_data_processing_incomplete,
    limited_data_processing_elsewhere,
    limited_data_processing,
)
