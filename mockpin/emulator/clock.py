"""The server's clock. Every rule about time asks it, so that a test can stop it and move it forward."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

Now = Callable[[], float]


@dataclass(frozen=True)
class ClockSetting:
    """How the clock differs from the real one, in seconds: it is stopped at a moment, or ahead."""

    frozen_at: float | None = None
    ahead: float = 0.0


class Clock:
    """Real time unless it is frozen or advanced. Calling it gives Unix seconds."""

    def __init__(self, real: Now = time.time) -> None:
        self._real = real
        self._setting = ClockSetting()

    def __call__(self) -> float:
        """The time of the clock in Unix seconds."""
        setting = self._setting
        return setting.frozen_at if setting.frozen_at is not None else self._real() + setting.ahead

    @property
    def frozen(self) -> bool:
        """Whether the clock is stopped."""
        return self._setting.frozen_at is not None

    @property
    def ahead(self) -> float:
        """Seconds by which a running clock is ahead of the real one; 0 if it is stopped."""
        return self._setting.ahead

    def freeze(self, at: float | None = None) -> None:
        """Stop the clock at a moment in Unix seconds, by default at the present one."""
        self._setting = ClockSetting(frozen_at=self() if at is None else at)

    def advance(self, seconds: float) -> None:
        """Move the clock forward. A stopped clock stays stopped."""
        now = self._setting
        if now.frozen_at is None:
            self._setting = replace(now, ahead=now.ahead + seconds)
        else:
            self._setting = ClockSetting(frozen_at=now.frozen_at + seconds)

    def resume(self) -> None:
        """Show the real time again."""
        self._setting = ClockSetting()
