"""Observations of several event names, told as one."""

from mockpin.reports.go_live.folding import fold_event_names
from tests.mockpin.observations.relations import observe, order

SEQS = {"page_visit": 100, "add_to_cart": 200, "lead": 300}


def refused(event_name, number, **columns):
    """Events that the service refused for one cause."""
    for index in range(number):
        seq = SEQS[event_name] + index
        fact = {"event_name": event_name, "event_id": f"{event_name}-{index}", "order_id": None, "cause": "c"}
        yield order(seq, status="refused", **{**fact, **columns})


def test_one_cause_of_several_event_names_is_told_once_with_their_names_and_sums():
    names = refused("page_visit", 9), refused("add_to_cart", 2), refused("lead", 1)
    (folded,) = fold_event_names(observe([fact for facts in names for fact in facts]))
    assert folded.sentence == (
        "12 events came with refused requests and never came again: c. "
        "These are add_to_cart, lead and page_visit events."
    )
    assert (folded.events, folded.total) == (12, 12)
    assert [place.event for place in folded.examples[:4]] == [200, 300, 100, 201]
    assert len(folded.examples) == 10


def test_a_sentence_that_names_its_events_lists_the_names_there():
    tag_only = [
        order(number, source="tag", event_name=name, event_id=f"{name}-{number}", order_id=None)
        for name in ("page_visit", "add_to_cart")
        for number in range(40)
    ]
    both = [
        order(number, source=source, event_name=name, event_id=f"{name}-{number}", order_id=None)
        for name in ("page_visit", "add_to_cart")
        for number in range(40, 80)
        for source in ("api", "tag")
    ]
    told = [seen for seen in observe([*tag_only, *both]) if seen.rule == "seen-by-tag-only"]
    (folded,) = fold_event_names(told)
    assert folded.sentence == (
        "The API misses 80 of 160 add_to_cart and page_visit events: only the tag saw 50 % of them."
    )


def test_other_causes_ad_accounts_and_single_names_stay_apart():
    facts = [
        *refused("page_visit", 2), *refused("add_to_cart", 3, account="7"), *refused("lead", 1, cause="d"),
    ]  # fmt: skip
    observations = observe(facts)
    assert fold_event_names(observations) == [*observations]
