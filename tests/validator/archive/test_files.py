"""What only a whole file shows."""

import orjson
import pytest

from mockpin_validator.archive.audit import add_up
from mockpin_validator.archive.judging import Judging
from mockpin_validator.archive.parallel import judge_parts
from mockpin_validator.archive.sources import parts_of
from mockpin_validator.judging.policy import Policy

NOW = 1_790_000_000
EVENT = {
    "event_name": "page_visit",
    "action_source": "web",
    "event_time": NOW - 60,
    "event_source_url": "https://shop.example.com/",
    "user_data": {"em": ["0" * 64]},
}
RULES = ("event-id-constant", "opt-out-on-everything")
JUDGING = Judging(now=NOW, policy=Policy(warnings="off"))


def lines(count, **fields):
    """So many events, each with an id of its own unless it is given one."""
    return [{**EVENT, "event_id": f"e{number}", **fields} for number in range(count)]


@pytest.fixture
def said(tmp_path):
    """What is said of whole files, each given as its lines."""

    def say(*files, judging=JUDGING, jobs=1, size=10_000):
        parts = []
        for number, documents in enumerate(files):
            path = tmp_path / f"{number}.jsonl"
            path.write_bytes(b"".join(orjson.dumps(each) + b"\n" for each in documents))
            parts.extend(parts_of(str(path), size=size))
        *_, whole = add_up(judge_parts(parts, judging, jobs=jobs), judging)
        return [each.finding for each in whole.findings if each.finding.rule in RULES]

    return say


def test_one_id_on_every_event_of_a_name_is_said_once(said):
    (finding,) = said(lines(5, event_id="same"))
    assert finding.message == "All 5 page_visit events of this file carry one and the same id."
    assert (finding.severity, finding.path, finding.line) == ("warning", "", None)


def test_opting_out_everybody_is_said_once(said):
    (finding,) = said(lines(6, opt_out=True))
    assert finding.message == "All 6 events of this file opt out."


@pytest.mark.parametrize(
    "documents",
    [
        lines(4, event_id="same", opt_out=True),
        [*lines(4, event_id="same"), *lines(1)],
        [*lines(9, opt_out=True), *lines(1)],
        lines(5, event_id=" "),
    ],
)
def test_few_events_and_those_that_differ_are_passed_over(said, documents):
    assert said(documents) == []


def test_of_too_many_names_only_what_all_events_share_is_said(said):
    many = [{**each, "event_name": f"own_{each['event_id']}"} for each in lines(1_500)]
    leads = lines(500, event_name="lead")
    assert said([*many, *leads, *lines(5, event_name="lead", event_id="same")], size=20_000) == []
    (finding,) = said([{**each, "event_id": "same"} for each in many], size=20_000)
    assert finding.message == "All 1,500 events of this file carry one and the same id."


def test_files_are_not_taken_together(said):
    assert said(lines(3, event_id="same"), lines(3, event_id="same")) == []
    assert len(said(lines(5, event_id="same"), lines(1), lines(5, event_id="same"))) == 2


def test_what_is_said_of_every_event_with_its_batch_is_not_said_again(said):
    batch = {"data": lines(5, event_id="same")}
    assert all(each.path for each in said([batch, batch]))


def test_what_is_said_of_one_batch_hides_nothing_of_the_file(said):
    batch = {"data": lines(2, event_name="lead", event_id="lead", opt_out=True)}
    found = said([batch, *lines(8, event_name="checkout", event_id="same", opt_out=True)])
    assert [each.message for each in found if not each.path] == [
        "All 8 checkout events of this file carry one and the same id.",
        "All 10 events of this file opt out.",
    ]


def test_a_severity_of_ones_own_counts(said):
    off = Judging(now=NOW, severities={"event-id-constant": None})
    assert said(lines(5, event_id="same"), judging=off) == []
    strict = Judging("strict", now=NOW)
    assert [each.severity for each in said(lines(5, event_id="same"), judging=strict)] == ["error"]


def test_parts_and_processes_find_what_one_reading_does(said):
    documents = [*lines(3000, event_id="same", event_name="lead"), *lines(3000)]
    whole = said(documents, size=10**9)
    assert [each.message for each in whole] == [
        "All 3,000 lead events of this file carry one and the same id."
    ]
    assert said(documents, size=100_000) == said(documents, size=100_000, jobs=2) == whole
