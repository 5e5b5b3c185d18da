import socket
from collections import Counter

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from mockpin.calibration.failures import CredentialsRefused, ServiceFailed
from mockpin.calibration.interview import hold_interview
from mockpin.calibration.probes import load_probes
from mockpin.calibration.services import RemoteService
from mockpin.calibration.session import ProbeSession
from mockpin.emulator.settings.durations import format_duration
from mockpin.emulator.settings.texts import parse_unhashed
from tests.mockpin.calibration.stand_in import AD_ACCOUNT, HASHED, TOKEN, Behaviours, reply, standing_in

PROBES = load_probes()
NAMES = [probe.name for probe in PROBES]
VERDICTS = st.sampled_from(["warn", "fail"])
CONSEQUENCES = st.sampled_from(["refuse", "warn", "fail"])
LIMITS = {
    '120000, 120000;w=60;name="ads_conversions_ad_account_id"': "120000/min",
    "100, 100;w=1, 1000;w=60": "100/s",
    "1000, 5000;w=60, 1000;w=86400": "1000/d",
    None: "off",
}
AGES = st.sampled_from(
    [3_600, 86_400, 2 * 86_400, 7 * 86_400, 8 * 86_400, 14 * 86_400, 28 * 86_400, 62 * 86_400]
)
TOLERANCES = st.sampled_from([0, 30, 60, 90, 300, 900, 7_200, 86_400])
BEHAVIOURS = st.builds(
    Behaviours,
    mixed_batch_status=st.sampled_from([200, 422]),
    failed_batch_status=st.sampled_from([200, 422]),
    user_data_minimum=CONSEQUENCES,
    event_id_missing=CONSEQUENCES,
    unknown_event_name=VERDICTS,
    unknown_action_source=VERDICTS,
    em_as_text=CONSEQUENCES,
    unhashed=st.fixed_dictionaries(dict.fromkeys(HASHED, VERDICTS)),
    max_event_age=AGES,
    future_tolerance=TOLERANCES,
    warnings=st.sampled_from(["2026", "2024", "off"]),
    rate_limit=st.sampled_from([*LIMITS]),
    test_batch=st.sampled_from([1, 2, 7, 20, 21, 60, 100]),
    drops_unjudged=st.booleans(),
    clock_ahead=st.sampled_from([0, 0, 40_000, -40_000]),
    words=st.sampled_from(["", "Achtung: "]),
    unknown_ad_account=st.sampled_from([403, 404]),
)


def interview(url, *, ad_account=AD_ACCOUNT, token=TOKEN, probes=PROBES, **how):
    with RemoteService(url, ad_account, token) as service:
        session = ProbeSession(service, sleep=lambda _seconds: None, **how)
        return hold_interview(session, probes)


def settings_of(interview):
    return {name: text for answer in interview.answered for name, text in answer.reading.settings.items()}


def observed(interview):
    return {answer.probe.name: answer.reading.observed for answer in interview.answered}


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(BEHAVIOURS)
def test_every_combination_of_contested_behaviours_is_recovered(behaviours):
    event(f"warnings {behaviours.warnings}, {min(behaviours.test_batch, 20)} judged")
    with standing_in(behaviours) as (url, received):
        held = interview(url)
    found = settings_of(held)
    wanted = {
        "mixed_batch_status": str(behaviours.mixed_batch_status),
        "user_data_minimum": behaviours.user_data_minimum,
        "event_id_missing": behaviours.event_id_missing,
        "unknown_event_name": behaviours.unknown_event_name,
        "unknown_action_source": behaviours.unknown_action_source,
        "max_event_age": format_duration(behaviours.max_event_age),
        "future_tolerance": format_duration(behaviours.future_tolerance),
        "rate_limit": LIMITS[behaviours.rate_limit],
        "test_batch": str(behaviours.test_batch),
        "unknown_ad_account": str(behaviours.unknown_ad_account),
    }
    assert len(received) <= 40
    asked = {name for probe in PROBES if probe.settings for name in [probe.name]}
    assert not asked & held.missing.keys()
    if behaviours.test_batch == 1 and behaviours.drops_unjudged:
        del wanted["mixed_batch_status"]  # no answer is about more than one event
    assert {name: found.get(name) for name in wanted} == wanted
    unhashed = parse_unhashed(found["unhashed"])
    assert {key: unhashed.get(key, unhashed["*"]) for key in HASHED} == behaviours.unhashed
    if behaviours.warnings != "off" or "warn" in behaviours.unhashed.values():
        assert found["warnings"] == behaviours.warnings
    assert observed(held)["em-as-text"] == {
        "refuse": "the whole request is refused", "fail": "failed", "warn": "processed",
    }[behaviours.em_as_text]  # fmt: skip
    assert observed(held).get("failed-batch", str(behaviours.failed_batch_status)) == str(
        behaviours.failed_batch_status
    )


def test_every_event_is_about_nobody_and_in_a_test_request():
    with standing_in() as (url, received):
        interview(url)
    assert [path for path, _, _ in received if AD_ACCOUNT not in path] == [
        "/v5/ad_accounts/0/events?test=true"
    ]
    for path, _, body in received:
        assert path.endswith("/events?test=true")
        addresses = Counter(word for word in body.decode().split('"') if "@" in word)
        assert all(word.endswith("@example.com") for word in addresses)


def first_then(first, count=2, then=None):
    """Answers as the stand-in does `count` times, and then by `then`."""
    from tests.mockpin.calibration.stand_in import answer

    served = []

    def respond(handler, behaviours, body):
        served.append(body)
        (first or answer)(handler, behaviours, body) if len(served) <= count else then(handler)

    return respond


@pytest.mark.parametrize(
    ("ad_account", "token", "said"),
    [(AD_ACCOUNT, "pina_WRONG", "does not accept the token"), ("1", TOKEN, "does not let this token use")],
)
def test_wrong_credentials_end_it_at_once(ad_account, token, said):
    with standing_in() as (url, received):
        held = interview(url, ad_account=ad_account, token=token)
    assert isinstance(held.failure, CredentialsRefused)
    assert said in str(held.failure)
    assert (len(received), held.answered, [*held.missing]) == (1, [], NAMES)


def hang_up(handler):
    handler.close_connection = True
    handler.connection.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize(
    ("then", "said"),
    [
        (
            lambda handler: reply(handler, 200, b"<html>", kind="text/html"),
            "with text/html, not with a JSON object",
        ),
        (lambda handler: reply(handler, 500, {}), "answered 500: try again later"),
        (lambda handler: reply(handler, 200, b"[" * 90), "not with a JSON object"),
        (
            lambda handler: reply(handler, 307, {}, [("Location", f"https://me:pw@evil.test/{TOKEN}")]),
            "redirects to https://evil.test/[token]. The token is not sent there",
        ),
        (hang_up, "cannot be reached"),
    ],
)
def test_a_service_that_stops_answering_leaves_what_was_answered(then, said):
    with standing_in(respond=first_then(None, then=then)) as (url, received):
        held = interview(url)
    assert [answer.probe.name for answer in held.answered] == NAMES[:2]
    assert type(held.failure) is ServiceFailed
    assert said in str(held.failure)
    assert TOKEN not in str(held.failure)
    assert [*held.missing] == NAMES[2:]
    assert len(received) == 4


def test_one_probe_that_breaks_the_service_does_not_end_the_others():
    def respond(handler, behaviours, body):
        from tests.mockpin.calibration.stand_in import answer

        reply(handler, 500, {}) if b"kiosk" in body else answer(handler, behaviours, body)

    with standing_in(respond=respond) as (url, _):
        held = interview(url)
    assert [*held.missing] == ["unknown-action-source"]
    assert held.failure is None


def test_a_service_that_repeats_the_token_and_the_account_does_not_bring_them_into_the_answers():
    def respond(handler, behaviours, body):
        content = {"events": [{"status": "processed", "warning_message": f"{TOKEN} {AD_ACCOUNT}"}] * 20}
        reply(handler, 200, content, [("X-RateLimit-Policy", TOKEN), ("Set-Cookie", "a=b")])

    with standing_in(respond=respond) as (url, _):
        held = interview(url)
    kept = str([exchange.to_dict() for answer in held.answered for exchange in answer.exchanges])
    assert "[token]" in kept
    assert TOKEN not in kept
    assert AD_ACCOUNT not in kept
    assert "set-cookie" not in kept


def test_ctrl_c_keeps_what_was_answered():
    def interrupt(probe):
        if probe.name == NAMES[3]:
            raise KeyboardInterrupt

    with standing_in() as (url, _), RemoteService(url, AD_ACCOUNT, TOKEN) as service:
        held = hold_interview(ProbeSession(service, sleep=lambda _: None), PROBES, progress=interrupt)
    assert held.interrupted
    assert [answer.probe.name for answer in held.answered] == NAMES[:3]
    assert [*held.missing] == NAMES[3:]


def test_a_service_that_fails_a_correct_event_is_not_asked_further():
    with standing_in(Behaviours(max_event_age=-1)) as (url, received):
        held = interview(url)
    assert "does not process a correct event (status 422: 'Invalid event_timestamp" in str(held.failure)
    assert len(received) == 2
