"""Audits for the tests of the formats: one with something of everything, one clean."""

from collections import Counter

from mockpin_validator.archive import Audit, PlacedFinding, Tally
from mockpin_validator.archive.tally import make_mistake
from mockpin_validator.judging.finding import Finding
from mockpin_validator.match_quality.gates import Gate
from mockpin_validator.match_quality.quality import quality

SOURCE = "Pinterest's OpenAPI 5.23"
ERROR = Finding(
    "match-key-not-hashed", "error", "/data/0/user_data/em/0", "Not <hashed>: 5 %.", "Hash it.", SOURCE,
    "observed", line=3, column=12,
)  # fmt: skip
WARNING = Finding(
    "click-id-missing", "warning", "/data/1", "No click id.", "Send it.", SOURCE, "documented", 4, 5
)
INFO = Finding(
    "order-id-missing", "info", "/data/1", "No order\x00id.", "Send it.", SOURCE, "documented", 4, 5
)
UNREADABLE = Finding("unreadable", "error", "", "Not JSON.", "Write JSON.", "RFC 8259", "documented", line=9)
PLACED = (
    PlacedFinding("a,b:1.json", ERROR, ('  "em": ["••••"]', "          ^^^^^^")),
    PlacedFinding("a,b:1.json", WARNING, ("{}", "^")),
    PlacedFinding("-", WARNING),
    PlacedFinding("-", INFO),
    PlacedFinding("-", UNREADABLE),
)
EVENTS = [
    {"event_name": "<b>lead</b>", "event_id": "1", "user_data": {"em": ["0" * 64]}},
    {"event_name": "checkout"},
]
AUDIT = Audit(
    Tally(
        lines=9,
        events=2,
        failed=1,
        unreadable=1,
        mistakes=Counter(make_mistake(placed.file, placed.finding) for placed in PLACED),
        findings=PLACED,
        quality=quality(EVENTS),
    ),
    ("a,b:1.json", "-"),
    gates=(Gate("em", 90, None, 50.0), Gate("event_id", 10, "checkout", 50.0)),
)
CLEAN = Audit(Tally(lines=1, events=1, quality=quality(EVENTS[:1])), ("good.json",))
