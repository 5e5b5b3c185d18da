"""What `mockpin explain` knows besides rules and fields: answers, sentences, names and settings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from mockpin.emulator.pipeline import answers

if TYPE_CHECKING:
    from pathlib import Path

    from mockpin_validator.handbook import Example, Examples

_VALUES: Final = re.compile(r"'[^']*'|\"[^\"]*\"|\d[\d.,:-]*|\s+")
#: Characters of a sentence by which it can be recognized; a shorter text is a name.
_SHORTEST_SENTENCE: Final = 12


class Meaning(NamedTuple):
    """What an answer means for its sender, and what to do."""

    answer: answers.Answer
    meaning: str
    fix: str


MEANINGS: Final = (
    Meaning(
        answers.invalid("..."),
        "The request as a whole is refused: no event of it was taken. Pinterest names the first fault that"
        " it finds, not the event.",
        "Judge the payload with mockpin validate, which names every fault, correct it and send all again.",
    ),
    Meaning(
        answers.unauthorized(),
        "The conversion token is missing, wrong or expired.",
        "Send the ad account's own token as Authorization: Bearer.",
    ),
    Meaning(
        answers.forbidden(),
        "The token does not open this ad account, or there is no such ad account.",
        "Check the ad account's id in the path and whose token it is.",
    ),
    Meaning(
        answers.not_found(),
        "There is nothing at this path.",
        "Send to /v5/ad_accounts/{ad_account_id}/events; a client that is given a base URL with /v5 must"
        " not add it again.",
    ),
    Meaning(answers.method_not_allowed(), "The path takes another method.", "Send events by POST."),
    Meaning(
        answers.too_large(10_000_000),
        "The body, unpacked, is larger than is taken.",
        "Send at most 1,000 events in a request, and fewer when they are long.",
    ),
    Meaning(
        answers.judged([answers.Verdict("failed")], 422),
        "Some events failed; the others were processed and must not be sent again.",
        "Read details.events: verdicts are in the order of the events. Correct and send the failed ones.",
    ),
    Meaning(
        answers.rate_limited(),
        "Too many requests in this window. Nothing was taken.",
        "Wait and send the same request again; put more events in each request.",
    ),
    Meaning(
        answers.broken(),
        "Something failed at Pinterest. The events may have been taken.",
        "Send the same bytes again, later each time: Pinterest recognizes them by event_id, but not offline"
        " events.",
    ),
    Meaning(
        answers.ramped_down(), "Pinterest takes no traffic for now.", "Send the same request again later."
    ),
)


def find_examples() -> Examples:
    """By rule, the shipped cases in which it speaks."""
    from mockpin.fixtures import ROOT
    from mockpin_validator.handbook import load_examples

    on_documents = {
        path.stem: (_document_example(path),) for path in sorted((ROOT / "documents").glob("*.json"))
    }
    on_hits = {path.stem: (_hit_example(path),) for path in sorted((ROOT / "tag_hits").glob("*.json"))}
    return {**load_examples(ROOT / "rules"), **on_documents, **on_hits}


def _document_example(path: Path) -> Example:
    from mockpin.fixtures import read
    from mockpin.segment.payloads import READINGS
    from mockpin_validator.archive.documents import Document
    from mockpin_validator.archive.judging import Judging, judge_document
    from mockpin_validator.handbook import Example

    case = read(path)
    judging = Judging("strict", reading=READINGS[case["from"]])
    judged = judge_document(Document(case["text"].encode()), judging, path.name)
    return Example(case["what"], next(finding for finding, _ in judged.findings if finding.rule == path.stem))


def _hit_example(path: Path) -> Example:
    from mockpin.emulator.pipeline.requests import HttpRequest
    from mockpin.emulator.tag.hits import read_event, unfold
    from mockpin.emulator.tag.rules import judge_hit
    from mockpin.fixtures import read
    from mockpin_validator.handbook import Example

    case = read(path)
    fields = unfold(case["parameters"].items())
    findings = judge_hit(fields, read_event(fields, HttpRequest("GET", "/v3/"), 0))
    return Example(case["what"], next(finding for finding in findings if finding.rule == path.stem))


def explain_more(name: str, examples: Examples) -> tuple[str, ...]:
    """The entries on an answer, a sentence of Pinterest's, an event name, an action source or a setting."""
    return (
        *(write_answer(meaning) for meaning in MEANINGS if is_about(meaning, name)),
        *explain_sentence(name, examples),
        *explain_name(name),
        *explain_setting(name),
    )


def is_about(meaning: Meaning, name: str) -> bool:
    """Whether an answer goes by a status, a code or a part of its message."""
    body = json.loads(meaning.answer.body)
    is_part = len(name) >= _SHORTEST_SENTENCE and name.lower() in body["message"].lower()
    return name in (str(meaning.answer.status), str(body["code"]), body["message"]) or is_part


def write_answer(meaning: Meaning) -> str:
    """An answer as Pinterest gives it, what it means, and what to do."""
    body = json.loads(meaning.answer.body)
    return (
        f"## {meaning.answer.status}, code {body['code']}\n\n{body['message']}\n\n"
        f"{meaning.meaning}\n{meaning.fix}\n"
    )


def explain_sentence(sentence: str, examples: Examples) -> Iterator[str]:
    """Which rule makes Pinterest say a sentence, whatever its values are."""
    wanted = generalize(sentence)
    if len(wanted) < _SHORTEST_SENTENCE or " " not in sentence.strip():
        return
    for rule, cases in examples.items():
        for case in cases:
            if case.finding.reply and wanted in generalize(case.finding.reply):
                yield (
                    f"## {rule}\n\nPinterest says: {case.finding.reply}\n\n{case.finding.message}"
                    f" {case.finding.fix}\nMore: mockpin explain {rule}, docs/rules.md#{rule}\n"
                )
                break


def generalize(sentence: str) -> str:
    """A sentence without its values, in lower case."""
    return _VALUES.sub(" ", sentence).strip(" .").lower()


def explain_name(name: str) -> Iterator[str]:
    """An event name or an action source, and where it belongs."""
    from mockpin_validator.contract.names import NAMES, STANDARD_EVENT_NAMES

    for field, names in NAMES.items():
        if name in names:
            standard = " It is one of Pinterest's standard events." if name in STANDARD_EVENT_NAMES else ""
            yield f"## {name}\n\nA value of {field}.{standard}\nMore: mockpin explain {field}\n"


def explain_setting(name: str) -> Iterator[str]:
    """A setting of the emulator, by its name or its flag."""
    from mockpin.emulator.settings.settings import FIELDS

    key = name.removeprefix("--").replace("-", "_")
    if key in FIELDS:
        about = FIELDS[key].metadata
        yield (
            f"## {key}\n\n{about['about']} Takes {about['values']}; without it"
            f" {about['shown'](about['default'])}.\nmockpin serve --{key.replace('_', '-')}\n"
            f"Source: {about['source']} ({about['grade']}, {about['date']})\n"
        )


def list_names() -> list[str]:
    """Every name that is explained besides rules and fields."""
    from mockpin.emulator.settings.settings import FIELDS
    from mockpin_validator.contract.names import NAMES

    return [
        *(str(meaning.answer.status) for meaning in MEANINGS),
        *(name for names in NAMES.values() for name in names),
        *FIELDS,
    ]
