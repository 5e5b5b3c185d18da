"""Controls of a running emulator: its clock and its faults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mockpin.client.admin_client import AdminClient

__tracebackhide__ = True


@dataclass(frozen=True)
class ClockControl:
    """The server's clock, which every rule about time uses."""

    _admin: AdminClient

    @property
    def now(self) -> float:
        """The clock's time in seconds since 1970."""
        return float(self._admin.get("clock")["now"])

    def freeze(self, at: str | float | None = None) -> float:
        """Stop the clock at a time, ISO 8601 or seconds since 1970; by default at its present time."""
        return self._set({"freeze": self.now if at is None else at})

    def advance(self, by: str | float) -> float:
        """Move the clock forward by a duration such as `"25h"` or by seconds. A frozen clock stays frozen."""
        return self._set({"advance": by})

    def real(self) -> float:
        """Set the clock back to the machine's time."""
        return self._set({"real": True})

    def _set(self, order: Mapping[str, Any]) -> float:
        return float(self._admin.put("clock", order)["now"])


@dataclass(frozen=True)
class FaultControl:
    """The faults of one ad account."""

    _admin: AdminClient
    _ad_account_id: str

    def add(self, **rule: Any) -> int:
        """Add a rule: `add(fault={"status": 503}, times=2)`. Returns its number."""
        return int(self._admin.post("faults", {"ad_account_id": self._ad_account_id, **rule})["id"])

    def list(self) -> list[dict[str, Any]]:
        """Return the fault rules in force, each with how often it was applied."""
        answer = self._admin.get("faults", ad_account_id=self._ad_account_id)
        return list(answer["faults"])

    def remove(self, number: int) -> None:
        """Remove one rule."""
        self._admin.delete(f"faults/{number}")

    def clear(self) -> None:
        """Remove all rules."""
        self._admin.delete("faults", ad_account_id=self._ad_account_id)
