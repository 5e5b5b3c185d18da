"""Coverage that is asked for."""

import click
import pytest

from mockpin.cli.shared.coverage import measure_gates, read_coverage, read_least
from mockpin.cli.shared.errors import InputUnreadable
from mockpin_validator.match_quality.gates import Gate
from mockpin_validator.match_quality.quality import quality


@pytest.mark.parametrize(
    ("text", "least"),
    [
        ("em=90", Gate("em", 90, None)),
        ("checkout:hashed_email=99.5%", Gate("hashed_email", 99.5, "checkout")),
        ("a:b:order_value=0", Gate("order_value", 0, "a:b")),
    ],
)
def test_a_key_or_a_component_may_be_named_for_all_events_or_those_of_a_name(text, least):
    assert read_least(text) == least


@pytest.mark.parametrize("text", ["", "em", "em=", "em=-1", "em=100.1", "em=1.2.3", "em=²"])
def test_what_is_not_a_percentage_is_refused(text):
    with pytest.raises(click.BadParameter):
        read_least(text)


def test_a_key_that_others_call_otherwise_is_led_to_pinterests():
    with pytest.raises(click.BadParameter, match=r"Did you mean em\?"):
        read_least("email=90")


def test_a_gate_holds_what_there_is():
    (gate,) = measure_gates(read_coverage(None, None, ("lead:em=90",)), quality([{"event_name": "lead"}]))
    assert (gate.found, gate.is_met) == (0, False)


def test_coverage_of_an_event_that_there_is_none_of_is_refused():
    asked = read_coverage(None, None, ("checkot:em=90",))
    with pytest.raises(InputUnreadable, match=r"no event 'checkot' in the files; did you mean checkout\?"):
        measure_gates(asked, quality([{"event_name": "checkout"}]))
