"""Which requests were refused: a refused request has no events, so no near miss can tell of it."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

#: So many characters of an answer are told.
MOST = 300
REFUSED = range(400, 500)
BAD_REQUEST = 400


def find_faults(status: int, body: Any) -> Iterator[dict[str, Any]]:
    """What the schema has against a body that was answered so, as findings; nothing of what is no payload."""
    if status == BAD_REQUEST and isinstance(body, dict) and "data" in body:
        from mockpin_validator import validate  # noqa: PLC0415 - jsonschema is loaded when first needed

        report = validate(body, ignore_time=True)
        yield from (each.to_dict() for each in report if each.rule == "schema")


def describe_refusals(requests: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """A sentence for each kind of refusal: how many requests, the status, and the answer's own words.

    `requests` are the exchanges that the admin API lists, whose answers are masked.
    """
    refused = (each for each in requests if each["status"] in REFUSED and not each["event_seqs"])
    tally = Counter((each["status"], _read_sentence(str(each["answer"]))) for each in refused)
    for (status, sentence), times in tally.items():
        yield f"{times} {'request was' if times == 1 else 'requests were'} refused ({status}): {sentence}"


def came_after(requests: Iterable[Mapping[str, Any]], seq: int) -> Sequence[Mapping[str, Any]]:
    """Of exchanges, oldest first, those that came later than event `seq`; all for 0."""
    listed = tuple(requests)
    held = [at for at, each in enumerate(listed) if each["event_seqs"] and each["event_seqs"][0] <= seq]
    return listed[held[-1] + 1 :] if held else listed


def _read_sentence(answer: str) -> str:
    try:
        sentence = str(json.loads(answer)["message"])
    except (ValueError, TypeError, KeyError):
        sentence = answer
    return sentence if len(sentence) <= MOST else f"{sentence[:MOST]}…"
