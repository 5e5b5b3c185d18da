"""An HTTP request as it came, before anything about it has been decided."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from mockpin.emulator.masking.events import read_pairs

#: The Via header of requests that mockpin sends to itself for Segment. Conduct rules ignore them.
INTERNAL = "mockpin"


class HttpRequest(NamedTuple):
    """An HTTP request as it came: `headers` by lower-case name, `body` still compressed.

    An `oversized` request has an empty `body`, because the body was too large to be received.
    `connection` identifies the connection among those of one server; it is empty when unknown. `after` is
    the number of the latest request that had been answered when this one began; None when unknown.
    """

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = MappingProxyType({})
    body: bytes = b""
    oversized: bool = False
    connection: str = ""
    after: int | None = None

    def __repr__(self) -> str:
        """The method and the path alone: the rest may hold personal data and tokens."""
        return f"HttpRequest({self.method!r}, {self.path!r})"

    @property
    def token(self) -> str | None:
        """The bearer token, None without one."""
        scheme, _, token = self.headers.get("authorization", "").partition(" ")
        return token.strip() or None if scheme.lower() == "bearer" else None

    @property
    def test(self) -> bool:
        """Whether the query says `test=true`, in any case; of several, the last counts."""
        return dict(read_pairs(self.query)).get("test", "").lower() == "true"
