"""What a person may paste into a public issue: the questions and answers of a calibration, masked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import orjson

from mockpin.emulator.masking.events import mask_dumped
from mockpin.emulator.masking.texts import mask_secrets

if TYPE_CHECKING:
    from mockpin.emulator.settings.calibrations import Calibration

#: Headers that a public issue needs: what is known of the others is not contested.
_SHARED_HEADERS = ("content-type", "retry-after", "x-ratelimit-limit", "ratelimit-limit", "ratelimit-policy")
#: Unix seconds, as the service's messages repeat them.
_MOMENT = re.compile(r"(?<!\d)[12]\d{9}(?!\d)")


def write_shared(calibration: Calibration) -> str:
    """Markdown with each question, what was observed and the masked answers.

    It names neither the ad account, not even its fingerprint, nor when an answer came, but for the day.
    """
    return (
        "\n".join([*write_head(calibration), *write_table(calibration), *write_answers(calibration)]) + "\n"
    )


def write_head(calibration: Calibration) -> Iterator[str]:
    """Where and when the calibration was observed."""
    yield f"Observed at {calibration.service} on {calibration.observed} by mockpin {calibration.mockpin},"
    yield "with `?test=true` and made-up people."
    yield ""


def write_table(calibration: Calibration) -> Iterator[str]:
    """A table of the questions, with what the emulator does by default and what was observed."""
    yield "| question | mockpin's default | observed |"
    yield "| --- | --- | --- |"
    for probe in calibration.probes:
        yield f"| {probe['question']} | {probe['emulated']} | {mask_cell(probe['observed'])} |"
    yield ""


def mask_cell(text: str) -> str:
    """What a service said, as a cell of a table."""
    return mask_secrets(text).replace("|", r"\|").replace("\n", " ")


def write_answers(calibration: Calibration) -> Iterator[str]:
    """The answers that differ from what mockpin emulates, a line of JSON each."""
    for probe in calibration.probes:
        if probe["agrees"] is not True:
            yield f"`{probe['name']}`:"
            yield ""
            yield "```json"
            yield from (write_answer(exchange["answer"]) for exchange in probe["exchanges"])
            yield "```"
            yield ""


def write_answer(answer: Mapping[str, Any]) -> str:
    """One answer, masked, without what tells when it came."""
    headers = {name: value for name, value in answer["headers"].items() if name in _SHARED_HEADERS}
    kept = {
        "status": answer["status"],
        "reason": answer["reason"],
        "headers": headers,
        "body": answer["body"],
    }
    return _MOMENT.sub("<time>", mask_dumped(orjson.dumps(kept)).decode())
