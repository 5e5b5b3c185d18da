"""Coverage that is asked for, beside the coverage that there is."""

from typing import NamedTuple

from mockpin_validator.match_quality.quality import Quality


class Gate(NamedTuple):
    """The least percentage of events that must carry a parameter; `event_name` None for all events.

    `found` is the percentage there is, 0 until it is measured.
    """

    parameter: str
    least: float
    event_name: str | None = None
    found: float = 0.0

    def measure(self, quality: Quality) -> "Gate":
        """The gate with the coverage of some events."""
        measured = quality.of(self.event_name) if self.event_name else quality
        return self._replace(found=measured.coverage(self.parameter))

    @property
    def is_met(self) -> bool:
        """Whether enough events carry the parameter."""
        return self.found >= self.least

    def __str__(self) -> str:
        """What was asked for and what there is."""
        of_name = f" of {self.event_name} events" if self.event_name else " of events"
        return f"{self.parameter} is on {self.found:.1f} %{of_name}; at least {self.least:g} % was asked for"
