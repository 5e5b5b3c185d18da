"""What a document must be before its events can be judged."""

from mockpin_validator.archive.rules import DOCUMENT_RULES


def test_the_rules_are_found_by_their_names_and_what_cannot_be_read_is_always_an_error():
    assert [*DOCUMENT_RULES] == ["unreadable", "duplicate-key"]
    assert {name: rule.fixed for name, rule in DOCUMENT_RULES.items()} == {
        "unreadable": True, "duplicate-key": False,
    }  # fmt: skip
    assert set(DOCUMENT_RULES["unreadable"].severity.values()) == {"error"}
    assert all("RFC 8259" in rule.source for rule in DOCUMENT_RULES.values())
