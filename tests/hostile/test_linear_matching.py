"""No text that strangers send takes more than linear time, whatever pattern or function reads it."""

import contextlib

import pytest

from mockpin.emulator.masking.texts import mask_text
from mockpin_validator.detectors import EMAIL
from tests.hostile.growth import ENDS, PUMPS, find_growth, hostile_texts, repeat
from tests.hostile.sources import find_late_patterns, find_patterns, find_text_functions

pytestmark = pytest.mark.slow_hostile
PATTERNS = [pattern for pattern in find_patterns() if pattern[2]]
#: Where a pattern is made when it is needed: of what, and why it stays linear.
LATE = {
    # An alternative of escaped texts, none of them a repetition.
    ("mockpin_transformer.sending.masking", "compile"),
    ("mockpin.calibration.services", "compile"),
    # What Spark reports of its own work, matched with the constants of two tables.
    ("mockpin.spark.problems", "search"),
    # Made while the module is loaded; the table that holds them is found.
    ("mockpin_validator.forensics.shapes", "compile"),
}
#: Modules and functions that read what belongs to the user of mockpin, and never a stranger's text.
OWN = (
    "mockpin.cli.", "mockpin.client.", "mockpin.demo", "mockpin.strategies.",
    "mockpin.serving.", "mockpin.fixtures", "mockpin.emulator.history.store_file",
    "mockpin_validator.archive.sources", "mockpin_validator.handbook", "mockpin_transformer.presets",
    "mockpin.web.admin.schemas", "mockpin.web.pages.frame.render", "mockpin.web.pages.wording.spell_out",
    # A trigger, a mapping, a template and a journey are configuration.
    "mockpin_transformer.triggers.", "mockpin_transformer.mappings.", "mockpin.expectations.journey_files",
    # Names of fields and parts of the contract.
    "mockpin_validator.contract.gate._gate_of", "mockpin_validator.contract.request.properties_of",
    "mockpin_validator.contract.vocabulary._own",
    # Compares a hash with that of every day, which takes the same time for each text.
    "mockpin_validator.forensics.birthdays",
    # Gets at most 100 characters, and valid JSON only.
    "mockpin_validator.contract.spelling.swap_neighbours", "mockpin_validator.archive.positions.second_key",
)  # fmt: skip
FUNCTIONS = [function for function in find_text_functions() if not function[0].startswith(OWN)]


def test_the_search_finds_the_patterns_and_the_functions():
    assert EMAIL in [pattern for _, pattern, _ in PATTERNS]
    assert mask_text in [function for _, function in FUNCTIONS]
    assert len(PATTERNS) > 80
    assert len(FUNCTIONS) > 100


def test_every_pattern_is_a_constant_so_that_the_search_finds_it():
    assert set(find_late_patterns()) == LATE


@pytest.mark.parametrize(("name", "pattern", "methods"), PATTERNS, ids=[pattern[0] for pattern in PATTERNS])
def test_a_pattern_takes_linear_time(name, pattern, methods):
    for method in methods:
        for start, pump in hostile_texts(pattern):
            for end in ENDS:
                growth = find_growth(_use(pattern, method), repeat(pump, start=start, end=end))
                assert growth is None, (method, start, pump, end)


def _use(pattern, method):
    call, is_text = getattr(pattern, method), isinstance(pattern.pattern, str)
    arguments = ["" if is_text else b""] if method in {"sub", "subn"} else []
    finish = list if method == "finditer" else bool
    return lambda text: finish(call(*arguments, text if is_text else text.encode()))


@pytest.mark.parametrize(("name", "function"), FUNCTIONS, ids=[function[0] for function in FUNCTIONS])
def test_a_function_of_a_text_takes_linear_time(name, function):
    def call(text):
        with contextlib.suppress(Exception):
            list(function(text) or ())

    for pump in PUMPS:
        for _ in range(3):  # tables are made once, at the first call
            call(pump * 24)
        growth = find_growth(call, repeat(pump))
        assert growth is None, pump
