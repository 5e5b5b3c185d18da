import orjson
import pytest

from mockpin.calibration.sharing import mask_cell, write_answer, write_shared
from mockpin.emulator.settings.calibrations import Calibration

ANSWER = {
    "status": 422,
    "reason": "Unprocessable Entity",
    "headers": {"date": "Wed", "retry-after": "1", "x-ratelimit-limit": "5", "x-ratelimit-remaining": "4"},
    "body": {"message": "Current timestamp: 1790000000, jane@example.com, 17900000001"},
}


def probe(name, agrees):
    return {
        "name": name, "question": f"{name}?", "emulated": "422", "observed": "200", "agrees": agrees,
        "exchanges": [{"answer": ANSWER}],
    }  # fmt: skip


def test_an_answer_is_shared_masked_and_without_its_time():
    written = write_answer(ANSWER)
    shared = orjson.loads(written)
    assert [*shared] == ["status", "reason", "headers", "body"]
    assert (shared["status"], shared["reason"]) == (422, "Unprocessable Entity")
    assert shared["headers"] == {"retry-after": "1", "x-ratelimit-limit": "5"}
    assert "Current timestamp: <time>," in written
    assert "17900000001" in written
    assert "jane" not in written


def test_a_cell_cannot_break_its_table():
    assert mask_cell("a|b\nc jane@example.com").startswith(r"a\|b c <masked")


@pytest.mark.parametrize(("agrees", "shown"), [(True, 0), (False, 1), (None, 1)])
def test_every_question_has_a_row_and_an_answer_where_it_does_not_agree(agrees, shown):
    probes = [probe("p", agrees)]
    calibration = Calibration("https://x.test", "ad:1", "2026-11-01", "0.2.0", {}, probes, [])
    text = write_shared(calibration)
    assert text.startswith("Observed at https://x.test on 2026-11-01 by mockpin 0.2.0,\nwith `?test=true`")
    assert "| question | mockpin's default | observed |\n| --- | --- | --- |\n| p? | 422 | 200 |\n" in text
    assert text.count("`p`:\n\n```json\n{") == text.count("}\n```\n") == shown
    assert "ad:1" not in text
    assert text.endswith("\n")
