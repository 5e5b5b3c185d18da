"""Documents added up."""

from typing import NamedTuple

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockpin_validator.archive.counting import STRIDE, STRIDE_SIZE, add_up_documents, tally_strides
from mockpin_validator.archive.documents import Document
from mockpin_validator.archive.judging import JudgedDocument, Judging, judge_document
from mockpin_validator.archive.tally import keep_first

NOW = 1_790_000_000
GOOD = {
    "event_name": "lead",
    "action_source": "web",
    "event_time": NOW - 60,
    "event_id": "e1",
    "user_data": {"em": ["0" * 63 + "1"]},
}
PLAIN = GOOD | {"user_data": {"em": ["jane@example.com"]}}
JUDGING = Judging(now=NOW)


def added(*values, keeps=None, judging=JUDGING):
    """The tally of documents: JSON values, or texts that are not JSON."""
    texts = [value if isinstance(value, bytes) else orjson.dumps(value) for value in values]
    documents = [Document(text, number) for number, text in enumerate(texts, start=1)]
    return tally_of(*documents, keeps=keeps, judging=judging)


def tally_of(*documents, keeps=None, judging=JUDGING):
    judged = [judge_document(document, judging, "events.jsonl") for document in documents]
    return add_up_documents("events.jsonl", judged, keeps or keep_first())


def test_what_was_added_is_counted():
    tally = added({"data": [GOOD, PLAIN]}, GOOD, b"no JSON", b" \n")
    assert (tally.lines, tally.events, tally.failed, tally.unreadable) == (4, 3, 1, 1)
    assert tally.size == len(orjson.dumps({"data": [GOOD, PLAIN]})) + len(orjson.dumps(GOOD)) + 9


def test_a_document_that_spans_lines_counts_with_all_of_them():
    assert tally_of(Document(b"{\n}\n", 5, 2)).lines == 2


@pytest.mark.parametrize(
    ("document", "number"),
    [
        (JudgedDocument(shapes=(("lead", ()),) * 2), STRIDE // 2),
        (JudgedDocument(lines=1), STRIDE),
        (JudgedDocument(size=STRIDE_SIZE // 4), 4),
    ],
    ids=["events", "lines", "bytes"],
)
def test_a_tally_is_handed_on_after_so_many_events_lines_or_bytes(document, number):
    tallies = [*tally_strides("f", [document] * (number + 1), keep_first())]
    assert [tally.lines for tally in tallies] == [number, 1]


def test_a_file_without_documents_has_one_tally():
    assert [tally.lines for tally in tally_strides("f", [], keep_first())] == [0]


@pytest.mark.parametrize(("most", "kept"), [(0, 0), (2, 2), (9, 3)])
def test_of_a_rule_the_first_findings_are_kept_and_all_are_counted(most, kept):
    tally = added(PLAIN, PLAIN, PLAIN, keeps=keep_first(most))
    about = [finding.finding for finding in tally.findings if finding.finding.rule == "match-key-not-hashed"]
    assert [document.line for document in about] == [1, 2, 3][:kept]
    assert tally.rules()["match-key-not-hashed"] == {"error": 3}


def test_one_process_keeps_the_first_findings_of_all_that_it_judges():
    keeps = keep_first(1)
    errors = [
        [finding for finding in added(PLAIN, keeps=keeps).findings if finding.finding.severity == "error"]
        for _ in range(3)
    ]
    assert [len(error) for error in errors] == [1, 0, 0]


def fact_of(event, findings, file, line):
    return Fact(event["event_id"], tuple(finding.rule for finding in findings), file, line)


class Fact(NamedTuple):
    event_id: str
    rules: tuple
    file: str
    line: int


def test_every_event_gives_a_fact_with_its_own_findings():
    refused = {"data": [GOOD, {**GOOD, "event_id": "e2", "even_name": "x"}]}
    judging = Judging(now=NOW, fact_of=fact_of)
    facts = added({"data": [GOOD, PLAIN]}, refused, judging=judging).facts
    assert [(fact.event_id, fact.line) for fact in facts] == [("e1", 1), ("e1", 1), ("e1", 2), ("e2", 2)]
    has_rule = [("match-key-not-hashed" in fact.rules, "schema" in fact.rules) for fact in facts]
    assert has_rule == [(False, False), (True, False), (False, False), (False, True)]


def test_the_events_of_a_document_of_several_lines_have_their_own_lines():
    text = b'{"data": [\n' + orjson.dumps(GOOD) + b",\n" + orjson.dumps(GOOD) + b"]}"
    facts = tally_of(Document(text, 5, 3), judging=Judging(now=NOW, fact_of=fact_of)).facts
    assert [fact.line for fact in facts] == [6, 7]


DOCUMENTS = st.lists(
    st.sampled_from([GOOD, PLAIN, {"data": [GOOD, PLAIN]}, [], b"no JSON", {"data": 3}]), max_size=4
)


@settings(max_examples=40)
@given(DOCUMENTS, DOCUMENTS)
def test_two_stretches_add_up_to_one(one, two):
    both, apart = added(*one, *two), added(*one) + added(*two)
    assert (both.lines, both.size, both.events, both.failed, both.unreadable) == (
        apart.lines, apart.size, apart.events, apart.failed, apart.unreadable,
    )  # fmt: skip
    assert (both.mistakes, both.quality) == (apart.mistakes, apart.quality)
