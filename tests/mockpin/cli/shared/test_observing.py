"""How `mockpin validate` makes observations."""

import pytest

from mockpin.cli.shared.errors import InputUnreadable
from mockpin.cli.shared.observing import read_observing
from mockpin.observations.rules import OBSERVATION_RULES


def test_the_table_sets_limits_beside_what_findings_say_already():
    table = {"event-id-shared": {"least": 7}, "event-failed": "error"}
    limits = read_observing(table, profile="faithful", severities={}).limits
    assert limits.by_rule["event-id-shared"].least == 7
    assert limits.severity_of(OBSERVATION_RULES["event-failed"]) == "error"
    assert limits.severity_of(OBSERVATION_RULES["event-refused"]) is None


def test_a_setting_that_cannot_be_is_told():
    with pytest.raises(InputUnreadable, match=r"\[observations\]: No observation 'event-id-shard'"):
        read_observing({"event-id-shard": "off"}, profile="faithful", severities={})
