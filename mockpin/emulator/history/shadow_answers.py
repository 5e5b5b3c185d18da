"""What a real service answered to requests that the emulator answered too: one row a request."""

from typing import Any, NamedTuple

import orjson


class ShadowAnswer(NamedTuple):
    """A real service's answer beside the emulator's. `verdicts` is JSON, masked.

    `request_id` is the exchange's number, `answered_at` is in Unix seconds. A verdict is
    `{index, seq, emulated, observed, message}`: `index` is the event's place in the request, None for the
    request as a whole, and `seq` its number in the history, None where it has none. Only verdicts that
    differ are kept; `compared` is how many events were compared.
    """

    request_id: int
    ad_account_id: str
    answered_at: float
    emulated_status: int
    status: int
    compared: int
    verdicts: str

    def to_dict(self) -> dict[str, Any]:
        """The row as the admin API gives it."""
        record = self._asdict()
        disagreements = orjson.loads(record.pop("verdicts"))
        return {**record, "request_id": str(self.request_id), "disagreements": disagreements}

    def describe_event(self, seq: int) -> dict[str, Any]:
        """The answer as far as it concerns one event of the request."""
        differing = [verdict for verdict in orjson.loads(self.verdicts) if verdict["seq"] in (seq, None)]
        return {"status": self.status, "agrees": not differing, "disagreements": differing}


CREATE = (
    f"CREATE TABLE IF NOT EXISTS shadow_answers ({', '.join(ShadowAnswer._fields)}, PRIMARY KEY (request_id))"
)
INSERT = f"INSERT OR REPLACE INTO shadow_answers VALUES ({','.join('?' * len(ShadowAnswer._fields))})"  # noqa: S608 - ours
PRUNE = "DELETE FROM shadow_answers WHERE request_id <= ?"
EXISTS = "SELECT count(*) FROM sqlite_master WHERE name = 'shadow_answers'"
SELECT = (
    "SELECT * FROM shadow_answers WHERE request_id > ? AND request_id <= ? AND ? IN (ad_account_id, '') "
    "ORDER BY request_id LIMIT ?"
)
