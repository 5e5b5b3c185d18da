"""An HTTP request as it came, before anything about it has been decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mockpin.emulator.masking.events import read_pairs

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """An HTTP request as it came: `headers` by lower-case name, `body` still compressed.

    An `oversized` request has an empty `body`, because the body was too large to be received.
    `connection` identifies the connection among those of one server; it is empty when unknown. `after` is
    the number of the latest request that had been answered when this one began; None when unknown.
    """

    method: str
    path: str
    query: str = field(default="", repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)
    oversized: bool = False
    connection: str = ""
    after: int | None = None

    @property
    def token(self) -> str | None:
        """The bearer token, None without one."""
        scheme, _, token = self.headers.get("authorization", "").partition(" ")
        return token.strip() or None if scheme.lower() == "bearer" else None

    @property
    def test(self) -> bool:
        """Whether the query says `test=true`, in any case; of several, the last counts."""
        return bool(self.query) and dict(read_pairs(self.query)).get("test", "").lower() == "true"
