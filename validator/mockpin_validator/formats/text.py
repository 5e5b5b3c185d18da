"""The report for a person at a terminal: each finding with its line and a caret, like a good compiler."""

from collections.abc import Iterator
from io import StringIO
from typing import Final

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mockpin_validator.archive.audit import Audit
from mockpin_validator.archive.tally import Sighting
from mockpin_validator.formats import Style
from mockpin_validator.formats.wording import COLUMNS, counted, place, printable, sentences
from mockpin_validator.judging.finding import Severity

COLORS: Final[dict[Severity, str]] = {"error": "bold red", "warning": "bold yellow", "info": "bold cyan"}

_MOST_NAMES: Final = 25
_TITLE: Final = "Coverage by usable values in per cent of events (score and status: mockpin's own weights)"


def render(audit: Audit, style: Style) -> str:
    """Findings, coverage and summary, with ANSI colours if the style has them."""
    out = StringIO()
    console = Console(file=out, width=style.width, force_terminal=style.color, no_color=not style.color)
    for each in audit.shown(style.most):
        console.print(described(each), soft_wrap=True)
    for rule, count in audit.left_out(style.most).items():
        console.print(Text(f"{rule}: {counted(count, 'more finding')} not shown (see --show)."))
    if audit.tally.events:
        console.print(coverage(audit))
    verdict = "bold red" if audit.failing or audit.tally.unreadable else "bold green"
    console.print(Text("\n".join(sentences(audit)), verdict), soft_wrap=True)
    return out.getvalue()


def described(sighting: Sighting) -> Text:
    """One finding: what, where, the line, and what to do."""
    return Text("").join(pieces(sighting))


def pieces(sighting: Sighting) -> Iterator[Text]:
    """The lines of one finding."""
    finding, color = sighting.finding, COLORS[sighting.finding.severity]
    gutter = " " * len(str(finding.line or ""))
    yield Text.assemble((f"{finding.severity}[{finding.rule}]", color), f": {printable(finding.message)}\n")
    yield Text.assemble((f"{gutter}--> ", "blue"), f"{place(sighting)}\n")
    if excerpt := sighting.excerpt:
        caret = " " * excerpt.caret + "^" * excerpt.width
        yield Text.assemble((f"{gutter} |\n{finding.line} | ", "blue"), f"{excerpt.text}\n")
        yield Text.assemble((f"{gutter} | ", "blue"), (f"{caret}\n", color))
    yield Text.assemble((f"{gutter} = ", "blue"), f"fix: {printable(finding.fix)}\n")
    yield Text.assemble((f"{gutter} = ", "blue"), (f"{finding.source} ({finding.documented})\n", "dim"))


def coverage(audit: Audit) -> Table:
    """The percentage of events that carry what Pinterest matches and deduplicates by."""
    quality = audit.tally.quality
    table = Table(
        title=_TITLE, title_justify="left", caption_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0)
    )
    table.add_column("event name", no_wrap=True)
    for heading in ("events", *COLUMNS, "score"):
        table.add_column(heading, justify="right")
    table.add_column("status", min_width=len("NEEDS_IMPROVEMENT"))
    if more := len(quality.event_names[_MOST_NAMES:]):
        table.caption = f"{counted(more, 'more event name')} not shown (see --format json)."
    for name in quality.event_names[:_MOST_NAMES]:
        part = quality.of(name)
        shares = (f"{part.coverage(parameter):.0f}" for parameter in COLUMNS.values())
        table.add_row(Text(printable(name)), f"{part.events:,}", *shares, f"{part.score:.0f}", part.status)
    return table
