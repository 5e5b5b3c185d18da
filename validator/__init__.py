"""Is this payload acceptable, and if not, why?

The names below are loaded when they are first asked for, so that importing the validator costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from validator.finding import Complaint, Finding
    from validator.judge import Judge
    from validator.policy import Policy
    from validator.rule import Evidence, Rule, rule
    from validator.rules import RULES

_HOMES = {
    "RULES": "validator.rules",
    "Complaint": "validator.finding",
    "Evidence": "validator.rule",
    "Finding": "validator.finding",
    "Judge": "validator.judge",
    "Policy": "validator.policy",
    "Rule": "validator.rule",
    "rule": "validator.rule",
}

__all__ = ["RULES", "Complaint", "Evidence", "Finding", "Judge", "Policy", "Rule", "rule"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'validator' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
