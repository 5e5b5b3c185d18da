"""The errors that the admin API answers, as RFC 9457's problem+json."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, ClassVar


@dataclass(frozen=True)
class RequestMistake:
    """One mistake in a request: a JSON pointer into `path`, `query` or `body`, and what is wrong there."""

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
    errors: Sequence[RequestMistake] = ()

    status: ClassVar[int] = HTTPStatus.BAD_REQUEST

    def __str__(self) -> str:
        return self.detail

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers that the answer gets because of this problem."""
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
        """The header that makes a browser ask for the token."""
        return {"WWW-Authenticate": 'Basic realm="mockpin", charset="UTF-8"'}


class Forbidden(Problem):
    """The request comes from another machine, or by another name of this one."""

    status = HTTPStatus.FORBIDDEN


class NotFound(Problem):
    """There is no such path, event, request, fault or ad account."""

    status = HTTPStatus.NOT_FOUND


class InternalProblem(Problem):
    """mockpin itself failed; its log says where."""

    status = HTTPStatus.INTERNAL_SERVER_ERROR


class StorageProblem(Problem):
    """The store cannot be written, for example on a full disk, so nothing was done."""

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
