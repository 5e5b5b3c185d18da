"""The steps that read a request and may refuse it, before its events are looked at one by one.

A step takes what it needs, then the request's context. It raises Refused to end the request.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import orjson

from mockpin.emulator.accounts import AD_ACCOUNT_ID
from mockpin.emulator.json_texts import JsonUnreadable, parse_json
from mockpin.emulator.masking.events import mask_payload
from mockpin.emulator.pipeline import answers
from mockpin.emulator.pipeline.context import JudgedEvent, RefusalCause, Refused
from mockpin.emulator.pipeline.unpacking import BodyTooLarge, BodyUnreadable, unpack_request
from mockpin_validator.contract.gate import accepts_envelope
from mockpin_validator.rules.schema import refusals

if TYPE_CHECKING:
    from mockpin.emulator.accounts import Accounts
    from mockpin.emulator.pipeline.context import RequestContext
    from mockpin.emulator.pipeline.faults import Fault, Faults
    from mockpin.emulator.pipeline.rate_limit import RateLimit
    from mockpin_validator import Judge

UNNAMED_REFUSAL = "a value is not accepted"


def read_body(limit: int, context: RequestContext) -> None:
    """Read the body first, so that the history shows what was sent whatever is answered."""
    try:
        context.payload = parse_json(unpack_request(context.request, limit=limit))
    except BodyTooLarge:
        context.unreadable = Refused(answers.too_large(limit), "too-large")
    except BodyUnreadable as error:
        context.unreadable = Refused(answers.invalid(str(error)), "unreadable")
    except JsonUnreadable as error:
        context.unreadable = Refused(answers.invalid(f"the body is not JSON: {error}"), "not-json")


def fault_on_request(faults: Faults, context: RequestContext) -> None:
    """Apply a fault that needs no event. A dropped request is not processed."""
    if faults:
        apply_fault(context, faults.on_request(context.ad_account_id))
    if context.fault and context.fault.kind == "drop":
        raise Refused(answers.broken())


def apply_fault(context: RequestContext, fault: Fault | None) -> None:
    """Note a fault. A status ends the request; other kinds distort the answer or fail events later."""
    if fault is None:
        return
    context.fault = fault
    if fault.kind == "status":
        raise Refused(answers.BY_STATUS[fault.value]())


def authorize(accounts: Accounts, unknown: int, context: RequestContext) -> None:
    """401 without a known token, 400 if the ad account is not a number, 403 if the token does not open it.

    A trusted request needs no token. `unknown` is the status for an ad account that does not exist.
    """
    token = context.request.token
    is_permitted = context.trusted or accounts.permits(token, context.ad_account_id)
    if not is_permitted and not accounts.knows(token):
        raise Refused(answers.unauthorized(), "token")
    if not AD_ACCOUNT_ID.fullmatch(context.ad_account_id):
        raise Refused(answers.malformed_ad_account(context.ad_account_id), "ad-account")
    if not is_permitted:
        status = HTTPStatus.FORBIDDEN if accounts.has(context.ad_account_id) else unknown
        raise Refused(answers.BY_STATUS[status](), "ad-account")


def limit_rate(rate_limit: RateLimit, context: RequestContext) -> None:
    """429 for one request too many. Every later answer says how many requests are left."""
    allowance = rate_limit.count(context.ad_account_id, context.now)
    if allowance:
        context.limit_headers = allowance.headers
        if allowance.exceeded:
            raise Refused(answers.rate_limited(), "rate-limit")


def require_json(context: RequestContext) -> None:
    """413 for a body that is too large, 400 for one that is not JSON."""
    if context.unreadable:
        raise context.unreadable


def match_schema(judge: Judge, context: RequestContext) -> None:
    """400 when the schema refuses the payload; otherwise each event with what the rules find.

    Each event is written as JSON as soon as it is judged: the first of a thousand have left the processor's
    caches by the time the last is judged.
    """
    payload = context.payload
    if not accepts_envelope(payload):
        raise refuse_payload(judge, payload)
    events, dumps = payload["data"], orjson.dumps
    for event, findings in zip(events, judge.judge_each(events, now=context.now), strict=True):
        if findings is None:
            raise refuse_payload(judge, payload)
        context.events.append(JudgedEvent(event, dumps(event), findings))


def refuse_payload(judge: Judge, payload: Any) -> Refused:
    """The refusal of a payload. Only its sender sees the offending value."""
    masked = mask_payload(payload)
    shown = answers.invalid(judge.refusal(masked) or UNNAMED_REFUSAL).body
    answer = answers.invalid(judge.refusal(payload) or UNNAMED_REFUSAL).with_stored(shown)
    first = next(refusals(masked, judge.demands))
    return Refused(answer, "schema", RefusalCause(first.path, first.message))
