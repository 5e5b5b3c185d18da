"""A row of shadow mode, as the admin API gives it."""

import sqlite3

import orjson
import pytest

from mockpin.emulator.history.shadow_answers import CREATE, EXISTS, INSERT, PRUNE, SELECT, ShadowAnswer

SECOND = {"index": 1, "seq": 41, "emulated": "processed", "observed": "failed", "message": "m"}
WHOLE = {"index": None, "seq": None, "emulated": "200", "observed": "400", "message": ""}


def answer(*verdicts, request_id=7, ad_account_id="1"):
    return ShadowAnswer(request_id, ad_account_id, 5.0, 200, 422, 2, orjson.dumps(verdicts).decode())


def test_a_row_is_given_with_its_request_and_its_disagreements():
    assert answer(SECOND).to_dict() == {
        "request_id": "7", "ad_account_id": "1", "answered_at": 5.0, "emulated_status": 200, "status": 422,
        "compared": 2, "disagreements": [SECOND],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("verdicts", "seq", "disagreements"),
    [([SECOND], 41, [SECOND]), ([SECOND], 40, []), ([WHOLE], 40, [WHOLE]), ([], 41, [])],
)
def test_an_event_has_the_disagreements_about_it_and_about_its_request(verdicts, seq, disagreements):
    assert answer(*verdicts).describe_event(seq) == {
        "status": 422, "agrees": not disagreements, "disagreements": disagreements,
    }  # fmt: skip


def test_rows_are_kept_selected_replaced_and_pruned_by_their_request():
    database = sqlite3.connect(":memory:")
    assert database.execute(EXISTS).fetchone() == (0,)
    database.execute(CREATE)
    assert database.execute(EXISTS).fetchone() == (1,)
    rows = [answer(request_id=number, ad_account_id=str(number % 2)) for number in (3, 1, 2)]
    database.executemany(INSERT, [*rows, answer(SECOND, request_id=3)])
    read = [ShadowAnswer(*row) for row in database.execute(SELECT, (0, 9, "", 9))]
    assert read == [rows[1], rows[2], answer(SECOND, request_id=3)]
    assert len(list(database.execute(SELECT, (1, 2, "", 9)))) == 1
    assert len(list(database.execute(SELECT, (0, 9, "1", 9)))) == 2
    assert len(list(database.execute(SELECT, (0, 9, "", 1)))) == 1
    database.execute(PRUNE, (2,))
    assert [row[0] for row in database.execute(SELECT, (0, 9, "", 9))] == [3]
    database.close()
