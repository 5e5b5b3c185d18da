"""What only a whole file shows, said once at its end."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from mockpin_validator.archive.habits import together
from mockpin_validator.archive.judging import Judging
from mockpin_validator.archive.tally import PlacedFinding, Tally, group_of
from mockpin_validator.judging.finding import Complaint, Finding
from mockpin_validator.judging.rule import stamp
from mockpin_validator.match_quality.quality import OTHERS
from mockpin_validator.rules.event_id import complain_of_one_id, event_id_constant
from mockpin_validator.rules.privacy import complain_of_opting_out, opt_out_on_everything

#: Fewer events may well agree by chance.
FEWEST: Final = 5
#: What events are called whose names say nothing.
_KINDS: Final = {"": "nameless events", OTHERS: "events"}


def close(tally: Tally, file: str, judging: Judging) -> Tally:
    """The tally at the end of a file, with what its events have in common; they are then forgotten.

    What each event was told already with its batch is not said again.
    """
    events = sum(habit.events for habit in tally.habits.values())
    told = tally.of_rules(file)
    found = [PlacedFinding(file, each) for each in findings(tally, judging) if told[each.rule] < events]
    groups = Counter(group_of(file, each.finding) for each in found)
    return replace(tally, groups=tally.groups + groups, findings=(*tally.findings, *found), habits={})


def findings(tally: Tally, judging: Judging) -> Iterator[Finding]:
    """What is to be said of the habits of a file's events."""
    for name, complaint in complaints(tally):
        rule = judging.rules[name]
        if severity := rule.severity[judging.profile]:
            yield stamp(rule, complaint._replace(path=""), severity)  # a whole file has no one place


def complaints(tally: Tally) -> Iterator[tuple[str, Complaint]]:
    """Rules, and what they complain of."""
    for name, habit in tally.habits.items():
        if habit.events >= FEWEST and habit.event_id:
            kind = _KINDS.get(name, f"{name} events")
            yield event_id_constant.name, complain_of_one_id(f"{habit.events:,} {kind} of this file")
    whole = together(tally.habits.values()) if tally.habits else None
    if whole and whole.events >= FEWEST and whole.opted_out:
        yield opt_out_on_everything.name, complain_of_opting_out(f"{whole.events:,} events of this file")
