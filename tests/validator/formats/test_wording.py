"""What more than one format says."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin_validator.contract.request import MATCH_KEYS
from mockpin_validator.formats.wording import COLUMNS, counted, place, printable, sentences, summary
from mockpin_validator.match_quality.quality import COMPONENTS
from tests.validator.formats.audits import AUDIT, CLEAN, SIGHTINGS


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 events"), (1, "1 event"), (2, "2 events"), (2000, "2,000 events")]
)
def test_a_number_has_its_noun(count, said):
    assert counted(count, "event") == said


def test_the_summary_is_its_sentences():
    assert summary(AUDIT) == " ".join(sentences(AUDIT))


def test_standard_input_alone_is_called_so():
    assert summary(replace(CLEAN, files=("-",))).startswith("1 event in standard input, 0 with errors")


def test_an_interrupted_run_says_so_first_and_its_notes_last():
    said = [*sentences(replace(AUDIT, interrupted=True, notes=("Mind the gap.",)))]
    assert (said[0], said[-1]) == ("Interrupted: this is what was found so far.", "Mind the gap.")


def test_a_place_is_what_editors_link():
    assert [place(each) for each in (SIGHTINGS[0], SIGHTINGS[-1])] == [
        "a,b:1.json:3:12  /data/0/user_data/em/0",
        "<stdin>:9",
    ]


@given(st.text())
def test_what_is_printable_is_as_long_and_obeyed_by_no_terminal(text):
    assert len(printable(text)) == len(text)
    assert printable(text).isprintable()


def test_every_column_is_a_parameter_of_match_quality():
    assert set(COLUMNS.values()) <= {*MATCH_KEYS, *COMPONENTS.values()}
