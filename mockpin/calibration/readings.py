"""How the answers to a probe are read: what was observed, in words, and the settings that follow."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING

from mockpin.calibration.failures import ProbeUnreadable, ServiceFailed
from mockpin.calibration.limits import find_limit
from mockpin.calibration.probes import EventVariant, Probe
from mockpin.emulator.settings.durations import format_duration, parse_duration

if TYPE_CHECKING:
    from mockpin.calibration.observed import EventVerdict, ObservedAnswer
    from mockpin.calibration.session import ProbeSession

#: Outcomes as a table shows them.
WORDS = {"processed": "processed", "failed": "failed", "refused": "the whole request is refused"}
_POLICY = re.compile(r"(?<!\d)(\d{1,18})\s{0,9};\s{0,9}w\s{0,9}=\s{0,9}(\d{1,18})")
_FIRST_COUNT = re.compile(r"\s*+(\d{1,18})")
_WINDOWS = {1: "s", 60: "min", 3600: "h", 86_400: "d"}
#: Match keys that the notation of the setting `unhashed` names first.
_NAMED_KEYS = ("em", "external_id")


@dataclass(frozen=True)
class ProbeReading:
    """What the answers say: words, equal for equal behaviour, and settings as their flags take them."""

    observed: str
    settings: Mapping[str, str] = field(default_factory=dict)


def read_plain(session: ProbeSession, probe: Probe) -> ProbeReading:
    """A correct event is processed; asked once more, since the first answer shows the service's clock.

    Raises ServiceFailed when it is not: nothing could then be learned from the other probes.
    """
    answer = session.ask(probe.variants)
    if answer.outcomes[0] != "processed":
        answer = session.ask(probe.variants)
    if answer.outcomes[0] != "processed":
        said = answer.verdicts[0].error if answer.verdicts else str(answer.summary.get("message", ""))
        raise ServiceFailed(
            f"The service does not process a correct event (status {answer.status}: {said[:200]!r}), "
            "so nothing can be learned from the other probes."
        )
    return ProbeReading("processed")


def read_mixed_batch(session: ProbeSession, probe: Probe) -> ProbeReading:
    """The status of a batch of which some events fail. Raises ProbeUnreadable when none or all do."""
    answer = session.ask(probe.variants)
    failed = [not verdict.processed for verdict in answer.verdicts]
    session.failing = next(
        (variant for variant, fails in zip(probe.variants, failed, strict=False) if fails), None
    )
    if answer.outcomes == ["refused"]:
        return ProbeReading(f"{answer.status} for the whole request")
    if not answer.verdicts and answer.status == HTTPStatus.OK and answer.outcomes == ["failed"]:
        return ProbeReading("200", {"mixed_batch_status": "200"})
    if failed and (all(failed) or not any(failed)):
        raise ProbeUnreadable("the service did not fail just some of the events.")
    return read_status(answer, "mixed_batch_status")


def read_failed_batch(session: ProbeSession, probe: Probe) -> ProbeReading:
    """The status of a batch of which every event fails."""
    del probe
    failing = require_failing(session)
    answer = session.ask([failing, failing][: session.batch])
    return ProbeReading(str(answer.status))


def read_status(answer: ObservedAnswer, setting: str) -> ProbeReading:
    """The status, and the setting where it can have that value."""
    known = answer.status in (HTTPStatus.OK, HTTPStatus.UNPROCESSABLE_ENTITY)
    return ProbeReading(str(answer.status), {setting: str(answer.status)} if known else {})


def read_consequence(session: ProbeSession, probe: Probe) -> ProbeReading:
    """What happens to the one event of the probe."""
    outcome = session.ask(probe.variants).outcomes[0]
    value = probe.options.get("values", {}).get(outcome)
    return ProbeReading(WORDS[outcome], dict.fromkeys(probe.settings, value) if value else {})


def read_verdicts(session: ProbeSession, probe: Probe) -> ProbeReading:
    """The status, and the outcome of each event."""
    answer = session.ask(probe.variants[: session.batch])
    return ProbeReading(f"{answer.status}: {', '.join(answer.outcomes)}")


def read_unhashed(session: ProbeSession, probe: Probe) -> ProbeReading:
    """What plain text does to its event, by match key."""
    keys = [next(iter(variant.changes["user_data"])) for variant in probe.variants]
    outcomes = session.ask_each(probe.variants)
    tolerated = (
        variant for variant, outcome in zip(probe.variants, outcomes, strict=True) if outcome == "processed"
    )
    session.tolerated = next(tolerated, None)
    verdicts = {
        key: "warn" if outcome == "processed" else "fail" for key, outcome in zip(keys, outcomes, strict=True)
    }
    text = write_by_key(verdicts)
    return ProbeReading(text, {"unhashed": text})


def write_by_key(verdicts: Mapping[str, str]) -> str:
    """Verdicts by match key in the notation of `unhashed`, `*` standing for what most other keys get."""
    others = {key: verdict for key, verdict in verdicts.items() if key not in _NAMED_KEYS}
    ((usual, _),) = Counter(others.values()).most_common(1)
    unusual = {key: verdict for key, verdict in others.items() if verdict != usual}
    named = {key: verdicts[key] for key in _NAMED_KEYS}
    return ",".join(f"{key}:{verdict}" for key, verdict in {**named, **unusual, "*": usual}.items())


def read_warnings(session: ProbeSession, probe: Probe) -> ProbeReading:
    """Whether missing recommended fields are warned of, and whether plain text is."""
    tolerated = [session.tolerated] if session.tolerated else []
    complete, bare, *plain_text = ask_verdicts(session, [*probe.variants, *tolerated])
    if bare.warning and bare.warning != complete.warning:
        return ProbeReading("missing recommended fields are warned of", {"warnings": "2026"})
    if plain_text and not plain_text[0].warning:
        return ProbeReading("there are no warnings", {"warnings": "off"})
    return ProbeReading("only wrong values are warned of", {"warnings": "2024"})


def ask_verdicts(session: ProbeSession, variants: Sequence[EventVariant]) -> list[EventVerdict]:
    """The verdict on each event. Raises ProbeUnreadable where the answer does not list them."""
    verdicts: list[EventVerdict] = []
    for start in range(0, len(variants), session.batch):
        batch = variants[start : start + session.batch]
        listed = session.ask(batch).verdicts
        if len(listed) != len(batch):
            raise ProbeUnreadable("the answer does not list the events.")
        verdicts += listed
    return verdicts


def read_test_batch(session: ProbeSession, probe: Probe) -> ProbeReading:
    """How many events of a test request are judged: those that fail, of a batch that would fail whole."""
    failing = require_failing(session)
    for size in probe.options["sizes"]:
        outcomes = session.ask([failing] * size).outcomes
        judged = next(
            (index for index, outcome in enumerate(outcomes) if outcome == "processed"), len(outcomes)
        )
        if outcomes == ["refused"] or not judged:
            raise ProbeUnreadable(f"a batch of {size} events that fail was answered without their failures.")
        if judged < size:
            break
    session.batch = min(session.batch, judged)
    return ProbeReading(str(judged), {"test_batch": str(judged)})


def require_failing(session: ProbeSession) -> EventVariant:
    """An event that the service was seen to fail. Raises ProbeUnreadable where there is none."""
    if session.failing is None:
        raise ProbeUnreadable("no event is known that the service fails.")
    return session.failing


def read_time_limit(session: ProbeSession, probe: Probe) -> ProbeReading:
    """The largest age, or distance ahead of the service's clock, that is processed."""
    sign = -1 if probe.options["direction"] == "ahead" else 1
    spans = {name: [parse_duration(text) for text in probe.options[name]] for name in ("likely", "far")}

    def ask(distances: Sequence[float]) -> list[bool]:
        outcomes = session.ask_each([EventVariant(age=sign * distance) for distance in distances])
        return [outcome == "processed" for outcome in outcomes]

    limit = format_duration(find_limit(ask, batch=session.batch, **spans).choose_round())
    return ProbeReading(limit, dict.fromkeys(probe.settings, limit))


def read_unknown_account(session: ProbeSession, probe: Probe) -> ProbeReading:
    """The status that the service answers for an ad account that does not exist."""
    status = session.ask(probe.variants, ad_account_id=probe.options["ad_account_id"]).status
    known = status in (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)
    return ProbeReading(str(status), {name: str(status) for name in probe.settings} if known else {})


def read_rate_limit(session: ProbeSession, probe: Probe) -> ProbeReading:
    """The limit in the headers, in the form of Envoy: the tightest policy is the one that they name first."""
    headers = session.ask(probe.variants).headers
    text = headers.get("x-ratelimit-limit") or headers.get("ratelimit-limit")
    if text is None:
        return ProbeReading("no limit is announced", {"rate_limit": "off"})
    policies = [(int(count), int(window)) for count, window in _POLICY.findall(text)]
    first = _FIRST_COUNT.match(text)
    tightest = next((policy for policy in policies if first and policy[0] == int(first[1])), None)
    if tightest is None or tightest[1] not in _WINDOWS or not tightest[0]:
        raise ProbeUnreadable("the header X-RateLimit-Limit names no limit with its window.")
    limit = f"{tightest[0]}/{_WINDOWS[tightest[1]]}"
    return ProbeReading(limit, {"rate_limit": limit})


#: The readings by the names that probes use.
READINGS: Mapping[str, Callable[[ProbeSession, Probe], ProbeReading]] = {
    "plain": read_plain,
    "mixed_batch": read_mixed_batch,
    "failed_batch": read_failed_batch,
    "consequence": read_consequence,
    "verdicts": read_verdicts,
    "unhashed": read_unhashed,
    "warnings": read_warnings,
    "test_batch": read_test_batch,
    "time_limit": read_time_limit,
    "rate_limit": read_rate_limit,
    "unknown_account": read_unknown_account,
}
