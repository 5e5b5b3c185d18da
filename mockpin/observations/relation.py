"""The facts of one run: gathered row by row, then asked every rule."""

from __future__ import annotations

from collections import defaultdict
from itertools import count as count_from
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self

from mockpin.observations.engines.sqlite import SqliteEngine
from mockpin.observations.limits import Limits
from mockpin.observations.rule import HIT_COLUMNS, ExamplePlace, Observation
from mockpin.observations.rules import OBSERVATION_RULES
from mockpin.observations.sentences import complete
from mockpin.observations.views import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from types import TracebackType

    from mockpin.observations.engines.engine import Engine
    from mockpin.observations.facts import Fact
    from mockpin.observations.rule import ObservationRule

MAX_EXAMPLES = 10
#: Rows that are handed to the database at once.
CHUNK = 1000
#: Columns of the table `findings` and their types.
FINDING_COLUMNS = MappingProxyType(
    {
        **dict.fromkeys(("account", "event_name", "source", "rule", "severity"), "TEXT"),
        **dict.fromkeys(("events", "total", "example", "other"), "BIGINT"),
    }
)
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


class Facts:
    """The relation of one run, a context manager: `add` facts, then `observe`. Not safe between threads."""

    def __init__(self, engine: Engine | None = None) -> None:
        self._engine = engine or SqliteEngine()
        self._ids = count_from(1)
        self._rules: dict[tuple[str, str, str, str], dict[str, Any]] = {}
        self._names: dict[tuple[str, str, str], int] = defaultdict(int)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._engine.close()

    def add(self, facts: Iterable[Fact]) -> None:
        """Append facts, in the order in which they came."""
        self._engine.add(self._number(facts))

    def observe(self, limits: Limits | None = None) -> tuple[Observation, ...]:
        """What the rules say about all of them, each rule's in a fixed order."""
        limits = limits or Limits()
        for table, select in TABLES.items():
            self._engine.materialize(table, select)
        self._engine.replace("findings", FINDING_COLUMNS, self._count_findings())
        return tuple(
            observation for rule in OBSERVATION_RULES.values() for observation in self._apply(rule, limits)
        )

    def ask(self, query: str) -> list[Sequence[Any]]:
        """The rows of a SELECT over the facts and their views."""
        return self._engine.ask(query)

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

    def _count_findings(self) -> Iterator[Sequence[Any]]:
        for (account, name, source, said), seen in self._rules.items():
            rule, _, severity = said.rpartition(":")
            total = self._names[account, name, source]
            yield account, name, source, rule, severity, seen["events"], total, seen["example"], seen["other"]

    def _apply(self, rule: ObservationRule, limits: Limits) -> Iterator[Observation]:
        severity = limits.severity_of(rule)
        if severity is None:
            return
        groups: dict[tuple[Any, ...], list[Sequence[Any]]] = defaultdict(list)
        for row in self._engine.ask(_FIRST.format(query=limits.fill_in(rule))):
            groups[tuple(row[:4])].append(row)
        for (account, name, source, detail), rows in groups.items():
            _, _, _, _, events, total, times, *_ = rows[0]
            whole = total or self._count_events(account, name)
            observation = Observation(
                rule=rule.name, severity=severity, effect=rule.effect, sentence=rule.sentence, fix=rule.fix,
                events=int(events), total=int(whole), ad_account_id=account or "", event_name=name or "",
                source=source or "", detail=detail or "", times=int(times),
                examples=tuple(self._find_examples(rows)),
            )  # fmt: skip
            yield complete(observation)

    def _count_events(self, account: str, name: str) -> int:
        return sum(
            number for group, number in self._names.items() if group[0] == account and name in ("", group[1])
        )

    def _find_examples(self, rows: Sequence[Sequence[Any]]) -> Iterator[ExamplePlace]:
        ids = dict.fromkeys(number for row in rows for number in (row[7], row[8]) if number)
        chosen = list(ids)[:MAX_EXAMPLES]
        listed = ", ".join(map(str, chosen))
        places = self._engine.ask(f"SELECT id, seq, request, file, line FROM facts WHERE id IN ({listed})")
        by_id = {
            row[0]: ExamplePlace(row[1], row[2] if row[3] is None else None, row[3], row[4]) for row in places
        }
        yield from (by_id[number] for number in chosen if number in by_id)
