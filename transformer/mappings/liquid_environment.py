"""Liquid as Segment runs it (liquidjs 10.27), on python-liquid.

Imported only when a mapping uses @liquid, since python-liquid belongs to the extra `mockpin[liquid]`.
"""

from typing import Final, NoReturn, TextIO

from liquid import Environment, RenderContext
from liquid.builtin.output import Output, OutputNode
from liquid.exceptions import LiquidSyntaxError
from liquid.stream import TokenStream
from liquid.tag import Tag

from transformer.mappings.liquid_filters import FILTERS, print_value

DISABLED_TAGS: Final = ("case", "for", "include", "layout", "render", "tablerow")


class _PrintedOutput(OutputNode):
    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        return buffer.write(print_value(self.expression.evaluate(context)))


class _Printed(Output):
    node_class = _PrintedOutput


class _Disabled(Tag):
    def __init__(self, env: Environment, name: str) -> None:
        super().__init__(env)
        self.name = name

    def parse(self, stream: TokenStream) -> NoReturn:
        raise LiquidSyntaxError(f'tag "{self.name}" is disabled', token=stream.current)


def make_environment() -> Environment:
    """Tags and filters as Segment offers them."""
    environment = Environment(strict_filters=False)
    environment.add_tag(_Printed)
    environment.tags |= {name: _Disabled(environment, name) for name in DISABLED_TAGS}
    environment.filters = FILTERS
    return environment
