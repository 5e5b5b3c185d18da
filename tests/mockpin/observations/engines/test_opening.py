"""Engines by their names."""

from contextlib import closing

import pytest

from mockpin.observations.engines.engine import EngineMissing
from mockpin.observations.engines.opening import ENGINES, open_engine


@pytest.mark.parametrize("name", ENGINES)
def test_an_engine_begins_empty(name):
    with closing(open_engine(name, 64)) as engine:
        assert list(map(tuple, engine.ask("SELECT COUNT(*) FROM facts"))) == [(0,)]


def test_an_engine_whose_packages_are_missing_is_told_with_the_extra():
    with pytest.raises(EngineMissing, match=r"The engine nosuch needs other packages: .*'mockpin\[nosuch\]'"):
        open_engine("nosuch")
