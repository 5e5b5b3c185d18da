"""The language of the search box: ``is:bad rule:event-time-too-old event:checkout order:1001 since:10m``.

All words of a query must match. ``word:value`` asks about one thing (the table `WORDS`). A ``-`` in front
negates a word, quotes keep spaces together, and ``*`` stands for any text. A bare word is searched for in the
payload, the findings and the answer. An unknown word is explained, and ignored or replaced by a near one: a
search never fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from mockpin.emulator.masking.texts import mask_secrets
from mockpin.emulator.settings.durations import DurationUnreadable, parse_duration
from mockpin.moments import read_iso
from mockpin.web.pages.content.search_words import CHOICES, STATES, TABS, WORDS, read_searchable
from mockpin_validator.contract.spelling import nearest

if TYPE_CHECKING:
    from mockpin.emulator.history.event_fields import EventRow
    from mockpin.expectations.matching import Record


_TOKEN = re.compile(r'(?:"[^"]*"?|[^\s"])+')
_PARTS = re.compile(r"(?P<minus>-(?=.))?(?:(?P<word>[A-Za-z_]+):)?(?P<value>.*)", re.DOTALL)
_AMBIGUOUS = re.compile(r"[\s:]|^-|^$")
MAX_QUERY_LENGTH = 500
#: The states and words that only an event has: no refused request needs to be read for them.
EVENT_STATES = frozenset({"good", "bad", "duplicate", "limited", "warned", "clean"})
EVENT_WORDS = frozenset({"rule", "key", "as"})
#: The words whose value, without its stars, is in the stored columns of an event.
LITERAL_WORDS = frozenset({"", "order", "rule", "key"})
#: The number of choices that a sentence lists at most.
MAX_LISTED_CHOICES = 12


@dataclass(frozen=True)
class Term:
    """One understood word of a query. A bare word has an empty `word`.

    `since` is the moment of ``since:``, in Unix seconds.
    """

    word: str
    value: str
    negated: bool = False
    since: float = field(default=0.0, compare=False)

    def matches(self, record: Record) -> bool:
        """Whether the record matches this word."""
        return self._holds(record) is not self.negated

    def _holds(self, record: Record) -> bool:
        if not self.word:
            return fits_pattern(f"*{self.value}*".casefold(), read_searchable(record))
        if self.word == "is":
            return STATES[self.value].holds(record)
        if self.word == "since":
            return bool(record["received_at"] >= self.since)
        word = WORDS[self.word]
        sought = self.value if "*" in self.value else word.as_stored(mask_secrets(self.value))
        return _fits_any(sought, word.read(record)) or (self.word == "value" and self._has_value(record))

    def _has_value(self, record: Record) -> bool:
        """Whether the record has the same amount in another spelling: 72.390 for 72.39."""
        amount = _read_amount(self.value)
        return amount is not None and amount in map(_read_amount, WORDS["value"].read(record))

    @property
    def filters(self) -> Mapping[str, Any]:
        """The store's filters for this word, which make a search of a long history fast."""
        if self.negated or not self.word:
            return {}
        if self.word == "is":
            return STATES[self.value].filters
        event_filter = WORDS[self.word].filter
        return {event_filter.name: self.value} if event_filter and "*" not in self.value else {}

    @property
    def literals(self) -> tuple[str, ...]:
        """Texts that the stored columns of every match contain, in lower case."""
        if (
            self.negated
            or self.word not in LITERAL_WORDS
            or "\\" in self.value
            or not self.value.isprintable()
        ):
            return ()
        return tuple(filter(None, mask_secrets(self.value).casefold().split("*")))

    def __str__(self) -> str:
        value = f'"{self.value}"' if _AMBIGUOUS.search(self.value) else self.value
        return ("-" if self.negated else "") + (f"{self.word}:" if self.word else "") + value


@dataclass(frozen=True)
class Misunderstanding:
    """An unknown word of the query, a message about it, and the near word taken in its place."""

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
        states = (term.value for term in self.terms if term.word == "is" and not term.negated)
        return next((value for value in states if value in TABS), None)

    @property
    def is_empty(self) -> bool:
        """Whether the query names no more than a tab."""
        return not self.switch(None).terms

    @property
    def test(self) -> bool:
        """Whether the query is about test requests."""
        return any(term.word == "is" and term.value == "test" for term in self.terms if not term.negated)

    @property
    def only_tab(self) -> Query:
        """The query without any words but its tab."""
        return Query().switch(self.tab)

    @property
    def may_be_refused(self) -> bool:
        """Whether a request that gave no event can match: it has no verdict, and nothing judged it."""
        required = [term for term in self.terms if not term.negated]
        return not any(
            term.word in EVENT_WORDS or (term.word == "is" and term.value in EVENT_STATES)
            for term in required
        )

    @property
    def filters(self) -> dict[str, Any]:
        """The store's filters that every match passes; `matches` decides about the rows they let through."""
        filters: dict[str, Any] = {"test": self.test}
        for term in self.terms:
            filters = {**term.filters, **filters}
        return filters

    @cached_property
    def literals(self) -> tuple[str, ...]:
        """Texts that the stored columns of every match contain, in lower case."""
        return tuple(text for term in self.terms for text in term.literals)

    def may_match(self, row: EventRow) -> bool:
        """Whether a stored event can match: a quick test that does not parse its JSON."""
        if not self.literals:
            return True
        text = "\n".join(column for column in row if isinstance(column, str)).casefold()
        return all(literal in text for literal in self.literals)

    def matches(self, record: Record) -> bool:
        """Whether the record matches all words; only a query for test requests matches those."""
        return bool(record["test"]) is self.test and self.matches_words(record)

    def matches_words(self, record: Record) -> bool:
        """Whether the record matches all words, on any tab."""
        return all(term.matches(record) for term in self.terms)

    def switch(self, tab: str | None) -> Query:
        """This query on another tab."""
        kept = tuple(term for term in self.terms if not (term.word == "is" and term.value in TABS))
        return replace(self, terms=(Term("is", tab), *kept) if tab else kept)

    def __str__(self) -> str:
        return " ".join(map(str, self.terms))


def parse_query(text: str, now: float = 0.0) -> Query:
    """Read a search; ``since:10m`` counts back from `now`, in Unix seconds.

    Never raises: unknown words are in `Query.misunderstandings`.
    """
    parsed = [_understand(match[0], now) for match in _TOKEN.finditer(text[:MAX_QUERY_LENGTH])]
    terms = (item if isinstance(item, Term) else item.taken for item in parsed)
    return Query(
        tuple(filter(None, terms)),
        tuple(item for item in parsed if isinstance(item, Misunderstanding)),
    )


def _understand(token: str, now: float) -> Term | Misunderstanding:
    minus, word, value = _PARTS.fullmatch(token).groups()  # type: ignore[union-attr]  # it matches every text
    term = Term((word or "").lower(), value.replace('"', ""), negated=bool(minus))
    if not term.word:
        return term
    if term.word not in CHOICES:
        near = nearest(term.word, CHOICES)
        return Misunderstanding(token, f"There is no word “{term.word}:”. {_suggest(near, tuple(CHOICES))}")
    return _misread(term, token) or (_date(term, token, now) if term.word == "since" else term)


def _misread(term: Term, token: str) -> Misunderstanding | None:
    choices = CHOICES[term.word]
    if not term.value:
        example = WORDS[term.word].example if term.word in WORDS else "is:bad"
        return Misunderstanding(token, f"“{token}” needs a value, as in {example}.")
    if not choices or term.value in choices or (term.word in WORDS and _fits_any(term.value, choices)):
        return None
    near = nearest(term.value, choices) or _find_part(term.value, choices)
    message = f"“{term.value}” is not a value of “{term.word}:”. {_suggest(near, choices)}"
    if not near:
        return Misunderstanding(token, message)
    return Misunderstanding(token, f"{message} That is what is shown.", replace(term, value=near))


def _date(term: Term, token: str, now: float) -> Term | Misunderstanding:
    """Return the term with the moment of its value: a length of time ago, or a written moment."""
    try:
        return replace(term, since=now - parse_duration(term.value))
    except DurationUnreadable:
        pass
    try:
        return replace(term, since=read_iso(term.value))
    except (ValueError, OverflowError):
        message = f"“{term.value}” is not a time. Write it like since:10m or since:2026-01-31T12:00:00Z."
        return Misunderstanding(token, message)


def _find_part(text: str, choices: tuple[str, ...]) -> str | None:
    """Return a pattern for all choices that contain the text, if there are many choices."""
    is_part = len(choices) > MAX_LISTED_CHOICES and any(text in choice for choice in choices)
    return f"*{text}*" if is_part else None


def _suggest(near: str | None, choices: tuple[str, ...]) -> str:
    if near:
        return f"Did you mean {near}?"
    few = len(choices) <= MAX_LISTED_CHOICES
    return f"It may be {', '.join(choices) if few else 'any of those that “Words the search knows” lists'}."


def _fits_any(pattern: str, texts: Iterable[str]) -> bool:
    return any(fits_pattern(pattern, text) for text in texts)


def _read_amount(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def fits_pattern(pattern: str, text: str) -> bool:
    """Whether the text fits a pattern in which `*` stands for any text.

    It finds the parts between the stars one after another, so the time is linear for any pattern.
    """
    first, *parts = pattern.split("*")
    if not parts:
        return text == pattern
    *middle, last = parts
    if not text.startswith(first) or len(text) < len(first) + len(last) or not text.endswith(last):
        return False
    start, end = len(first), len(text) - len(last)
    for part in middle:
        index = text.find(part, start, end)
        if index < 0:
            return False
        start = index + len(part)
    return True
