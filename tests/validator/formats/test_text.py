"""The report for a person."""

import subprocess
import sys
from collections import Counter
from dataclasses import replace

from mockpin_validator.archive.tally import make_mistake
from mockpin_validator.formats import Style, render
from tests.validator.formats.audits import AUDIT, CLEAN, PLACED

REPORT = render(AUDIT, "text")


def replace_finding(placed, **fields):
    return placed._replace(finding=replace(placed.finding, **fields))


def test_it_begins_with_readiness_and_the_mistakes_the_gravest_first():
    assert REPORT.startswith(
        "Not ready: 1 of 2 events with errors (50.0 %).\n"
        "2 events in 2 files, 1 with errors: 2 errors, 2 warnings, 1 for information.\n"
        "\n"
        "4 kinds of mistake, what to fix first on top:\n"
    )
    listed = [line.split() for line in REPORT.splitlines()[4:8]]
    assert [(item[1], item[2], item[3]) for item in listed] == [
        ("1x", "error", "user_data.em"),
        ("1x", "error", "the"),
        ("2x", "warning", "the"),
        ("1x", "info", "the"),
    ]


IN_A_NOTEBOOK = """
import builtins

class ZMQInteractiveShell:
    "What a kernel of Jupyter calls its shell."

builtins.get_ipython = ZMQInteractiveShell

from mockpin_validator.formats import render
from tests.validator.formats.audits import AUDIT

print(render(AUDIT, "text"), end="")
"""


def test_a_notebook_gets_the_same_text():
    shown = subprocess.run(
        [sys.executable, "-c", IN_A_NOTEBOOK], capture_output=True, text=True, timeout=60, check=True
    )
    assert shown.stdout == REPORT


def test_a_mistake_is_shown_with_its_line_and_a_caret():
    assert (
        "1. error[match-key-not-hashed]: Not <hashed>: 5 %.\n"
        " --> a,b:1.json:3:12  /data/0/user_data/em/0\n"
        "  |\n"
        '3 |   "em": ["••••"]\n'
        "  |           ^^^^^^\n"
        "  = fix: Hash it.\n"
        "  = Pinterest's OpenAPI 5.23 (observed); docs/rules.md#match-key-not-hashed\n"
    ) in REPORT


def test_a_mistake_that_came_twice_says_so():
    assert "\n3. warning[click-id-missing], 2 times: No click id.\n" in REPORT


def test_a_finding_without_a_column_names_its_line():
    assert " --> <stdin>:9\n" in REPORT


def test_a_finding_without_a_line_is_indented_like_the_others():
    placed = replace_finding(PLACED[0], line=None, column=None)._replace(excerpt=None)
    mistakes = Counter([make_mistake(placed.file, placed.finding)])
    tally = replace(AUDIT.tally, findings=(placed,), mistakes=mistakes)
    assert "\n --> a,b:1.json" in render(replace(AUDIT, tally=tally), "text")


def test_the_summary_says_what_was_judged_and_what_is_missing():
    assert REPORT.endswith(
        "2 events in 2 files, 1 with errors: 2 errors, 2 warnings, 1 for information.\n"
        "1 document could not be read: <stdin>.\n"
        "em is on 50.0 % of events; at least 90 % was asked for.\n"
    )


def test_a_mistake_with_many_kinds_of_values_shows_each_examples_own_words():
    other = replace_finding(PLACED[1], message="No 'b' click.")
    first = replace_finding(PLACED[1], message="No 'a' click.")
    tally = replace(
        AUDIT.tally, findings=(first, other), mistakes=Counter({make_mistake("-", first.finding): 9})
    )
    report = render(replace(AUDIT, tally=tally), "text")
    assert "1. warning[click-id-missing], 9 times: No 'a' click.\n" in report
    assert "  /data/1: No 'b' click.\n" in report
    assert "  ... 7 more (--show shows them)\n" in report


def test_the_brief_report_has_counts_alone():
    report = render(AUDIT, "text", Style(brief=True))
    assert "-->" not in report
    assert "Coverage" not in report
    assert "2x" in report


def test_what_a_baseline_accepts_is_told_apart_from_what_is_found():
    known = replace(AUDIT, tally=replace(AUDIT.tally, mistakes=Counter()), known=4)
    report = render(known, "text")
    assert "2 events in 2 files, 1 with errors (known ones included): 0 errors" in report
    assert "4 known findings of the baseline left out." in report


def test_coverage_stands_by_event_name():
    (row,) = (line for line in REPORT.splitlines() if "<b>lead</b>" in line)
    assert row.split()[:3] == ["<b>lead</b>", "1", "100"]


def test_findings_beyond_the_first_are_counted():
    assert "... 1 more (--show shows them)" in render(AUDIT, "text", Style(1))


def test_colours_are_there_only_when_asked_for():
    assert "\x1b" not in REPORT
    assert "\x1b[1;31merror" in render(AUDIT, "text", Style(color=True))


def test_a_clean_audit_says_so_in_one_line():
    assert render(CLEAN, "text").endswith(
        "1 event in 1 file, 0 with errors: 0 errors, 0 warnings, 0 for information.\n"
    )
