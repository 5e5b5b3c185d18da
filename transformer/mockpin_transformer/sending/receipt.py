"""The result of sending."""

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Failure:
    """An event that was not processed: its index in the list that was given, its event id, and why.

    Neither shows plain text: of an event id that is an e-mail address or a telephone number only the shape is
    here.

    `status` is the answer's if it was about the request as a whole, None if it was about this event.
    `ambiguous` says that it may have been processed all the same: sent again it counts twice if it is
    offline, as Pinterest recognizes only the others.
    """

    index: int
    event_id: str | None
    message: str
    status: int | None = None
    ambiguous: bool = False


@dataclass(frozen=True)
class Receipt:
    """All batches together; `batches` counts requests, `attempts` their repeats too.

    `unreachable` says that at least one batch got no answer.
    """

    batches: int = 0
    processed: int = 0
    failed: tuple[Failure, ...] = ()
    attempts: int = 0
    unreachable: bool = False

    @property
    def ok(self) -> bool:
        """Whether every event was processed."""
        return not self.failed

    def with_indexes(self, indexes: Sequence[int]) -> "Receipt":
        """The receipt of events that were picked from a longer list, at these indexes of it."""
        failed = tuple(replace(failure, index=indexes[failure.index]) for failure in self.failed)
        return replace(self, failed=failed)

    def __add__(self, other: "Receipt") -> "Receipt":
        failed = sorted((*self.failed, *other.failed), key=lambda failure: failure.index)
        return Receipt(
            self.batches + other.batches,
            self.processed + other.processed,
            tuple(failed),
            self.attempts + other.attempts,
            self.unreachable or other.unreachable,
        )


@dataclass(eq=False)
class SendingInterrupted(KeyboardInterrupt):
    """The program was told to stop while it was sending.

    `receipt` has among `failed` the events whose answer had not come, as ambiguous, and those not yet sent.
    """

    receipt: Receipt

    def __str__(self) -> str:
        return "Interrupted while sending."
