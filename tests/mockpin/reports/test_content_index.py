"""An event is known again by its content, whatever the order of its keys."""

from mockpin.reports.content_index import ContentIndex, dump_without_id, mark_id, mark_time
from mockpin.reports.exchanges import dump_canonical

EVENT = {"event_id": "e1", "event_time": 7, "value": 1}
FIRST, SECOND = "the first exchange", "the second exchange"


def index_of(*events, mark=mark_id, dump=dump_canonical):
    index = ContentIndex(mark, dump)
    index.add(events, FIRST)
    return index


def test_an_event_is_known_by_its_whole_content():
    turned = dict(reversed(EVENT.items()))
    others = [{**EVENT, "value": 2}, {**EVENT, "event_id": "e2"}, {}]
    assert [*index_of(EVENT).find_known([*others, turned])] == [turned]


def test_an_event_is_known_under_another_id_where_ids_are_not_compared():
    renamed, later = {**EVENT, "event_id": "e2"}, {**EVENT, "event_time": 8}
    index = index_of(EVENT, mark=mark_time, dump=dump_without_id)
    assert [*index.find_known([later, renamed])] == [renamed]


def test_the_latest_exchange_with_an_event_is_found_until_it_is_forgotten():
    index = index_of(EVENT)
    index.add([EVENT], SECOND)
    assert index[EVENT] == SECOND
    assert index.pop(EVENT) == SECOND
    assert [*index.find_known([EVENT])] == []


def test_what_no_mark_resembles_is_not_written_as_a_whole():
    written = []
    index = ContentIndex(mark_id, lambda event: written.append(event) or dump_canonical(event))
    index.add([EVENT], FIRST)
    assert [*index.find_known([{**EVENT, "event_id": "e2"}])] == []
    assert written == [EVENT]
