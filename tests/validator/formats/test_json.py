"""The report as JSON."""

import json
from dataclasses import replace

from mockpin_validator.formats import Style, render
from tests.validator.formats.audits import AUDIT, CLEAN, ERROR


def test_it_holds_the_findings_with_their_files():
    report = json.loads(render(AUDIT, "json"))
    assert report["findings"][0] == {"file": "a,b:1.json", **ERROR.to_dict()}
    assert report["counts"] == {"error": 2, "warning": 2, "info": 1}
    assert report["unreadable"] == 1
    assert report["gates"][0] == {
        "parameter": "em",
        "event_name": None,
        "least": 90,
        "found": 50.0,
        "met": False,
    }


def test_it_counts_what_it_leaves_out():
    report = json.loads(render(AUDIT, "json", Style(1)))
    assert report["left_out"] == {"click-id-missing": 1}
    assert len(report["findings"]) == 4


def test_ok_is_what_the_exit_status_says():
    assert json.loads(render(CLEAN, "json"))["ok"] is True
    assert json.loads(render(AUDIT, "json"))["ok"] is False


def test_an_interrupted_audit_is_not_ok():
    stopped = json.loads(render(replace(CLEAN, interrupted=True), "json", Style()))
    assert (stopped["interrupted"], stopped["ok"]) == (True, False)
