"""Posts requests to Pinterest; failures become answers without a status."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Self

import httpx

from mockpin_transformer.sending.replies import PinterestAnswer, read_reply

#: What the operating system calls an error, which says nothing to a reader.
_NUMBER: Final = re.compile(r"^\[Errno -?\d+\] ")


@dataclass(frozen=True)
class PinterestConnection:
    """Posts payloads to one address; a context manager that keeps its connections open meanwhile."""

    url: str
    client: httpx.Client
    clock: Callable[[], float] = time.time

    def __enter__(self) -> Self:
        self.client.__enter__()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.client.close()

    def post(self, body: bytes, *, test: bool) -> PinterestAnswer:
        """Post a request; the answer has no status if none came."""
        try:
            params = {"test": "true"} if test else None
            with self.client.stream("POST", self.url, content=body, params=params) as response:
                return read_reply(response, now=self.clock())
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            return PinterestAnswer(
                None, f"the address of the API is invalid ({error})", reached=False, final=True
            )
        except httpx.RequestError as error:
            return _no_reply(error)


def omit_number(text: str) -> str:
    """What an operating system says of an error, without the error's number."""
    return _NUMBER.sub("", text)


def _no_reply(error: httpx.RequestError) -> PinterestAnswer:
    never_arrived = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)
    reason = omit_number(str(error)) or type(error).__name__
    return PinterestAnswer(
        None, f"no answer from {error.request.url.host} ({reason})", reached=not never_arrived
    )
