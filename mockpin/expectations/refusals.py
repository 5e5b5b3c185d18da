"""Describe refused requests. Their events are not stored, so near misses cannot show them."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

#: The most characters of an answer that a description repeats.
MAX_ANSWER_LENGTH = 300
REFUSED = range(400, 500)
BAD_REQUEST = 400


def find_schema_findings(status: int, body: Any) -> Iterator[dict[str, Any]]:
    """Yield the schema's findings on a body answered with 400. Yields none when it is not a payload."""
    if status == BAD_REQUEST and isinstance(body, dict) and "data" in body:
        from mockpin_validator import validate  # noqa: PLC0415 - jsonschema is loaded when first needed

        report = validate(body, ignore_time=True)
        yield from (finding.to_dict() for finding in report if finding.rule == "schema")


def describe_refusals(requests: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield a sentence for each kind of refusal: the number of requests, the status and the answer's message.

    `requests` are exchanges as the admin API lists them, with masked answers.
    """
    refused = (request for request in requests if request["status"] in REFUSED and not request["event_seqs"])
    refusals = Counter((request["status"], read_message(str(request["answer"]))) for request in refused)
    for (status, message), count in refusals.items():
        yield f"{count} {'request was' if count == 1 else 'requests were'} refused ({status}): {message}"


def select_later_exchanges(requests: Iterable[Mapping[str, Any]], seq: int) -> Sequence[Mapping[str, Any]]:
    """Select the exchanges received after event `seq` from a list, oldest first. Returns all for 0."""
    exchanges = tuple(requests)
    listed = ((index, exchange["event_seqs"]) for index, exchange in enumerate(exchanges))
    earlier = [index for index, seqs in listed if seqs and seqs[0] <= seq]
    return exchanges[earlier[-1] + 1 :] if earlier else exchanges


def read_message(answer: str) -> str:
    """Return the message of an answer, or the answer itself where it has none, cut off."""
    try:
        message = str(json.loads(answer)["message"])
    except (ValueError, TypeError, KeyError):
        message = answer
    return message if len(message) <= MAX_ANSWER_LENGTH else f"{message[:MAX_ANSWER_LENGTH]}…"
