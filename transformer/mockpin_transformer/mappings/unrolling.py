"""Compiles an object of a mapping into one Python function that takes the steps that paths share only once.

Closures for the default mapping's 52 paths, even if they share steps and skip what an event lacks, make
resolving take twice as long and a whole conversion a fifth longer (`make bench-transformer`).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from mockpin_transformer.js import JSON, UNDEFINED, ordered_keys
from mockpin_transformer.mappings.paths import NOTHING, Resolver, split_path, strip_root, walk


def unroll(value: dict[str, JSON], compile_member: Callable[[JSON], Resolver]) -> Resolver:
    """Compile an object without directive keys; its results lack the members that resolve to UNDEFINED.

    Directives other than plain paths are compiled with `compile_member`. All paths are looked up before any
    directive runs, so that an event which needs the careful lookups runs no directive twice.
    """
    program = _Program(compile_member)
    result = program.add_object(value)
    quick = program.build([*program.steps, *program.quick_lookups], result)
    build_careful = cache(lambda: program.build(program.careful_lookups, result))

    def resolve(payload: JSON) -> JSON:
        try:
            return quick(payload)
        except AttributeError:  # a path leads through a value that is not an object
            return build_careful()(payload)

    return resolve


@dataclass
class _Program:
    """The lines of a function: lookups, then what builds the object from the values that they found.

    The quick lookups need objects all along each path; the careful ones take any event.
    """

    compile_member: Callable[[JSON], Resolver]
    names: dict[str, Any] = field(
        default_factory=lambda: {"UNDEFINED": UNDEFINED, "NOTHING": NOTHING, "walk": walk}
    )
    steps: list[str] = field(default_factory=list)
    quick_lookups: list[str] = field(default_factory=list)
    careful_lookups: list[str] = field(default_factory=list)
    building: list[str] = field(default_factory=list)
    holders: dict[tuple[str, ...], str] = field(default_factory=lambda: {(): "payload"})
    object_count: int = 0

    def build(self, lookups: list[str], result: str) -> Resolver:
        """A function that runs these lookups, builds the object and returns the variable `result`."""
        source = "\n    ".join(["def resolve(payload):", *lookups, *self.building, f"return {result}"])
        exec(source, self.names)  # noqa: S102 - of a mapping it holds nothing but the literals of keys
        resolve: Resolver = self.names["resolve"]
        return resolve

    def add_object(self, value: dict[str, JSON]) -> str:
        """Add the lines that build an object; returns the local variable that will hold it."""
        target = f"object_{self.object_count}"
        self.object_count += 1
        self.building.append(f"{target} = {{}}")
        for key in ordered_keys(value):
            self._add_member(f"{target}[{key!r}]", value[key])
        return target

    def _add_member(self, target: str, member: JSON) -> None:
        segments = _plain_path(member)
        if segments:
            self._add_if_defined(target, self._look_up(segments))
        elif is_plain_object(member):
            self.building.append(f"{target} = {self.add_object(member)}")
        elif isinstance(member, dict | list):
            self.building.append(f"value = {self._name(self.compile_member(member))}(payload)")
            self._add_if_defined(target, "value")
        else:
            self.building.append(f"{target} = {self._name(member)}")

    def _add_if_defined(self, target: str, variable: str) -> None:
        self.building.append(f"if {variable} is not UNDEFINED: {target} = {variable}")

    def _look_up(self, segments: tuple[str, ...]) -> str:
        """Add the lookup of a path; returns the local variable that will hold its value."""
        variable = f"found_{len(self.quick_lookups)}"
        holder = self._hold(segments[:-1])
        self.quick_lookups.append(f"{variable} = {holder}.get({segments[-1]!r}, UNDEFINED)")
        self.careful_lookups.append(f"{variable} = walk(payload, {segments!r})")
        return variable

    def _hold(self, segments: tuple[str, ...]) -> str:
        """The local variable that holds the value at the end of these steps."""
        if segments not in self.holders:
            parent = self._hold(segments[:-1])
            self.holders[segments] = f"step_{len(self.steps)}"
            self.steps.append(f"{self.holders[segments]} = {parent}.get({segments[-1]!r}, NOTHING)")
        return self.holders[segments]

    def _name(self, value: Any) -> str:
        """A new global name of the function for this value."""
        name = f"value_{len(self.names)}"
        self.names[name] = value
        return name


def is_plain_object(value: JSON) -> bool:
    """Whether a value is an object without a directive's key."""
    return isinstance(value, dict) and not any(key.startswith("@") for key in value)


def _plain_path(member: JSON) -> tuple[str, ...]:
    if isinstance(member, dict) and list(member) == ["@path"] and isinstance(member["@path"], str):
        return split_path(strip_root(member["@path"]))
    return ()
