"""The controls: each form does what the admin API does, and says what is wrong with it."""

import pytest

from mockpin.emulator.settings.calibrations import Calibration
from mockpin.emulator.settings.settings import read_settings
from tests.mockpin.web.site import ACCOUNT, NOW, TOKEN, event, text_of


def test_the_clock_is_advanced_stopped_and_set_back(site):
    assert site.post("/controls/clock", order="advance", advance="25h").status_code == 303
    assert site.emulator.clock() == NOW + 25 * 3600
    assert "clock moved to" in text_of(site.get())
    site.post("/controls/clock", order="freeze", freeze="2026-01-31T12:00:00Z")
    assert "clock stopped at 31 Jan 2026 12:00" in text_of(site.get("/requests"))
    site.post("/controls/clock", order="real")
    assert site.emulator.clock() == NOW
    assert "clock" not in text_of(site.get())


@pytest.mark.parametrize(("form", "rule"), [
    ({"kind": "status", "value": "429", "times": "2"}, {"fault": {"status": 429}, "times": 2}),
    ({"kind": "delay_ms", "value": "100-500"}, {"fault": {"delay_ms": [100.0, 500.0]}}),
    ({"kind": "delay_ms", "value": "20"}, {"fault": {"delay_ms": 20.0}}),
    ({"kind": "drop", "value": ""}, {"fault": {"drop": True}}),
    ({"kind": "fail_events", "value": "0, 2"}, {"fault": {"fail_events": [0, 2]}}),
    ({"kind": "truncate", "value": "7", "probability": "0.5", "event_name": "lead", "ad_account_id": ACCOUNT},
     {"fault": {"truncate": 7}, "probability": 0.5, "event_name": "lead", "ad_account_id": ACCOUNT}),
])  # fmt: skip
def test_a_fault_is_armed_with_the_fields_that_are_filled_in(site, form, rule):
    assert site.post("/controls/add-fault", **form).status_code == 303
    (armed,) = site.emulator.faults.list()
    assert {"probability": 1.0, **rule}.items() <= armed.to_dict().items()
    assert "1 fault armed" in text_of(site.get())


def test_a_spent_fault_shows_its_hits_and_is_not_called_armed(site):
    site.post("/controls/add-fault", kind="status", value="429", times="1")
    site.send(event())
    shown = text_of(site.get("/controls"))
    assert "1 of 1 hit, spent" in shown
    assert "armed" not in text_of(site.get())


def test_faults_are_disarmed_one_by_one_or_all_at_once(site):
    for _ in range(3):
        site.post("/controls/add-fault", kind="drop")
    site.post("/controls/remove-fault", target="2")
    assert [standing.id for standing in site.emulator.faults.list()] == [1, 3]
    site.post("/controls/clear-faults")
    assert "No fault is armed." in text_of(site.get("/controls"))


def test_an_account_is_opened_and_closed_and_shows_only_its_fingerprint(site):
    site.post("/controls/add-account", ad_account_id="42", conversion_token="pina_other", tag_id="")
    page = site.get("/controls")
    assert "42 sha256:" in text_of(page)
    assert "pina_other" not in page.text
    assert TOKEN not in page.text
    site.post("/controls/remove-account", target="42")
    assert site.accounts() == [ACCOUNT]


def test_a_reset_wants_a_confirmation(site):
    site.send(event())
    refused = site.post("/controls/reset")
    assert refused.status_code == 400
    assert "Tick the box to confirm" in text_of(refused)
    assert len(site.emulator.store) == 1
    site.post("/controls/reset", confirm="yes", ad_account_id=ACCOUNT)
    assert len(site.emulator.store) == 0


@pytest.mark.parametrize(("action", "form", "words"), [
    ("clock", {"order": "advance", "advance": "soon"}, "neither a length of time"),
    ("clock", {"order": "advance"}, "Write how to set the clock"),
    ("clock", {}, "Write how to set the clock"),
    ("add-fault", {"kind": "fire"}, "Choose a fault: status, delay_ms"),
    ("add-fault", {"kind": "status", "value": "x"}, "Write a whole number instead of “x”."),
    ("add-fault", {"kind": "status", "value": "418"}, "fault/status"),
    ("add-fault", {"kind": "delay_ms", "value": "9-1"}, "ends before it begins"),
    ("add-fault", {"kind": "drop", "probability": "2"}, "probability"),
    ("remove-fault", {"target": "9"}, "No such fault is in force"),
    ("remove-fault", {"target": "x" * 50}, "number"),
    ("add-account", {"ad_account_id": "x", "conversion_token": "t"}, "ad_account_id"),
    ("remove-account", {"target": "7"}, "There is no such ad account"),
    ("nothing", {}, "There is no such form."),
])  # fmt: skip
def test_what_cannot_be_done_is_said_and_changes_nothing(site, action, form, words):
    answer = site.post(f"/controls/{action}", **form)
    assert answer.status_code in {400, 404}
    assert words in text_of(answer)
    assert site.emulator.clock() == NOW
    assert site.emulator.faults.list() == []


def test_the_settings_in_force_say_how_they_are_known(site):
    calibration = Calibration(
        "https://x.test", "sha256:1", "2026-11-25", "0.1.0", {"mixed_batch_status": "200"}
    )
    site.emulator.settings = read_settings({}, calibration=calibration)
    shown = text_of(site.get("/controls"))
    assert "mixed_batch_status 200 calibration observed on your account, 2026-11-25" in shown
    assert "max_event_age 7d default inferred, 2024-09-27" in shown
