"""Shadow mode: send what the emulator receives to a real service too, as test requests."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from http import HTTPStatus
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, Self

import orjson

from mockpin.calibration.failures import ServiceFailed
from mockpin.calibration.observed import ObservedAnswer
from mockpin.calibration.session import read_wait
from mockpin.emulator.breakdowns import LOGGER, report_breakdown
from mockpin.emulator.history.shadow_answers import ShadowAnswer
from mockpin.emulator.masking.events import mask_dumped
from mockpin.emulator.pipeline.unpacking import BodyTooLarge, BodyUnreadable, unpack_request
from mockpin_validator.wording import count

if TYPE_CHECKING:
    from mockpin.calibration.services import RemoteService
    from mockpin.emulator.emulator import Emulator
    from mockpin.emulator.pipeline.answers import Answer
    from mockpin.emulator.pipeline.context import RequestContext
    from mockpin.emulator.pipeline.requests import HttpRequest


#: Seconds between two requests to the service: half of the ten a second that Pinterest documents.
SHADOW_INTERVAL = 0.2
#: Requests that wait to be sent; those beyond are left out of the comparison.
MAX_WAITING = 1000
#: Bytes of bodies that wait to be sent.
MAX_WAITING_BYTES = 50_000_000
#: Seconds after which a service that does not answer is tried again.
RETRY_INTERVAL = 5.0
#: Answers of the emulator that a real service can be compared with: the others concern tokens and limits.
COMPARABLE = (HTTPStatus.OK, HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY)


class Shadow:
    """Sends to a service what the emulator was sent, and keeps where the two disagree.

    A context manager that runs one thread. `offer` never waits. The counts say what became of the requests:
    `compared`, `disagreeing`, `failed` (the service did not answer) and `skipped` (too many were waiting).
    """

    def __init__(
        self,
        service: RemoteService,
        emulator: Emulator,
        *,
        interval: float = SHADOW_INTERVAL,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.compared = self.disagreeing = self.failed = self.skipped = 0
        self._service, self._emulator, self._clock = service, emulator, clock
        self._interval = self._pause = interval
        self._waiting: Queue[tuple[RequestContext, Answer]] = Queue(MAX_WAITING)
        self._waiting_bytes = 0
        self._ended = Event()
        self._thread = Thread(target=self._run, name="mockpin-shadow", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._ended.set()
        self._thread.join(timeout=0.2)

    def offer(self, context: RequestContext, answer: Answer) -> None:
        """Take a request that was answered, unless a fault touched it or nothing was judged."""
        if context.fault or answer.status not in COMPARABLE:
            return
        size = len(context.request.body)
        if self._waiting_bytes + size > MAX_WAITING_BYTES:
            self.skipped += 1
            return
        try:
            self._waiting.put_nowait((context, answer))
            self._waiting_bytes += size
        except Full:
            self.skipped += 1

    def summary(self) -> str:
        """The counts in one line."""
        return (
            f"shadow: {count(self.compared, 'request')} compared, "
            f"{self.disagreeing} of them judged otherwise, "
            f"{self.failed} not answered, {self.skipped + self._waiting.qsize()} not sent"
        )

    def _run(self) -> None:
        while not self._ended.wait(self._pause):
            self._pause = self._interval
            with suppress(Empty):
                context, answer = self._waiting.get(timeout=0.1)
                self._waiting_bytes -= len(context.request.body)
                self._try(context, answer)

    def _try(self, context: RequestContext, answer: Answer) -> None:
        try:
            self._forward(context, answer)
        except ServiceFailed as failure:
            self.failed += 1
            self._pause = max(self._pause, RETRY_INTERVAL)
            LOGGER.warning("shadow: %s Not answered so far: %d.", failure, self.failed)
        except Exception as error:  # noqa: BLE001 - the comparison is lost, the thread is not
            report_breakdown(error)

    def _forward(self, context: RequestContext, answer: Answer) -> None:
        body = read_object(context.request, limit=self._emulator.settings.body_limit)
        if body is None:
            return
        observed = self._service.forward(body)
        if observed.status == HTTPStatus.TOO_MANY_REQUESTS:
            self._pause = read_wait(observed)
            raise ServiceFailed("The service answers 429.")
        self._record(context, answer, observed)

    def _record(self, context: RequestContext, answer: Answer, observed: ObservedAnswer) -> None:
        emulated = ObservedAnswer(answer.status, body=orjson.loads(answer.body))
        judged = self._emulator.settings.test_batch
        row = compare_answers(context, emulated, observed, judged=judged, now=self._clock())
        with self._emulator.store.transaction():
            self._emulator.store.add_shadow_answer(row)
        self.compared += 1
        if row.verdicts != "[]":
            self.disagreeing += 1
            LOGGER.warning("shadow: %s Judged otherwise so far: %d.", tell_difference(row), self.disagreeing)


def tell_difference(row: ShadowAnswer) -> str:
    """One sentence about a request that the two judge otherwise."""
    differing = len(row.to_dict()["disagreements"])
    return (
        f"request {row.request_id}: mockpin answered {row.emulated_status}, the real service {row.status}; "
        f"{differing} of the verdicts differ."
    )


def read_object(request: HttpRequest, *, limit: int) -> bytes | None:
    """The plain bytes of a body that is a JSON object, None for anything else."""
    try:
        body = unpack_request(request, limit=limit)
        return body if isinstance(orjson.loads(body), dict) else None
    except (BodyTooLarge, BodyUnreadable, orjson.JSONDecodeError):
        return None


def compare_answers(
    context: RequestContext, emulated: ObservedAnswer, observed: ObservedAnswer, *, judged: int, now: float
) -> ShadowAnswer:
    """The real service's answer beside the emulator's; only the first `judged` events are compared.

    A request that was refused as a whole has no events in the history.
    """
    first_seq = None if emulated.status == HTTPStatus.BAD_REQUEST else context.first_seq
    pairs = list(zip(emulated.verdicts[:judged], observed.verdicts[:judged], strict=False))
    differing = [
        {
            "index": index,
            "seq": None if first_seq is None else first_seq + index,
            "emulated": ours.outcome,
            "observed": theirs.outcome,
            "message": theirs.error or theirs.warning or ours.error,
        }
        for index, (ours, theirs) in enumerate(pairs)
        if ours.outcome != theirs.outcome
    ]
    return ShadowAnswer(
        request_id=context.number,
        ad_account_id=context.ad_account_id,
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
