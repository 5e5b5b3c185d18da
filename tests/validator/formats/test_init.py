"""What holds of every format."""

import io
import subprocess
import sys

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mockpin_validator.archive import Audit, Judging, Part, judge_parts
from mockpin_validator.archive.audit import add_up
from mockpin_validator.archive.baseline import Baseline
from mockpin_validator.formats import FORMATS, Style, render
from tests.validator.events import CANARY, NOW, events_with_canary

PIECES = (CANARY, "Zq7canary", "secret.example")


def audit_of(text, profile):
    stdin = io.BufferedReader(io.BytesIO(text))
    judging = Judging(profile, NOW)
    *_, tally = add_up(judge_parts([Part("-")], judging, stdin=stdin))
    return Audit(tally, ("-",), profile=profile)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(
    events_with_canary(),
    st.sampled_from([None, orjson.OPT_INDENT_2]),
    st.sampled_from(["event", "request", "list", "cut off", "key without quotes"]),
    st.sampled_from(["faithful", "strict"]),
)
def test_no_format_holds_plain_text_of_a_match_key(event, option, shape, profile):
    shaped = {"request": {"data": [event]}, "list": [event, event]}.get(shape, event)
    text = orjson.dumps(shaped, option=option)
    text = {"cut off": text[:-20], "key without quotes": text.replace(b'"em":', b"em:")}.get(shape, text)
    audit = audit_of(text, profile)
    for name in FORMATS:
        report = render(audit, name, Style(color=name == "text"))
        assert not any(piece in report for piece in PIECES), name
    assert CANARY not in Baseline().renewed(audit.tally, ()).text.decode()


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_ends_with_a_newline(name):
    assert render(audit_of(b"{}", "faithful"), name).endswith("\n")


def test_only_the_text_for_a_terminal_needs_rich():
    code = (
        "import sys\nfrom mockpin_validator.formats import html, junit, sarif\n"
        "sys.exit('rich' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_report_shows_as_many_findings_as_its_format_is_for():
    assert dict(FORMATS) == {"text": 2, "json": 1000, "junit": 1000, "sarif": 1000, "github": 1, "html": 10}
    audit = audit_of(b"{}", "faithful")
    assert render(audit, "text") == render(audit, "text", Style(2))
    assert Style() == Style(most=1000, color=False, width=100, brief=False)
