"""What happens to a request, one small function a step; their order is the order of the checks.

A step reads the emulator and fills in the delivery; it raises Refused when the request ends with it.
"""

from __future__ import annotations

import hashlib
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import orjson

from mockpin.emulator.accounts import AD_ACCOUNT_ID
from mockpin.emulator.history.rows import make_event_rows
from mockpin.emulator.json_texts import JsonUnreadable, parse_json
from mockpin.emulator.masking.events import mask_payload
from mockpin.emulator.masking.texts import mask_secrets
from mockpin.emulator.pipeline import answers
from mockpin.emulator.pipeline.answers import PROCESSED, Verdict
from mockpin.emulator.pipeline.deduplication import First, make_key
from mockpin.emulator.pipeline.delivery import Delivery, Refused
from mockpin.emulator.pipeline.event_names import canonical_name
from mockpin.emulator.pipeline.reporting_class import classify
from mockpin.emulator.pipeline.unpacking import BodyTooLarge, BodyUnreadable, unpack_request
from mockpin_validator.contract.gate import accepts_envelope
from mockpin_validator.judging.limited_data_processing import limit_data_processing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mockpin.emulator.emulator import Emulator
    from mockpin.emulator.pipeline.faults import Fault
    from mockpin_validator import Judge
    from mockpin_validator.judging.finding import Finding

    Step = Callable[[Emulator, Delivery], None]

FAULTY = "The event could not be processed."


def read_body(emulator: Emulator, delivery: Delivery) -> None:
    """Read the body before anything is decided: the history shows what was sent, whatever is answered."""
    limit = emulator.settings.body_limit
    try:
        delivery.payload = parse_json(unpack_request(delivery.request, limit=limit))
    except BodyTooLarge:
        delivery.unreadable = Refused(answers.too_large(limit), "too-large")
    except BodyUnreadable as error:
        delivery.unreadable = Refused(answers.invalid(str(error)), "unreadable")
    except JsonUnreadable as error:
        delivery.unreadable = Refused(answers.invalid(f"the body is not JSON: {error}"), "not-json")


def fault_on_request(emulator: Emulator, delivery: Delivery) -> None:
    """A fault that strikes before anything is looked at; a dropped request is not processed."""
    strike(delivery, emulator.faults.on_request(delivery.ad_account_id))
    if delivery.fault and delivery.fault.kind == "drop":
        raise Refused(answers.broken())


def authenticate(emulator: Emulator, delivery: Delivery) -> None:
    """401 without a token that somebody has."""
    if not emulator.accounts.knows(delivery.request.token):
        raise Refused(answers.unauthorized(), "token")


def authorize(emulator: Emulator, delivery: Delivery) -> None:
    """400 for an ad account that is no number, 403 for one that the token does not open.

    An ad account that does not exist gets what the setting `unknown_ad_account` says.
    """
    if not AD_ACCOUNT_ID.fullmatch(delivery.ad_account_id):
        raise Refused(answers.malformed_ad_account(delivery.ad_account_id), "ad-account")
    if not emulator.accounts.permits(str(delivery.request.token), delivery.ad_account_id):
        exists = emulator.accounts.has(delivery.ad_account_id)
        status = HTTPStatus.FORBIDDEN if exists else emulator.settings.unknown_ad_account
        raise Refused(answers.BY_STATUS[status](), "ad-account")


def limit_rate(emulator: Emulator, delivery: Delivery) -> None:
    """429 for one request too many; whatever is answered from here on says what is left."""
    allowance = emulator.rate_limit.count(delivery.ad_account_id, delivery.now)
    if allowance:
        delivery.limit_headers = allowance.headers
        if allowance.exceeded:
            raise Refused(answers.rate_limited(), "rate-limit")


def require_json(_emulator: Emulator, delivery: Delivery) -> None:
    """413 for a body that is too large, 400 for one that is not JSON."""
    if delivery.unreadable:
        raise delivery.unreadable


def match_schema(emulator: Emulator, delivery: Delivery) -> None:
    """400 for what the schema refuses; of what it accepts, what the rules find.

    An event is written as soon as it is judged: of a thousand, the first have left the processor's caches
    when the last is reached.
    """
    judge, payload = emulator.judge, delivery.payload
    if not accepts_envelope(payload):
        raise refuse_payload(judge, payload)
    events = delivery.events = payload["data"]
    for event, found in zip(events, judge.judge_each(events, now=delivery.now), strict=True):
        if found is None:
            raise refuse_payload(judge, payload)
        delivery.findings.append(found)
        delivery.texts.append(orjson.dumps(event))


def judge_events(emulator: Emulator, delivery: Delivery) -> None:
    """Each event processed or failed, with messages; of a test request only the first few are judged."""
    events = delivery.events
    delivery.judged = min(len(events), emulator.settings.test_batch) if delivery.test else len(events)
    if delivery.judged < len(events):
        unjudged = len(events) - delivery.judged
        delivery.findings[delivery.judged :] = [()] * unjudged
    delivery.verdicts = [reach_verdict(each) if each else PROCESSED for each in delivery.findings]
    delivery.names = [canonical_name(event["event_name"]) for event in events]


def fault_on_events(emulator: Emulator, delivery: Delivery) -> None:
    """A fault that strikes once the events are known."""
    strike(delivery, emulator.faults.on_events(delivery.ad_account_id, {*delivery.names}))
    fault = delivery.fault
    for index in fault.value if fault and fault.kind == "fail_events" else ():
        if index < len(delivery.verdicts):
            delivery.verdicts[index] = Verdict("failed", FAULTY)


def find_duplicates(emulator: Emulator, delivery: Delivery) -> None:
    """Mark what repeats an earlier report; failed, offline and test events take no part."""
    if delivery.test:
        delivery.duplicates = [None] * len(delivery.events)
        return
    delivery.duplicates = [
        None
        if verdict.status == "failed" or event["action_source"] == "offline"
        else recall(emulator, delivery, index)
        for index, (event, verdict) in enumerate(zip(delivery.events, delivery.verdicts, strict=True))
    ]


def limit_processing(emulator: Emulator, delivery: Delivery) -> None:
    """Say of each event whether limited data processing applies."""
    states = emulator.settings.ldp_states
    delivery.limited = [limit_data_processing(event, states) for event in delivery.events]


def classify_events(emulator: Emulator, delivery: Delivery) -> None:
    """Say of each event whether it is reported as web, app or offline."""
    now, late_after = delivery.now, emulator.settings.late_after
    delivery.reported = [
        classify(event["action_source"], age=now - event["event_time"], late_after=late_after)
        for event in delivery.events
    ]


def store(_emulator: Emulator, delivery: Delivery) -> None:
    """Have the events kept; they are committed before the answer goes out."""
    delivery.rows = make_event_rows(delivery)


def answer_events(emulator: Emulator, delivery: Delivery) -> None:
    """200, or 422 when events failed."""
    delivery.answer = answers.judged(delivery.verdicts, emulator.settings.mixed_batch_status)


def answer_tag(_emulator: Emulator, delivery: Delivery) -> None:
    """A pixel."""
    delivery.answer = answers.beacon()


EVENTS: Sequence[Step] = (
    read_body, fault_on_request, authenticate, authorize, limit_rate, require_json, match_schema,
    judge_events, fault_on_events, find_duplicates, limit_processing, classify_events, store, answer_events,
)  # fmt: skip
#: The tag's events have been read from its own form, and nothing refuses them.
TAG: Sequence[Step] = (find_duplicates, limit_processing, classify_events, store, answer_tag)


def refuse_payload(judge: Judge, payload: Any) -> Refused:
    """The refusal of a payload. Only its sender sees the offending value."""
    sentence = judge.refusal(payload) or "a value is not accepted"
    shown = judge.refusal(mask_payload(payload)) or "a value is not accepted"
    return Refused(answers.invalid(sentence), "schema", answers.invalid(shown).body)


def strike(delivery: Delivery, fault: Fault | None) -> None:
    """Let a fault bite: a status ends the request, anything else waits for its place."""
    if fault is None:
        return
    delivery.fault = fault
    if fault.kind == "status":
        raise Refused(answers.BY_STATUS[fault.value]())


def reach_verdict(findings: tuple[Finding, ...]) -> Verdict:
    """The verdict from what was found: the first error fails the event, replies of warnings are joined."""
    error = next((finding for finding in findings if finding.severity == "error"), None)
    warnings = "; ".join(f.reply for f in findings if f.severity == "warning" and f.reply)
    if error is None:
        return Verdict(warning_message=warnings)
    return Verdict("failed", error.reply or error.message, warnings)


def recall(emulator: Emulator, delivery: Delivery, index: int) -> int | None:
    """The number of the event's first report, None when this is it."""
    event: Any = delivery.events[index]
    name, event_id = hide_person(event["event_name"]), hide_person(event.get("event_id", ""))
    key = make_key(delivery.ad_account_id, name, event_id)
    if key is None:
        return None
    first = delivery.firsts.get(key) or emulator.deduplication.find(key, delivery.now)
    if first is None:
        delivery.firsts[key] = First(delivery.first_seq + index, delivery.now)
        return None
    return first.seq


def hide_person(text: str) -> str:
    """A name or an id that holds somebody's address, as a digest: it is kept while the window lasts."""
    return text if mask_secrets(text) == text else hashlib.sha256(text.encode()).hexdigest()
