"""Liquid's tags, filters, output and paths as liquidjs 10.27 has them.

A filter whose sense in liquidjs is not known here is refused, not run differently.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, Final, NoReturn, TextIO

from liquid import BoundTemplate, Environment, RenderContext
from liquid.builtin.output import Output, OutputNode
from liquid.builtin.tags.echo_tag import EchoNode, EchoTag
from liquid.exceptions import LiquidSyntaxError
from liquid.stream import TokenStream
from liquid.tag import Tag

from mockpin_transformer.js import JSON, UNDEFINED, utf16_length
from mockpin_transformer.mappings.liquid.lists import VALUE_FILTERS
from mockpin_transformer.mappings.liquid.numbers import NUMBER_FILTERS
from mockpin_transformer.mappings.liquid.refusals import REFUSED_FILTERS
from mockpin_transformer.mappings.liquid.texts import TEXT_FILTERS
from mockpin_transformer.mappings.liquid.values import as_number, print_value
from mockpin_transformer.mappings.paths import read_member

DISABLED_TAGS: Final = ("case", "for", "include", "layout", "render", "tablerow")


class _PrintedOutput(OutputNode):
    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        return buffer.write(print_value(self.expression.evaluate(context)))


class _Printed(Output):
    node_class = _PrintedOutput


class _PrintedEcho(_PrintedOutput, EchoNode):
    """What the tag `echo` prints."""


class _Echo(EchoTag):
    node_class = _PrintedEcho


class _Disabled(Tag):
    def __init__(self, env: Environment, name: str) -> None:
        super().__init__(env)
        self.name = name

    def parse(self, stream: TokenStream) -> NoReturn:
        raise LiquidSyntaxError(f'tag "{self.name}" is disabled', token=stream.current)


class _Context(RenderContext):
    def get_item(self, obj: JSON, key: JSON) -> JSON:
        """JavaScript's `obj[key]`; of lists negative places, too, and Liquid's size, first and last."""
        if isinstance(obj, list | range) and isinstance(key, int):
            return obj[key]
        items = list(obj) if isinstance(obj, range) else obj
        member = read_member(items, print_value(key))
        if member is not UNDEFINED:
            return member
        return _COMPUTED[key](items)


def _first(items: list[JSON]) -> JSON:
    return items[0] if isinstance(items, list) else None


def _last(items: list[JSON]) -> JSON:
    return items[-1] if isinstance(items, list) else None


_COMPUTED: Final = {
    "size": lambda items: utf16_length(items) if isinstance(items, str) else len(items),
    "first": _first,
    "last": _last,
}


class _Template(BoundTemplate):
    context_class = _Context


class _Environment(Environment):
    template_class = _Template
    suppress_blank_control_flow_blocks = False
    logical_not_operator = True


def make_environment() -> Environment:
    """Tags and filters as Segment offers them."""
    environment = _Environment(strict_filters=False)
    for tag in (_Printed, _Echo):
        environment.add_tag(tag)
    environment.tags |= {name: _Disabled(environment, name) for name in DISABLED_TAGS}
    environment.filters = FILTERS
    return environment


def _on(convert: Callable[[object], object], call: Callable[..., JSON], *values: object) -> JSON:
    return call(*map(convert, values))


FILTERS: Final[dict[str, Callable[..., Any]]] = (
    VALUE_FILTERS
    | {name: partial(_on, print_value, call) for name, call in TEXT_FILTERS.items()}
    | {name: partial(_on, as_number, call) for name, call in NUMBER_FILTERS.items()}
    | dict(REFUSED_FILTERS)
)
"""Every filter liquidjs has; others are ignored."""
