"""The small language of the search box: ``is:bad rule:event-time-too-old event:checkout id:o-1 key:em``.

A query is words, and all of them must hold. ``word:value`` asks about one thing (the table `WORDS`), a ``-``
in front turns a word round, quotes keep spaces together, ``*`` stands for anything, and a bare word is looked
for in names, ids, rules and messages. A word that means nothing is explained, and either taken for the one
that is near or ignored: a search never fails.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from mockpin.emulator.history.records import as_written
from mockpin.emulator.tag.rules import TAG_RULES
from mockpin.expectations.matching import REPORTING_CLASSES, SOURCES, Record
from mockpin_validator import RULES
from mockpin_validator.contract.spelling import nearest

Predicate = Callable[[Record], bool]

_TOKEN = re.compile(r'(?:"[^"]*"?|[^\s"])+')
_PARTS = re.compile(r"(?P<minus>-(?=.))?(?:(?P<word>[A-Za-z_]+):)?(?P<value>.*)", re.DOTALL)
_AMBIGUOUS = re.compile(r"[\s:]|^-|^$")
_LONGEST = 500
#: So many choices fit into a sentence.
_FEW = 12


@dataclass(frozen=True)
class State:
    """What may follow ``is:``: how a record shows it, and the history's own filter where there is one."""

    meaning: str
    holds: Predicate
    filters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Word:
    """What may stand before a colon, the values a record has for it, and the history's own filter."""

    meaning: str
    example: str
    read: Callable[[Record], tuple[str, ...]]
    filter: str | None = None
    choices: tuple[str, ...] = ()


def _has_warning(record: Record) -> bool:
    return any(each["severity"] == "warning" for each in record["findings"])


STATES: Mapping[str, State] = MappingProxyType({
    "good": State("processed", lambda record: record["status"] == "processed", {"status": "processed"}),
    "bad": State("failed", lambda record: record["status"] == "failed", {"status": "failed"}),
    "duplicate": State(
        "counted before", lambda record: record["duplicate_of"] is not None, {"duplicate": True}
    ),
    "test": State("sent with test=true", lambda record: bool(record["test"]), {"test": True}),
    "warned": State("with at least one warning", _has_warning),
    "clean": State("without any finding", lambda record: not record["findings"]),
    "limited": State(
        "under limited data processing",
        lambda record: bool(record["limited_data_processing"]["applies"]),
        {"limited_data_processing": True},
    ),
})  # fmt: skip

#: The states that exclude each other on the page: its tabs.
TABS = ("good", "bad", "duplicate", "test")


def _field(*names: str) -> Callable[[Record], tuple[str, ...]]:
    return lambda record: tuple(str(record[name]) for name in names if record[name] is not None)


def _rules(record: Record) -> tuple[str, ...]:
    return tuple(each["rule"] for each in record["findings"])


WORDS: Mapping[str, Word] = MappingProxyType({
    "event": Word("event name", "event:checkout", _field("event_name", "sent_name"), "event_name"),
    "id": Word("event id", "id:order-1001", _field("event_id"), "event_id"),
    "rule": Word("a finding's rule", "rule:event-time-too-old", _rules, choices=(*RULES, *TAG_RULES)),
    "key": Word("a match key that is present", "key:em", lambda record: tuple(record["match_keys"])),
    "source": Word("where it came in", "source:tag", _field("source"), "source", SOURCES),
    "action": Word("action source", "action:web", _field("action_source"), "action_source"),
    "as": Word("reported as", "as:offline", _field("reported_as"), "reported_as", REPORTING_CLASSES),
    "account": Word("ad account", "account:549755885175", _field("ad_account_id"), "ad_account_id"),
    "request": Word("the request it came with", "request:7", _field("request_id")),
})  # fmt: skip

#: Every word and the values it takes; none means any text.
CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "is": tuple(STATES),
    **{name: word.choices for name, word in WORDS.items()},
})  # fmt: skip


@dataclass(frozen=True)
class Term:
    """One understood word of a query. A bare word has an empty `word`."""

    word: str
    value: str
    negated: bool = False

    def matches(self, record: Record) -> bool:
        """Whether the record is what this word asks for."""
        return self._holds(record) is not self.negated

    def _holds(self, record: Record) -> bool:
        if not self.word:
            return self.value.casefold() in _searchable(record)
        if self.word == "is":
            return STATES[self.value].holds(record)
        word = WORDS[self.word]
        sought = self.value if "*" in self.value else as_written(word.filter or "", self.value)
        return _fits_any(sought, word.read(record))

    @property
    def filters(self) -> Mapping[str, Any]:
        """What the history itself can leave out, so that a long one stays quick."""
        if self.negated or not self.word:
            return {}
        if self.word == "is":
            return STATES[self.value].filters
        name = WORDS[self.word].filter
        return {name: self.value} if name and "*" not in self.value else {}

    def __str__(self) -> str:
        value = f'"{self.value}"' if _AMBIGUOUS.search(self.value) else self.value
        return ("-" if self.negated else "") + (f"{self.word}:" if self.word else "") + value


@dataclass(frozen=True)
class Misunderstanding:
    """A word of the query that means nothing, what would, and what it is taken for if that is near."""

    token: str
    message: str
    taken: Term | None = None


@dataclass(frozen=True)
class Query:
    """A parsed search. Test requests are a history of their own: only ``is:test`` asks for them."""

    terms: tuple[Term, ...] = ()
    misunderstandings: tuple[Misunderstanding, ...] = ()

    @property
    def tab(self) -> str | None:
        """The first of `TABS` that the query asks for."""
        asked = (term.value for term in self.terms if term.word == "is" and not term.negated)
        return next((value for value in asked if value in TABS), None)

    @property
    def test(self) -> bool:
        """Whether the query is about test requests."""
        return any(term.word == "is" and term.value == "test" for term in self.terms if not term.negated)

    @property
    def filters(self) -> dict[str, Any]:
        """Filters of the history that every match passes; `matches` decides about what they let through."""
        found: dict[str, Any] = {"test": self.test}
        for term in self.terms:
            found = {**term.filters, **found}
        return found

    def matches(self, record: Record) -> bool:
        """Whether the record is what all words ask for."""
        return bool(record["test"]) is self.test and all(term.matches(record) for term in self.terms)

    def switch(self, tab: str | None) -> Query:
        """This query on another tab."""
        kept = tuple(term for term in self.terms if not (term.word == "is" and term.value in TABS))
        return replace(self, terms=(Term("is", tab), *kept) if tab else kept)

    def __str__(self) -> str:
        return " ".join(map(str, self.terms))


def parse_query(text: str) -> Query:
    """Read a search. Never raises: what is not understood is in `Query.misunderstandings`."""
    found = [_understand(match[0]) for match in _TOKEN.finditer(text[:_LONGEST])]
    terms = (each if isinstance(each, Term) else each.taken for each in found)
    return Query(
        tuple(filter(None, terms)),
        tuple(each for each in found if isinstance(each, Misunderstanding)),
    )


def _understand(token: str) -> Term | Misunderstanding:
    minus, word, value = _PARTS.fullmatch(token).groups()  # type: ignore[union-attr]  # it matches every text
    term = Term((word or "").lower(), value.replace('"', ""), negated=bool(minus))
    if not term.word:
        return term
    if term.word not in CHOICES:
        near = nearest(term.word, CHOICES)
        return Misunderstanding(token, f"There is no word “{term.word}:”. {_suggest(near, tuple(CHOICES))}")
    return _misread(term, token) or term


def _misread(term: Term, token: str) -> Misunderstanding | None:
    choices = CHOICES[term.word]
    if not term.value:
        example = WORDS[term.word].example if term.word in WORDS else "is:bad"
        return Misunderstanding(token, f"“{token}” wants a value, as in {example}.")
    if not choices or term.value in choices or (term.word in WORDS and _fits_any(term.value, choices)):
        return None
    near = nearest(term.value, choices) or _find_part(term.value, choices)
    said = f"“{term.value}” is nothing that “{term.word}:” knows. {_suggest(near, choices)}"
    if not near:
        return Misunderstanding(token, said)
    return Misunderstanding(token, f"{said} That is what is shown.", replace(term, value=near))


def _find_part(text: str, choices: tuple[str, ...]) -> str | None:
    """What finds all of many choices that have the text in them."""
    return f"*{text}*" if len(choices) > _FEW and any(text in each for each in choices) else None


def _suggest(near: str | None, choices: tuple[str, ...]) -> str:
    if near:
        return f"Did you mean {near}?"
    known = ", ".join(choices) if len(choices) <= _FEW else "any of those that “Words the search knows” lists"
    return f"It may be {known}."


def _fits(pattern: str, text: str) -> bool:
    parts = map(re.escape, pattern.split("*"))
    return re.fullmatch(".*".join(parts), text, re.DOTALL) is not None


def _fits_any(pattern: str, texts: Iterable[str]) -> bool:
    return any(_fits(pattern, each) for each in texts)


def _searchable(record: Record) -> str:
    named = (record["event_name"], record["sent_name"], record["event_id"], record["action_source"])
    found = (text for each in record["findings"] for text in (each["rule"], each["message"]))
    return "\n".join(str(each) for each in (*named, *found) if each is not None).casefold()
