from mockpin_validator import Finding

FINDING = Finding(
    "a-rule", "error", "/data/0", "It is wrong.", "Mend it.", "a source", "observed", reply="words"
)


def test_a_finding_as_json_has_the_documented_keys():
    assert FINDING.to_dict() == {
        "rule": "a-rule",
        "severity": "error",
        "path": "/data/0",
        "message": "It is wrong.",
        "fix": "Mend it.",
        "source": "a source",
        "documented": "observed",
    }


def test_line_and_column_appear_when_they_are_known():
    placed = Finding("a-rule", "info", "", "It is.", "Mend it.", "us", "inferred", line=3, column=7)
    assert placed.to_dict()["line"] == 3
    assert placed.to_dict()["column"] == 7


def test_pinterests_reply_is_kept_out_of_the_repr():
    assert "words" not in repr(FINDING)
