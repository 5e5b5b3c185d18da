"""The same request again while that can help, waiting longer each time."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Final

from tenacity import RetryCallState, Retrying, retry_if_result, stop_after_attempt

from mockpin_transformer.sending.replies import PinterestAnswer

_FIRST_WAIT: Final = 0.5
_LONGEST_BACK_OFF: Final = 30.0


@dataclass(frozen=True)
class Retries:
    """How often and when a request is repeated; `longest_wait` is the longest that a server may ask for."""

    attempts: int
    longest_wait: float
    sleep: Callable[[float], None]
    random: Random

    def run(
        self, request: Callable[[], PinterestAnswer], *, spare_ambiguous: bool
    ) -> tuple[PinterestAnswer, int]:
        """Send until a reply needs no repeat; the last reply and the number of attempts.

        With `spare_ambiguous`, a failure that may have been a success is not repeated.
        """
        retrying = Retrying(
            retry=retry_if_result(lambda reply: self._helps(reply, spare_ambiguous=spare_ambiguous)),
            stop=stop_after_attempt(self.attempts),
            wait=self._wait,
            sleep=self.sleep,
            retry_error_callback=_reply,
        )
        reply = retrying(request)
        return reply, int(retrying.statistics["attempt_number"])

    def _helps(self, reply: PinterestAnswer, *, spare_ambiguous: bool) -> bool:
        may_repeat = reply.is_transient and not (spare_ambiguous and reply.is_ambiguous)
        return may_repeat and (reply.wait or 0) <= self.longest_wait

    def _wait(self, state: RetryCallState) -> float:
        """Seconds: what the server asks for and a little more, else twice as long each time; with jitter."""
        asked = _reply(state).wait
        back_off = min(_LONGEST_BACK_OFF, _FIRST_WAIT * 2 ** (state.attempt_number - 1))
        return self.random.uniform(back_off / 2, back_off) if asked is None else asked + self.random.random()


def _reply(state: RetryCallState) -> PinterestAnswer:
    if state.outcome is None:
        raise ValueError("There is no reply before the first attempt.")
    reply: PinterestAnswer = state.outcome.result()
    return reply
