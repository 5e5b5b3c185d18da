"""Routes that cost little to add: a test starts an emulator often, and hardly ever asks it for a page."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from werkzeug.routing import Rule

if TYPE_CHECKING:
    from collections.abc import Callable


class Route(Rule):
    """A route that compiles what writes its addresses when the first one is written.

    Werkzeug does so at once, which takes most of an application's start. Should it ever name or call this
    otherwise, it only does so at once again.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:  # noqa: FBT001, FBT002 - werkzeug's signature
        compile_now = cache(partial(super()._compile_builder, append_unknown))

        def build(route: Route, **values: object) -> tuple[str, str]:
            return compile_now()(route, **values)

        return build
