"""The report for a person at a terminal: what to fix first, then each mistake with its lines and carets."""

from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import Final

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from mockpin_validator.archive.audit import Audit
from mockpin_validator.archive.placing import PlacedFinding
from mockpin_validator.archive.tally import Mistake
from mockpin_validator.formats import Style
from mockpin_validator.formats.coverage import coverage_tables
from mockpin_validator.formats.wording import address, place, readiness, sentences, totals, where
from mockpin_validator.judging.finding import Severity
from mockpin_validator.wording import count, make_visible

COLORS: Final[dict[Severity, str]] = {"error": "bold red", "warning": "bold yellow", "info": "bold cyan"}
#: Mistakes that are listed; those after them are counted.
MOST_MISTAKES: Final = 100
#: Columns of a terminal that a field or a rule may take in the list of mistakes.
_FIELD_WIDTH: Final = 32
_FIRST: Final = "{} of mistake, what to fix first on top:"


def render(audit: Audit, style: Style) -> str:
    """Summary, mistakes, coverage and summary again, with ANSI colours if the style has them."""
    out = StringIO()
    console = Console(
        file=out,
        width=style.width,
        force_terminal=style.color,
        no_color=not style.color,
        force_jupyter=False,  # rich would show the parts in cells of the notebook and return blank lines
    )
    for part in parts(audit, style):
        console.print(part, soft_wrap=not isinstance(part, Table))
    return out.getvalue()


def parts(audit: Audit, style: Style) -> Iterator[RenderableType]:
    """The parts of the report from the top."""
    mistakes = audit.mistakes(style.most)
    color = "bold red" if audit.failing or audit.interrupted or audit.tally.unreadable else "bold green"
    if mistakes:
        yield Text(readiness(audit), color)
        yield Text(totals(audit))
        yield Text(f"\n{_FIRST.format(count(len(mistakes), 'kind'))}")
        yield overview(mistakes[:MOST_MISTAKES], style.width)
        if more := len(mistakes[MOST_MISTAKES:]):
            yield Text(f"{count(more, 'more kind')} of mistake not listed (see --format json).\n")
    if not style.brief:
        yield from details(mistakes[:MOST_MISTAKES])
        yield from coverage_tables(audit.tally.quality, style.width) if audit.tally.events else ()
    yield Text("\n".join(sentences(audit)), color)


def overview(mistakes: Sequence[Mistake], width: int) -> Table:
    """One line a mistake: how often, how grave, which rule, where and what."""
    table = Table(box=None, padding=(0, 1, 0, 0), show_header=False, width=width)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, overflow="ellipsis", max_width=_FIELD_WIDTH)
    table.add_column(no_wrap=True, overflow="ellipsis", ratio=1)
    for number, mistake in enumerate(mistakes, start=1):
        severity = Text(mistake.severity, COLORS[mistake.severity])
        table.add_row(
            f"{number}.", f"{mistake.times:,}x", severity, where(mistake), Text(make_visible(mistake.message))
        )
    return table


def details(mistakes: Iterable[Mistake]) -> Iterator[Text]:
    """Each mistake with its examples, what to do, and where the rule comes from."""
    for number, mistake in enumerate(mistakes, start=1):
        if mistake.examples:
            yield Text("").join(described(number, mistake))


def described(number: int, mistake: Mistake) -> Iterator[Text]:
    """The lines about one mistake."""
    finding, color = mistake.examples[0].finding, COLORS[mistake.severity]
    times = f", {mistake.times:,} times" if mistake.times > 1 else ""
    heading = f"{mistake.severity}[{mistake.rule}]"
    yield Text.assemble(f"\n{number}. ", (heading, color), f"{times}: {make_visible(mistake.message)}\n")
    for placed in mistake.examples:
        yield from example(placed, mistake)
    if mistake.hidden:
        yield Text.assemble(("  ... ", "blue"), f"{mistake.hidden:,} more (--show shows them)\n")
    yield Text.assemble(("  = ", "blue"), f"fix: {make_visible(finding.fix)}\n")
    source = f"{finding.source} ({finding.documented}); {address(mistake.rule)}\n"
    yield Text.assemble(("  = ", "blue"), (source, "dim"))


def example(placed: PlacedFinding, mistake: Mistake) -> Iterator[Text]:
    """One finding: its place, its line with a caret, and its own words where they differ."""
    finding, color = placed.finding, COLORS[mistake.severity]
    gutter = " " * len(str(finding.line or 0))
    own = "" if finding.message == mistake.message else f": {make_visible(finding.message)}"
    yield Text.assemble((f"{gutter}--> ", "blue"), f"{place(placed)}{own}\n")
    if placed.excerpt:
        line, carets = placed.excerpt
        yield Text.assemble((f"{gutter} |\n{finding.line} | ", "blue"), f"{line}\n")
        yield Text.assemble((f"{gutter} | ", "blue"), (f"{carets}\n", color))
