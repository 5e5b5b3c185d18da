"""docs/emulation.md, written from the evidence in the code: `python -m generators.emulation_page`."""

from collections.abc import Iterable, Iterator

from mockpin.emulator.settings.behaviours import BEHAVIOURS
from mockpin.emulator.settings.settings import Settings
from mockpin.fixtures import cases
from mockpin_validator import RULES

PREFACE = """
# What is emulated, and how it is known

Generated from the code by `make docs`. *documented* means that Pinterest says so, *observed* that its
service was seen to do so, *inferred* that we conclude it, *ours* that it has nothing to do with Pinterest. A
date is the source's own, or that of its reading.
"""
SETTINGS = """
Each is a flag of `mockpin serve` (`--late-after 2h`), a variable (`MOCKPIN_LATE_AFTER`), a key of
`mockpin.toml` (`late_after` under `[serve]`) and a field of `mockpin.Settings`. `GET /__mockpin/settings`
says what is in force and where it came from.

`mockpin calibrate` asks the real service about those that a request can show. With
`mockpin serve --calibration F` they are as your own account observed ([calibration.md](calibration.md)):
`GET /__mockpin/settings` then gives them the grade *observed on your account*, with the day.
"""
REPLIES = "Each is a file of `fixtures/replies`; a test compares what the emulator answers."
#: Rules whose effect is a setting's to choose.
SETTABLE = {
    "action-source-unknown": "unknown_action_source",
    "event-name-unknown": "unknown_event_name",
    "match-key-not-hashed": "unhashed",
    "user-data-minimum": "user_data_minimum",
}
EFFECTS = {"error": "fails the event", "warning": "warns", "info": "is noted"}


def write_page() -> str:
    """The page, whole."""
    return "\n".join([PREFACE.strip(), *write_sections()]) + "\n"


def write_sections() -> Iterator[str]:
    """Settings, behaviours, replies, rules."""
    yield from ("", "## Settings", SETTINGS.rstrip(), "")
    yield from tabulate(("setting", "default", "what it is", "values", "source", "grade", "date"), settings())
    yield from ("", "## Behaviour that is not a setting", "")
    yield from tabulate(("behaviour", "source", "grade", "date"), BEHAVIOURS)
    yield from ("", "## Replies that are reproduced", "", REPLIES, "")
    yield from tabulate(("reply", "status", "what is attested", "source", "date"), replies())
    yield from ("", "## Rules on events", "", "[docs/rules.md](rules.md) explains each.", "")
    yield from tabulate(("rule", "effect", "source", "grade", "date"), rule_rows())


def settings() -> Iterator[tuple[str, ...]]:
    """A row a setting."""
    for setting in Settings().describe():
        evidence = (setting[key] for key in ("about", "values", "source", "grade", "date"))
        yield (f"`{setting['name']}`", f"`{setting['value']}`", *evidence)


def replies() -> Iterator[tuple[str, ...]]:
    """A row a reply."""
    for name, case in cases("replies"):
        yield (name, str(case["status"]), case["observed"], case["provenance"], case["date"])


def rule_rows() -> Iterator[tuple[str, ...]]:
    """A row a rule, under the profile `faithful`."""
    for name, rule in RULES.items():
        severity = rule.severity["faithful"]
        if severity:
            yield (f"`{name}`", tell_effect(name, severity), rule.source, rule.documented, rule.date)


def tell_effect(name: str, severity: str) -> str:
    """What a rule does to its event, in words."""
    if name in SETTABLE:
        return f"as `{SETTABLE[name]}` says"
    return "refuses the request" if name == "schema" else EFFECTS[severity]


def tabulate(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """A table of Markdown."""
    yield row(head)
    yield row("---" for _ in head)
    yield from (row(cells) for cells in rows)


def row(cells: Iterable[str]) -> str:
    """One line of a table."""
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"


if __name__ == "__main__":
    print(write_page(), end="")  # noqa: T201 - a page for `make docs`
