"""Whether an event is reported as a web, an app or an offline event."""

from typing import Literal

from mockpin_validator.contract.names import APP_SOURCES

ReportingClass = Literal["web", "app", "offline"]


def classify(action_source: str, *, age: float, late_after: float) -> ReportingClass:
    """The reporting class of an event that arrived `age` seconds after it happened.

    Pinterest's help centre: received within an hour it is a web or app event, later an offline one.
    """
    if action_source == "offline" or age > late_after:
        return "offline"
    return "app" if action_source in APP_SOURCES else "web"
