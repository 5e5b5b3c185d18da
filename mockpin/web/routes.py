"""Routes that are cheap to add: tests start an emulator often, and rarely ask it for a page."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from werkzeug.routing import Rule

if TYPE_CHECKING:
    from collections.abc import Callable


class LazyRoute(Rule):
    """A route that compiles its URL builder when the first URL is built.

    Werkzeug compiles it when the route is added, which takes most of an application's start. If Werkzeug
    renames this private method, the only effect is that it compiles early again.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:  # noqa: FBT001, FBT002 - werkzeug's signature
        compile_now = cache(partial(super()._compile_builder, append_unknown))

        def build(route: LazyRoute, **values: object) -> tuple[str, str]:
            return compile_now()(route, **values)

        return build
