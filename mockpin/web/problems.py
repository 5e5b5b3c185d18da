"""What the admin API answers when it cannot do what was asked: RFC 9457's problem+json.

Problem
├── BadRequest        400  the query or the body is not as documented; `errors` says where
├── Unauthorized      401  the admin token is missing or wrong
├── Forbidden         403  the request comes from elsewhere
├── NotFound          404  there is no such thing
├── MethodNotAllowed  405  the path takes other methods
├── Broken            500  a mistake of mockpin's own
└── Unstorable        507  the store cannot be written
"""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True)
class Wrong:
    """One thing that is wrong: where, as a JSON pointer into `path`, `query` or `body`, and what."""

    place: str
    pointer: str
    detail: str

    def to_dict(self) -> dict[str, str]:
        """`{in, pointer, detail}`."""
        return {"in": self.place, "pointer": self.pointer, "detail": self.detail}


@dataclass(eq=False)
class Problem(Exception):
    """A request to the admin API that cannot be met. `detail` says why and what to do."""

    detail: str
    errors: Sequence[Wrong] = ()

    status: ClassVar[int] = HTTPStatus.BAD_REQUEST

    def __str__(self) -> str:
        return self.detail

    @property
    def headers(self) -> Mapping[str, str]:
        """What the answer's headers say of it."""
        return {}

    def to_dict(self) -> dict[str, Any]:
        """The body of the answer."""
        return {
            "title": HTTPStatus(self.status).phrase,
            "status": int(self.status),
            "detail": self.detail,
            "errors": [error.to_dict() for error in self.errors],
        }


class BadRequest(Problem):
    """The query or the body is not as documented."""


class Unauthorized(Problem):
    """The admin token is missing or wrong."""

    status = HTTPStatus.UNAUTHORIZED

    @property
    def headers(self) -> Mapping[str, str]:
        """What makes a browser ask for the token."""
        return {"WWW-Authenticate": 'Basic realm="mockpin", charset="UTF-8"'}


class Forbidden(Problem):
    """The request comes from another machine, or by another name of this one."""

    status = HTTPStatus.FORBIDDEN


class NotFound(Problem):
    """There is no such path, event, request, fault or ad account."""

    status = HTTPStatus.NOT_FOUND


class Broken(Problem):
    """A mistake of mockpin's own, which its log reports."""

    status = HTTPStatus.INTERNAL_SERVER_ERROR


class Unstorable(Problem):
    """The store cannot be written, as on a full disk, and so nothing was done."""

    status = HTTPStatus.INSUFFICIENT_STORAGE


@dataclass(eq=False)
class MethodNotAllowed(Problem):
    """The path takes other methods; `detail` names them, as does the Allow header."""

    detail: str = field(init=False)
    allowed: Sequence[str] = ()

    status = HTTPStatus.METHOD_NOT_ALLOWED

    def __post_init__(self) -> None:
        self.detail = f"This path takes {', '.join(self.allowed)}."

    @property
    def headers(self) -> Mapping[str, str]:
        """The methods that the path takes."""
        return {"Allow": ", ".join(self.allowed)}
