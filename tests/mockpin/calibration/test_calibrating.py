import dataclasses
import re
from datetime import UTC, datetime

import pytest

from mockpin.calibration.calibrating import (
    BehaviourDrift,
    check_offline,
    check_online,
    collect_settings,
    describe,
    find_deviations,
    find_unaskable,
    interview_emulator,
    list_deviations,
    make_calibration,
    record_probe,
)
from mockpin.calibration.interview import AnsweredProbe, Interview
from mockpin.calibration.observed import ObservedAnswer
from mockpin.calibration.probes import EventVariant, load_probes
from mockpin.calibration.readings import ProbeReading
from mockpin.calibration.session import ProbeExchange
from mockpin.emulator.settings.settings import Settings, read_settings
from mockpin.version import __version__
from tests.mockpin.calibration.scripted import NOW, judge

PROBES = [probe for probe in load_probes() if probe.name in ("plain-event", "mixed-batch")]
QUESTION = PROBES[1].question


@pytest.fixture(scope="module")
def tolerant():
    """What an emulator answers that gives a mixed batch a 200."""
    return interview_emulator(PROBES, read_settings({"mixed_batch_status": "200"}))


def answered(observed, outcome="processed", settings=None, *, readable=True):
    exchanges = [ProbeExchange(NOW, [EventVariant().build(NOW)], judge(outcome))]
    return AnsweredProbe(PROBES[1], ProbeReading(observed, settings or {}), exchanges, readable)


def test_a_calibration_holds_what_was_observed_beside_the_emulators_defaults(tolerant):
    made = make_calibration(tolerant, PROBES, service="https://x.test", ad_account_id="549755885175")
    assert (made.service, made.mockpin) == ("https://x.test", __version__)
    assert made.observed == datetime.now(UTC).date().isoformat()
    assert "549755885175" not in str(made)
    assert made.settings == {"mixed_batch_status": "200"}
    plain, mixed = made.probes
    assert (plain["emulated"], plain["observed"], plain["agrees"]) == ("processed", "processed", True)
    assert (mixed["emulated"], mixed["observed"], mixed["agrees"]) == ("422", "200", False)
    assert (plain["reproduced"], mixed["reproduced"], made.missing) == (True, True, [])


def test_a_calibration_names_the_probes_without_an_answer():
    made = make_calibration(
        Interview(missing={"plain-event": "not asked"}), PROBES, service="s", ad_account_id="1"
    )
    assert (made.missing, made.probes) == (["plain-event"], [])


def test_only_settings_of_this_version_are_collected():
    answers = [answered("1", settings={"test_batch": "1"}), answered("2", settings={"of_tomorrow": "2"})]
    assert collect_settings(answers) == {"test_batch": "1"}


@pytest.mark.parametrize(
    ("emulated", "readable", "agrees"), [("422", True, True), ("200", True, False), ("422", False, None)]
)
def test_a_probe_agrees_unless_its_answers_decide_nothing(emulated, readable, agrees):
    recorded = record_probe(answered("422", readable=readable), emulated, {})
    assert recorded["agrees"] is agrees
    assert (recorded["name"], recorded["question"]) == ("mixed-batch", QUESTION)
    assert (recorded["emulated"], recorded["observed"]) == (emulated, "422")
    assert recorded["settings"] == ["mixed_batch_status"]
    assert len(recorded["exchanges"]) == 1


@pytest.mark.parametrize(("outcome", "reproduced"), [("processed", True), ("failed", False)])
def test_a_probe_is_reproduced_where_the_calibrated_emulator_answers_the_same(outcome, reproduced):
    assert record_probe(answered("x", outcome), "x", {})["reproduced"] is reproduced


def test_headers_count_where_the_probe_decides_the_rate_limit():
    exchanges = [ProbeExchange(NOW, [EventVariant().build(NOW)], judge("processed")).to_dict()]
    assert list_deviations(exchanges, ["max_event_age"], {}) == []
    assert len(list_deviations(exchanges, ["rate_limit"], {})) == 1
    assert list_deviations(exchanges, ["rate_limit"], {"rate_limit": "off"}) == []


def test_offline_a_probe_that_was_reproduced_and_is_not_any_more_has_drifted(tolerant):
    made = make_calibration(tolerant, PROBES, service="s", ad_account_id="1")
    assert check_offline(made) == []
    made.settings.clear()
    (drift,) = check_offline(made)
    assert (drift.name, drift.question, drift.recorded) == ("mixed-batch", QUESTION, "200")
    assert re.fullmatch(r"request 1: recorded 200.*; the emulator answers 422.*", drift.now)
    made.probes[1]["reproduced"] = False
    assert check_offline(made) == []


def test_online_a_probe_that_is_answered_otherwise_than_before_has_drifted(tolerant):
    made = make_calibration(tolerant, PROBES, service="s", ad_account_id="1")
    assert check_online(made, tolerant) == []
    drifts = check_online(made, interview_emulator(PROBES))
    assert drifts == [BehaviourDrift("mixed-batch", QUESTION, recorded="200", now="422")]


def test_online_a_probe_that_was_not_recorded_has_not_drifted(tolerant):
    made = make_calibration(Interview(), PROBES, service="s", ad_account_id="1")
    assert check_online(made, tolerant) == []


RATE = {"x_ratelimit_limit": '120000, 120000;w=60;name="ads_conversions_ad_account_id"'}


def exchange(answer, age=2, ad_account_id=None):
    events = [EventVariant(age=age).build(NOW)]
    return {"at": NOW, "events": events, "answer": answer.to_dict(), "ad_account_id": ad_account_id}


@pytest.mark.parametrize(
    ("answer", "headers", "text"),
    [
        (judge("processed", "processed"), False, "200, 2 processed"),
        (judge("failed", status=422), False, "422, 1 failed"),
        (judge("processed", *["failed"] * 2), False, "200, 1 processed, 2 failed (failed: 1, 2)"),
        (judge(status=400), False, "400, 1 refused"),
        (judge("processed"), True, "200, 1 processed, no rate limit"),
        (judge("processed", **RATE), True, "200, 1 processed, 120000, 120000;w=60"),
    ],
)  # fmt: skip
def test_an_answer_in_words_has_its_status_its_verdicts_and_its_rate_limit(answer, headers, text):
    assert describe(answer, headers=headers) == text


def test_the_emulator_answers_as_recorded_at_the_recorded_time():
    recorded = [exchange(judge("processed")), exchange(judge("failed", status=422), age=9 * 86_400)]
    assert list(find_deviations(recorded, Settings())) == []


def test_a_request_that_the_emulator_answers_otherwise_is_numbered():
    recorded = [exchange(judge("processed")), exchange(judge("processed"), age=9 * 86_400)]
    assert list(find_deviations(recorded, Settings())) == [
        "request 2: recorded 200, 1 processed; the emulator answers 422, 1 failed"
    ]
    assert list(find_deviations(recorded, read_settings({"max_event_age": "28d"}))) == []


def test_the_announced_rate_limit_is_compared_where_it_is_asked_for():
    recorded = [exchange(judge("processed", x_ratelimit_limit="5, 5;w=60"))]
    assert list(find_deviations(recorded, Settings())) == []
    (deviation,) = find_deviations(recorded, Settings(), headers=True)
    assert "recorded 200, 1 processed, 5, 5;w=60; the emulator answers 200, 1 processed, 120000" in deviation


def test_a_request_for_another_ad_account_is_asked_for_that_one():
    recorded = exchange(ObservedAnswer(403), ad_account_id="1")
    assert list(find_deviations([recorded], Settings())) == []


def test_the_emulator_in_this_process_answers_probes_under_its_settings():
    probes = [probe for probe in load_probes() if probe.name in ("plain-event", "mixed-batch")]
    for status in ("200", "422"):
        held = interview_emulator(probes, read_settings({"mixed_batch_status": status}))
        assert [answer.reading.observed for answer in held.answered] == ["processed", status]


def test_probes_whose_answers_can_be_read_are_askable():
    assert find_unaskable(PROBES) is None


def test_the_first_probe_that_cannot_be_asked_is_found():
    broken = dataclasses.replace(PROBES[1], variants=(None,))
    assert find_unaskable([PROBES[0], broken]) is broken
