"""The rules for documents that give no conversion event to judge."""

from mockpin.segment.rules import SEGMENT_RULES


def test_the_rules_are_found_by_their_names_and_one_cannot_be_changed():
    assert [*SEGMENT_RULES] == ["segment-not-converted", "segment-not-subscribed", "wrong-kind"]
    assert [name for name, rule in SEGMENT_RULES.items() if rule.fixed] == ["wrong-kind"]
    assert {rule.severity["faithful"] for rule in SEGMENT_RULES.values()} == {"error", "info"}
