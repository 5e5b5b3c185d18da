"""The report as JUnit XML: a suite for each file, with a case for each rule; findings that count fail it.

The failed rules come first, the one to fix first on top.
"""

from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from mockpin_validator.archive.audit import Audit
from mockpin_validator.archive.placing import PlacedFinding
from mockpin_validator.archive.rules import DOCUMENT_RULES
from mockpin_validator.formats import Style
from mockpin_validator.formats.wording import place
from mockpin_validator.rules import RULES
from mockpin_validator.wording import make_visible


def render(audit: Audit, style: Style) -> str:
    """The suites as XML, of the dialect that Jenkins' xUnit plug-in publishes a schema for."""
    shown = audit.shown(style.most)
    suites = [suite(file, [placed for placed in shown if placed.file == file], audit) for file in audit.files]
    document = Element("testsuites", name="mockpin validate")
    document.extend([*suites, coverage(audit)] if audit.gates else suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(counted(document), encoding="unicode")


def suite(file: str, of_file: Sequence[PlacedFinding], audit: Audit) -> Element:
    """The rules over one file."""
    rules = dict.fromkeys((*(placed.finding.rule for placed in of_file), *DOCUMENT_RULES, *RULES))
    found = Element("testsuite", name="<stdin>" if file == "-" else make_visible(file))
    found.extend(
        case(rule, [placed for placed in of_file if placed.finding.rule == rule], audit) for rule in rules
    )
    return counted(found)


def case(rule: str, findings: Iterable[PlacedFinding], audit: Audit) -> Element:
    """A rule over a file: failed by findings that count, with the others in its output."""
    made = Element("testcase", name=rule, classname="mockpin.validate")
    counting = [finding for finding in findings if finding.finding.severity in audit.counting]
    others = [finding for finding in findings if finding not in counting]
    if counting:
        first = counting[0].finding
        failure = SubElement(made, "failure", message=make_visible(first.message), type=first.severity)
        failure.text = "\n".join(map(line, counting))
    if others:
        SubElement(made, "system-out").text = "\n".join(map(line, others))
    return made


def coverage(audit: Audit) -> Element:
    """The coverage that was asked for, a case each."""
    found = Element("testsuite", name="coverage")
    for gate in audit.gates:
        name = make_visible(f"{gate.event_name or 'all events'}: {gate.parameter}")
        made = SubElement(found, "testcase", name=name, classname="mockpin.coverage")
        if not gate.is_met:
            SubElement(made, "failure", message=make_visible(str(gate)), type="coverage")
    return counted(found)


def counted(element: Element) -> Element:
    """A suite, or all of them, with how many cases it has and how many failed."""
    element.set("tests", str(len(element.findall(".//testcase"))))
    element.set("failures", str(len(element.findall(".//failure"))))
    element.set("errors", "0")
    return element


def line(placed: PlacedFinding) -> str:
    """A finding in one line that XML can hold."""
    finding = placed.finding
    return make_visible(f"{place(placed)}: {finding.severity}: {finding.message} {finding.fix}")
