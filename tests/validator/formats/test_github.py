"""Annotations."""

from mockpin_validator.archive.tally import Mistake
from mockpin_validator.formats import Style, render
from mockpin_validator.formats.github import command
from tests.validator.formats.audits import AUDIT, PLACED


def commanded(placed, count=1):
    finding = placed.finding
    return command(placed, Mistake("", finding.rule, finding.severity, "", times=count, examples=(placed,)))


def test_what_github_reads_as_syntax_is_escaped():
    assert commanded(PLACED[0]) == (
        "::error file=a%2Cb%3A1.json,line=3,col=12,title=match-key-not-hashed"
        "::Not <hashed>: 5 %25. Hash it. (/data/0/user_data/em/0)"
    )


def test_a_place_that_is_not_known_is_left_out():
    assert commanded(PLACED[4]).startswith("::error file=-,line=9,title=unreadable::")


def test_what_is_not_shown_and_what_is_not_covered_is_said():
    report = render(AUDIT, "github", Style(1))
    assert "\nclick-id-missing at the event: 2 warnings, 1 not shown.\n" in report
    assert "::error title=coverage::em is on 50.0 %25 of events" in report
    assert "event_id" not in report


def test_how_often_a_mistake_was_made_is_part_of_its_annotation():
    assert commanded(PLACED[0], 450).endswith("(/data/0/user_data/em/0, 450 times)")


def test_the_summary_is_a_plain_line_of_the_log():
    last = render(AUDIT, "github").splitlines()[-1]
    assert "em is on 50.0 % of events" in last


def test_severities_have_their_commands():
    lines = render(AUDIT, "github").splitlines()
    commands = [line.split()[0] for line in lines if line.startswith("::")]
    assert commands == ["::error", "::error", "::error", "::warning", "::notice"]
