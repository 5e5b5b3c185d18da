"""The report as one JSON document."""

from typing import Any

import orjson

from mockpin_validator.archive.audit import Audit
from mockpin_validator.archive.placing import PlacedFinding
from mockpin_validator.archive.tally import Mistake
from mockpin_validator.formats import Style
from mockpin_validator.formats.wording import address, readiness
from mockpin_validator.judging.finding import SEVERITIES
from mockpin_validator.match_quality.gates import Gate
from mockpin_validator.wording import make_lines_visible


def render(audit: Audit, style: Style) -> str:
    """The report as indented JSON; `left_out` counts by rule the findings that are not in `findings`."""
    return make_lines_visible(orjson.dumps(to_dict(audit, style), option=orjson.OPT_INDENT_2).decode())


def to_dict(audit: Audit, style: Style) -> dict[str, Any]:
    """What the report says, as JSON values."""
    tally = audit.tally
    mistakes = audit.mistakes(style.most)
    return {
        "profile": audit.profile,
        "files": list(audit.files),
        "interrupted": audit.interrupted,
        "ok": not (audit.failing or audit.interrupted or tally.unreadable),
        "readiness": readiness(audit).partition(":")[0].rstrip(".").lower(),
        "events": tally.events,
        "events_with_errors": tally.failed,
        "unreadable": tally.unreadable,
        "known": audit.known,
        "counts": {severity: tally.count(severity) for severity in SEVERITIES},
        "rules": tally.rules(),
        "mistakes": [describe(mistake) for mistake in mistakes],
        "findings": [] if style.brief else [found(placed) for placed in audit.shown(style.most)],
        "left_out": audit.left_out(style.most),
        "gates": [gated(gate) for gate in audit.gates],
        "quality": tally.quality.to_dict(),
    }


def describe(mistake: Mistake) -> dict[str, Any]:
    """A mistake, without its findings."""
    return {
        "severity": mistake.severity,
        "rule": mistake.rule,
        "address": address(mistake.rule),
        "path": mistake.path,
        "count": mistake.times,
        "message": mistake.message,
        "fix": mistake.fix,
    }


def found(placed: PlacedFinding) -> dict[str, Any]:
    """A finding with its file."""
    return {"file": placed.file, **placed.finding.to_dict()}


def gated(gate: Gate) -> dict[str, Any]:
    """A coverage that was asked for."""
    return {
        "parameter": gate.parameter,
        "event_name": gate.event_name,
        "least": gate.least,
        "found": round(gate.found, 1),
        "met": gate.is_met,
    }
