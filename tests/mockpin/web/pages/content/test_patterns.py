"""Patterns with stars: what they fit, and that none takes long."""

import re

from hypothesis import given
from hypothesis import strategies as st

from mockpin.web.pages.content.patterns import fits_pattern


@given(st.text("ab*", max_size=8), st.text("ab", max_size=10))
def test_a_star_stands_for_any_text(pattern, text):
    expected = re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), text, re.DOTALL)
    assert fits_pattern(pattern, text) is (expected is not None)


def test_a_text_is_read_once_for_each_part_however_many_stars_a_pattern_has():
    class Counted(str):
        __slots__ = ()

        def find(self, *arguments):
            finds.append(arguments)
            return super().find(*arguments)

    finds = []
    assert not fits_pattern("*a" * 200 + "*b", Counted("a" * 100_000))
    assert not fits_pattern("a*" * 200 + "b*", Counted("a" * 100_000))
    assert len(finds) <= 201
