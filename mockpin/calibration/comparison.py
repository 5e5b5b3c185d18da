"""The verdicts of the emulator and of a real service on one request, and where they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from mockpin.emulator.history.shadow_answers import ShadowAnswer
from mockpin.emulator.masking.events import mask_dumped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mockpin.calibration.observed import ObservedAnswer


class ShadowedRequest(NamedTuple):
    """A request that the emulator has answered: its number, ad account, first event's number and body."""

    number: int
    ad_account_id: str
    first_seq: int | None
    body: bytes


def compare_answers(
    request: ShadowedRequest, emulated: ObservedAnswer, observed: ObservedAnswer, *, judged: int, now: float
) -> ShadowAnswer:
    """The real service's answer beside the emulator's; only the first `judged` events are compared."""
    pairs = list(zip(emulated.verdicts[:judged], observed.verdicts[:judged], strict=False))
    differing = [
        {
            "index": index,
            "seq": None if request.first_seq is None else request.first_seq + index,
            "emulated": ours.outcome,
            "observed": theirs.outcome,
            "message": theirs.error or theirs.warning or ours.error,
        }
        for index, (ours, theirs) in enumerate(pairs)
        if ours.outcome != theirs.outcome
    ]
    return ShadowAnswer(
        request_id=request.number,
        ad_account_id=request.ad_account_id,
        answered_at=now,
        emulated_status=emulated.status,
        status=observed.status,
        compared=len(pairs),
        verdicts=mask_dumped(orjson.dumps(differing or compare_whole(emulated, observed, pairs))).decode(),
    )


def compare_whole(
    emulated: ObservedAnswer, observed: ObservedAnswer, pairs: Sequence[Any]
) -> list[dict[str, Any]]:
    """The difference of two statuses, where the verdicts on the events do not tell of one.

    A batch of which only a part was compared may well have another status.
    """
    partly = pairs and len(pairs) < len(emulated.verdicts)
    if emulated.status == observed.status or partly:
        return []
    statuses = {"emulated": str(emulated.status), "observed": str(observed.status)}
    return [{"index": None, "seq": None, **statuses, "message": str(observed.summary.get("message", ""))}]
