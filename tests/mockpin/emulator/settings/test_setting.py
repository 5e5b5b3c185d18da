from dataclasses import dataclass, fields

import pytest

from mockpin.emulator.settings.setting import SettingInvalid, parse_value, setting

EVIDENCE = {"values": "a whole number", "source": "a test", "grade": "ours"}


@dataclass
class Counts:
    limit: int = setting("7", int, shown="{:d}".format, **EVIDENCE)


(LIMIT,) = fields(Counts)


def test_the_default_is_written_as_a_user_would_write_it():
    assert Counts().limit == 7


def test_a_setting_carries_its_evidence_and_its_default():
    assert LIMIT.metadata.items() >= {**EVIDENCE, "default": 7}.items()


@pytest.mark.parametrize(("value", "parsed"), [("12", 12), (12, 12)])
def test_a_value_is_read_from_a_text_or_taken_as_it_is(value, parsed):
    assert parse_value(LIMIT, value) == parsed


@pytest.mark.parametrize("value", ["many", 1.5, None])
def test_a_value_that_the_setting_cannot_have_is_refused_with_what_it_takes(value):
    with pytest.raises(SettingInvalid) as refusal:
        parse_value(LIMIT, value)
    assert str(refusal.value) == f"limit cannot be {value!r}: it takes a whole number."
