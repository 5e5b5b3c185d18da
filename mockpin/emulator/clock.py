"""The server's clock: every rule about time asks it, so a test can stop it and push it on."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

Now = Callable[[], float]


@dataclass(frozen=True)
class Setting:
    """How the clock stands to the real one: stopped at a moment, or ahead of it; in seconds."""

    frozen_at: float | None = None
    ahead: float = 0.0

    def read(self, real: float) -> float:
        """What the clock shows when it is really `real`."""
        return real + self.ahead if self.frozen_at is None else self.frozen_at


class Clock:
    """Real time unless it is frozen or advanced. Calling it gives Unix seconds."""

    def __init__(self, real: Now = time.time) -> None:
        self._real = real
        self._setting = Setting()

    def __call__(self) -> float:
        """The present moment in Unix seconds."""
        return self._setting.read(self._real())

    @property
    def frozen(self) -> bool:
        """Whether the clock stands still."""
        return self._setting.frozen_at is not None

    @property
    def ahead(self) -> float:
        """Seconds by which a running clock is ahead of the real one; 0 when it is frozen."""
        return self._setting.ahead

    def freeze(self, at: float | None = None) -> None:
        """Stop at a moment in Unix seconds; at the present one when none is given."""
        self._setting = Setting(frozen_at=self() if at is None else at)

    def advance(self, seconds: float) -> None:
        """Go forward; a frozen clock stays frozen."""
        now = self._setting
        if now.frozen_at is None:
            self._setting = replace(now, ahead=now.ahead + seconds)
        else:
            self._setting = Setting(frozen_at=now.frozen_at + seconds)

    def resume(self) -> None:
        """Back to real time."""
        self._setting = Setting()
