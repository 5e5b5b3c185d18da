"""What a fault does to an answer on its way back."""

from collections.abc import Callable, Mapping
from typing import Any

from mockpin.emulator.pipeline.answers import Answer
from mockpin.emulator.pipeline.faults import Fault

GARBAGE = b"\x00\xffnot what you hoped for\x00"


def delay(answer: Answer, milliseconds: Any) -> Answer:
    """Held back."""
    return answer._replace(delay=milliseconds / 1000)


def drop(answer: Answer, _value: Any) -> Answer:
    """The connection ends without an answer."""
    return answer._replace(body=b"", promised=max(1, len(answer.body)), dropped=True)


def truncate(answer: Answer, length: Any) -> Answer:
    """The connection ends after this number of bytes of the body, and after none without an answer."""
    if not length:  # a head alone arrives or not, as it happens
        return drop(answer, length)
    return answer._replace(body=answer.body[:length], promised=len(answer.body))


def garble(answer: Answer, _value: Any) -> Answer:
    """A body that is not JSON."""
    return answer._replace(body=GARBAGE)


def drain(answer: Answer, _value: Any) -> Answer:
    """No body."""
    return answer._replace(body=b"")


DISTORTIONS: Mapping[str, Callable[[Answer, Any], Answer]] = {
    "delay_ms": delay,
    "drop": drop,
    "truncate": truncate,
    "garbage": garble,
    "empty": drain,
}


def distort(answer: Answer, fault: Fault | None) -> Answer:
    """The answer as the fault lets it through; as it is when the fault concerns something else."""
    distortion = DISTORTIONS.get(fault.kind) if fault else None
    return distortion(answer, fault.value) if fault and distortion else answer
