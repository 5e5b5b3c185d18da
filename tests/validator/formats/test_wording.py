"""What more than one format says."""

from collections import Counter
from dataclasses import replace
from importlib.metadata import metadata

import pytest

from mockpin_validator.archive.tally import Mistake
from mockpin_validator.contract.request import MATCH_KEYS
from mockpin_validator.formats.wording import (
    COLUMNS,
    address,
    find_documentation,
    link,
    place,
    readiness,
    sentences,
    summary,
    where,
)
from mockpin_validator.match_quality.quality import COMPONENTS
from tests.validator.formats.audits import AUDIT, CLEAN, PLACED

MISTAKE = Mistake("-", "click-id-form", "warning", "/data/*/user_data/click_id")
WARNINGS = Counter(
    {mistake: n for mistake, n in AUDIT.tally.mistakes.items() if mistake.severity == "warning"}
)


def test_the_summary_is_its_sentences():
    assert summary(AUDIT) == " ".join(sentences(AUDIT))


def test_standard_input_alone_is_called_so():
    assert summary(replace(CLEAN, files=("-",))).startswith(
        "Ready: no event has an error. 1 event in standard input, 0 with errors"
    )


def test_an_interrupted_run_says_so_first_and_its_notes_last():
    said = [*sentences(replace(AUDIT, interrupted=True, notes=("Mind the gap.",)))]
    assert (said[0], said[-1]) == ("Interrupted: this is what was found so far.", "Mind the gap.")


def test_an_interrupted_run_is_never_ready():
    assert readiness(replace(CLEAN, interrupted=True)) == "Not ready: the files were not judged to the end."
    assert readiness(replace(AUDIT, interrupted=True)) == readiness(AUDIT)


def test_a_place_is_what_editors_link():
    assert [place(value) for value in (PLACED[0], PLACED[-1])] == [
        "a,b:1.json:3:12  /data/0/user_data/em/0",
        "<stdin>:9",
    ]


@pytest.mark.parametrize(
    ("audit", "said"),
    [
        (CLEAN, "Ready: no event has an error."),
        (AUDIT, "Not ready: 1 of 2 events with errors (50.0 %)."),
        (replace(CLEAN, min_events=2), "Not ready."),
        (
            replace(AUDIT, tally=replace(AUDIT.tally, events=5000)),
            "Not ready: 1 of 5,000 events with errors (under 0.1 %).",
        ),
        (
            replace(AUDIT, tally=replace(AUDIT.tally, unreadable=0, mistakes=WARNINGS), gates=()),
            "Ready: no event has an error.",
        ),
        (
            replace(
                AUDIT,
                tally=replace(AUDIT.tally, unreadable=0, mistakes=WARNINGS + Counter({MISTAKE: 3})),
                gates=(),
            ),
            "Ready with warnings: no event has an error, 3 warnings beside recommendations.",
        ),
        (
            replace(
                AUDIT, tally=replace(AUDIT.tally, unreadable=0, mistakes=Counter({MISTAKE: 3})), gates=()
            ),
            "Ready with warnings: no event has an error, 3 warnings.",
        ),
    ],
)
def test_readiness_is_one_line(audit, said):
    assert readiness(audit) == said


def test_fewer_events_than_required_are_reported():
    assert summary(replace(CLEAN, min_events=5)).endswith("1 event judged; at least 5 asked for.")


def test_what_a_baseline_leaves_out_is_counted():
    assert "2 known findings of the baseline left out." in sentences(replace(AUDIT, known=2))


def test_files_that_could_not_be_read_are_named():
    assert "1 document could not be read: <stdin>." in summary(AUDIT)


def test_every_column_is_a_parameter_of_match_quality():
    assert set(COLUMNS.values()) <= {*MATCH_KEYS, *COMPONENTS.values()}


@pytest.mark.parametrize(
    ("rule", "field", "said"),
    [
        ("click-id-form", "/data/*/user_data", "user_data"),
        ("click-id-form", "", "the event"),
        ("unreadable", "", "the document"),
    ],
)
def test_a_mistake_is_about_a_field_or_a_whole(rule, field, said):
    assert where(Mistake("-", rule, "warning", field)) == said


def test_a_rule_is_documented_at_the_address_that_the_package_names():
    assert address("click-id-form") == "docs/rules.md#click-id-form"
    assert link("click-id-form") == f"{find_documentation()}/rules.md#click-id-form"
    labels = dict(url.split(", ", 1) for url in metadata("mockpin").get_all("Project-URL"))
    assert find_documentation() == labels["Documentation"]
