"""The facts of one run: gathered row by row, then asked every rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count as count_from
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from mockpin.observations.engines.sqlite import SqliteEngine
from mockpin.observations.limits import Limits
from mockpin.observations.rule import HIT_COLUMNS, ExamplePlace, Observation, complete
from mockpin.observations.rules import OBSERVATION_RULES
from mockpin.observations.tables import OF_VALUES, TABLES, find_tables

if TYPE_CHECKING:
    from mockpin.observations.engines.engine import Engine, GrowingEngine
    from mockpin.observations.facts import Fact
    from mockpin.observations.rule import ObservationRule

MAX_EXAMPLES = 10
#: Columns of the table `findings` and their types.
FINDING_COLUMNS = {
    **dict.fromkeys(("account", "event_name", "source", "rule", "severity"), "TEXT"),
    **dict.fromkeys(("events", "total", "example", "other"), "BIGINT"),
}
#: Columns of the table `names`, the events of each account, name and source, and their types.
NAME_COLUMNS = {**dict.fromkeys(("account", "event_name", "source"), "TEXT"), "events": "BIGINT"}
#: One row for each thing that a rule says, with its first examples: of each group the hits that come first.
_FOLD = f"""
    SELECT account, event_name, source, detail, SUM(events) OVER w AS all_events,
        MAX(total) OVER w AS total, COUNT(*) OVER w AS times, example, other, place
    FROM (
        SELECT {", ".join(HIT_COLUMNS)},
            ROW_NUMBER() OVER (PARTITION BY account, event_name, source, detail ORDER BY example, other) AS place
        FROM ({{query}}) AS hits
    ) AS ranked
    WINDOW w AS (PARTITION BY account, event_name, source, detail)
"""
_FIRST = f"SELECT * FROM ({_FOLD}) AS folded WHERE place <= {MAX_EXAMPLES} ORDER BY account, event_name, source, detail, place"


#: Ids that one question names.
MAX_IDS = 500
#: Asks for the places of facts.
PLACE_QUERY = "SELECT id, seq, request, file, line FROM facts WHERE id IN ({ids})"


class RuleHit(NamedTuple):
    """What a rule says about the events of a name; `examples` are ids of facts."""

    rule: ObservationRule
    account: str
    event_name: str
    source: str
    detail: str
    events: int
    total: int
    times: int
    examples: tuple[int, ...]


class Relation:
    """The facts of an engine, a context manager. Not safe between threads.

    A subclass counts the events of each account, name and source, and those with each rule's findings.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._made: set[str] = set()
        self._rules: dict[tuple[str, str, str, str], dict[str, Any]] = {}
        self._names: dict[tuple[str, str, str], int] = defaultdict(int)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._engine.close()

    def observe(self, limits: Limits | None = None) -> tuple[Observation, ...]:
        """What the rules say about all of them, each rule's in a fixed order."""
        limits = limits or Limits()
        asked = [rule for rule in OBSERVATION_RULES.values() if limits.severity_of(rule) is not None]
        self._engine.replace(
            "names", NAME_COLUMNS, ((*group, number) for group, number in self._names.items())
        )
        self._engine.replace("findings", FINDING_COLUMNS, self._count_findings())
        self._made.clear()
        rows = self._ask_together({rule.name: _FIRST.format(query=limits.fill_in(rule)) for rule in asked})
        hits = [hit for rule in asked for hit in self._find_hits(rule, rows[rule.name])]
        told = [*leave_out_effects(hits)]
        places = self._find_places(dict.fromkeys(number for hit in told for number in hit.examples))
        return tuple(self._describe(hit, limits, places) for hit in told)

    def ask(self, query: str) -> list[Sequence[Any]]:
        """The rows of a SELECT over the facts and their tables, each of which is made when one first asks it."""
        needed = find_tables(query) - self._made
        for table in filter(needed.__contains__, TABLES):
            self._engine.materialize(table, TABLES[table])
            self._made.add(table)
        return self._engine.ask(query)

    def _ask_together(self, queries: Mapping[str, str]) -> dict[str, list[Sequence[Any]]]:
        """The rows of each query. A copy of the facts answers those about single values meanwhile."""
        twin = self._engine.copy()
        if twin is None:
            return {name: self.ask(query) for name, query in queries.items()}
        with Relation(twin) as copied, ThreadPoolExecutor(1) as beside:
            values = {name: query for name, query in queries.items() if find_tables(query) <= OF_VALUES}
            waiting = {name: beside.submit(copied.ask, query) for name, query in values.items()}
            try:
                rows = {name: self.ask(query) for name, query in queries.items() if name not in values}
                return rows | {name: answer.result() for name, answer in waiting.items()}
            finally:
                beside.shutdown(cancel_futures=True)

    def _count_findings(self) -> Iterator[Sequence[Any]]:
        for (account, name, source, said), seen in self._rules.items():
            rule, _, severity = said.rpartition(":")
            total = self._names[account, name, source]
            yield account, name, source, rule, severity, seen["events"], total, seen["example"], seen["other"]

    def _find_hits(self, rule: ObservationRule, found: Iterable[Sequence[Any]]) -> Iterator[RuleHit]:
        groups: dict[tuple[Any, ...], list[Sequence[Any]]] = defaultdict(list)
        for row in found:
            groups[tuple(row[:4])].append(row)
        for group, rows in groups.items():
            _, _, _, _, events, total, times, *_ = rows[0]
            account, name, source, detail = (text or "" for text in group)
            whole = total or self._count_events(account, name)
            yield RuleHit(
                rule,
                account,
                name,
                source,
                detail,
                int(events),
                int(whole),
                int(times),
                choose_examples(rows),
            )

    @staticmethod
    def _describe(hit: RuleHit, limits: Limits, places: Mapping[int, ExamplePlace]) -> Observation:
        rule, severity = hit.rule, limits.severity_of(hit.rule)
        return complete(Observation(
            rule=rule.name, severity=severity or rule.severity, effect=rule.effect, sentence=rule.sentence,
            fix=rule.fix, events=hit.events, total=hit.total, ad_account_id=hit.account,
            event_name=hit.event_name, source=hit.source, detail=hit.detail, times=hit.times,
            examples=tuple(dict.fromkeys(places[number] for number in hit.examples if number in places)),
        ))  # fmt: skip

    def _count_events(self, account: str, name: str) -> int:
        return sum(
            number for group, number in self._names.items() if group[0] == account and name in ("", group[1])
        )

    def _find_places(self, ids: Iterable[int]) -> dict[int, ExamplePlace]:
        """The places of facts, asked for together: a question takes a cluster a second."""
        places: dict[int, ExamplePlace] = {}
        for some in batched(ids, MAX_IDS):
            listed = ", ".join(map(str, some))
            for number, seq, request, file, line in self._engine.ask(PLACE_QUERY.format(ids=listed)):
                places[number] = ExamplePlace(seq, request if file is None else None, file, line)
        return places


class Facts(Relation):
    """The relation of one run: `add` facts, then `observe`."""

    def __init__(self, engine: GrowingEngine | None = None) -> None:
        self._growing = engine or SqliteEngine()
        super().__init__(self._growing)
        self._ids = count_from(1)

    def add(self, facts: Iterable[Fact]) -> None:
        """Append facts, in the order in which they came."""
        self._growing.add(self._number(facts))

    def _number(self, facts: Iterable[Fact]) -> Iterator[Sequence[Any]]:
        for number, fact in zip(self._ids, facts, strict=False):
            if fact.kind == "event" and not fact.test and fact.status != "refused":
                self._note_rules(number, fact)
            yield (number, *fact)

    def _note_rules(self, number: int, fact: Fact) -> None:
        group = fact.account, fact.event_name, fact.source
        self._names[group] += 1
        for rule in fact.rules.split():
            seen = self._rules.setdefault((*group, rule), {"events": 0, "example": number})
            seen["events"] += 1
            seen["other"] = number


def leave_out_effects(hits: Sequence[RuleHit]) -> Iterator[RuleHit]:
    """The hits without those that another rule's hit of the same account and event name explains."""
    told = {(hit.rule.name, hit.account, hit.event_name) for hit in hits}
    for hit in hits:
        if not any((cause, hit.account, hit.event_name) in told for cause in hit.rule.explained_by):
            yield hit


def choose_examples(rows: Iterable[Sequence[Any]]) -> tuple[int, ...]:
    """The ids of the first facts that show what a rule says."""
    ids = dict.fromkeys(number for row in rows for number in (row[7], row[8]) if number)
    return tuple(islice(ids, MAX_EXAMPLES))


def batched(values: Iterable[int], size: int) -> Iterator[tuple[int, ...]]:
    """Values in tuples of a size; the last may be shorter."""
    remaining = iter(values)
    while some := tuple(islice(remaining, size)):
        yield some
