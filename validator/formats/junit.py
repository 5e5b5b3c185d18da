"""The report as JUnit XML: a suite a file, a test case a rule, failed where it has findings that count."""

from collections.abc import Iterable
from typing import Final

from junitparser import Failure, JUnitXml, TestCase, TestSuite

from validator.archive.audit import Audit
from validator.archive.tally import Sighting
from validator.formats import Style
from validator.formats.text import place
from validator.rules import RULES

#: Cases besides those of the rules: a file's JSON, and the coverage that was asked for.
JSON_CASES: Final = ("unreadable", "duplicate-key")


def render(audit: Audit, style: Style) -> str:
    """The suites as XML."""
    document = JUnitXml("mockpin validate")
    for file in audit.files:
        document.add_testsuite(suite(file, audit, style))
    if audit.gates:
        document.add_testsuite(gates(audit))
    document.update_statistics()  # type: ignore[no-untyped-call]  # junitparser types it only in part
    return str(document.tostring(), "utf-8")  # type: ignore[no-untyped-call]  # as above


def suite(file: str, audit: Audit, style: Style) -> TestSuite:
    """The rules over one file."""
    of_file = [each for each in audit.shown(style.most) if each.file == file]
    found = TestSuite("<stdin>" if file == "-" else clean(file))
    for rule in dict.fromkeys((*JSON_CASES, *RULES, *(each.finding.rule for each in of_file))):
        found.add_testcase(case(rule, [each for each in of_file if each.finding.rule == rule], audit))
    return found


def case(rule: str, sightings: Iterable[Sighting], audit: Audit) -> TestCase:
    """A rule over a file: failed by findings that count, with the others in its output."""
    made = TestCase(rule, classname="mockpin.validate", time=0)
    counting = [each for each in sightings if each.finding.severity in audit.counting]
    others = [each for each in sightings if each not in counting]
    if counting:
        failure = Failure(clean(counting[0].finding.message), counting[0].finding.severity)
        failure.text = "\n".join(map(line, counting))
        made.result = [failure]
    if others:
        made.system_out = "\n".join(map(line, others))
    return made


def gates(audit: Audit) -> TestSuite:
    """The coverage that was asked for, a case each."""
    found = TestSuite("coverage")
    for gate in audit.gates:
        made = TestCase(
            f"{gate.event_name or 'all events'}: {gate.parameter}", classname="mockpin.coverage", time=0
        )
        made.result = [] if gate.met else [Failure(clean(str(gate)), "coverage")]
        found.add_testcase(made)
    return found


def line(sighting: Sighting) -> str:
    """A finding in one line."""
    finding = sighting.finding
    return clean(f"{place(sighting)}: {finding.severity}: {finding.message} {finding.fix}")


def clean(text: str) -> str:
    """A text that XML can hold: without control characters and lone surrogates."""
    return "".join(each if each.isprintable() or each == " " else " " for each in text)
