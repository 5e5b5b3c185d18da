"""Observations that differ in their event name alone, told as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from mockpin.observations.relation import MAX_EXAMPLES
from mockpin.observations.rule import complete
from mockpin.observations.rules import OBSERVATION_RULES

if TYPE_CHECKING:
    from mockpin.observations.rule import ExamplePlace, Observation


def fold_event_names(observations: Iterable[Observation]) -> list[Observation]:
    """One observation for each rule, ad account, source and cause, in the order of their first ones."""
    alike: dict[tuple[str, ...], list[Observation]] = {}
    for seen in observations:
        key = (seen.rule, seen.severity, seen.ad_account_id, seen.source, seen.detail)
        alike.setdefault(key, []).append(seen)
    return [_fold(group) if len(group) > 1 else group[0] for group in alike.values()]


def _fold(group: Sequence[Observation]) -> Observation:
    """The sum of observations; the sentence lists their event names, which are named at its end otherwise."""
    rule, names = OBSERVATION_RULES[group[0].rule], _list_names([seen.event_name for seen in group])
    is_named = "{name}" in rule.sentence or "{title}" in rule.sentence
    return complete(replace(
        group[0],
        sentence=rule.sentence if is_named else f"{rule.sentence} These are {{name}}.",
        fix=rule.fix,
        events=sum(seen.events for seen in group),
        total=sum(seen.total for seen in group),
        event_name=names,
        examples=_take_in_turn([seen.examples for seen in group]),
    ))  # fmt: skip


def _list_names(names: Sequence[str]) -> str:
    """`checkout, lead and page_visit`; events without a name are unnamed."""
    *others, last = dict.fromkeys(name or "unnamed" for name in names)
    return f"{', '.join(others)} and {last}" if others else last


def _take_in_turn(examples: Sequence[Sequence[ExamplePlace]]) -> tuple[ExamplePlace, ...]:
    """The first examples of all event names, then the second ones, without those that several name."""
    turns = chain.from_iterable(zip_longest(*examples))
    return tuple(dict.fromkeys(place for place in turns if place is not None))[:MAX_EXAMPLES]
