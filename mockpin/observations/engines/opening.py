"""Engines by their names, each loaded only when it is asked for."""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from mockpin.observations.engines.engine import EngineMissing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockpin.observations.engines.engine import Engine

#: Engine, which is also its module and its extra -> its class.
ENGINES: Mapping[str, str] = MappingProxyType({"sqlite": "SqliteEngine", "duckdb": "DuckdbEngine"})


def open_engine(name: str, memory_mb: int | None = None) -> Engine:
    """An empty database of an engine, which holds so many megabytes in memory (None: the engine's default).

    Raises EngineMissing.
    """
    try:
        module = import_module(f"mockpin.observations.engines.{name}")
    except ModuleNotFoundError:
        raise EngineMissing(name) from None
    return cast("Engine", getattr(module, ENGINES[name])(memory_mb))
