"""An object of a mapping as one straight run of Python, in which steps that paths share are taken once.

For the fifty paths of a usual mapping, calling a function for each costs more than all lookups together.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from mockpin_transformer.js import JSON, UNDEFINED, ordered_keys
from mockpin_transformer.mappings.paths import NOTHING, Resolver, split_path, strip_root, walk


def unroll(value: dict[str, JSON], compile_member: Callable[[JSON], Resolver]) -> Resolver:
    """The resolver of an object without directive keys, which drops members that are UNDEFINED.

    Directives other than plain paths are compiled with `compile_member`.
    """
    program = _Program(compile_member)
    result = program.add_object(value)
    quick = program.build([*program.steps, *(line for line, _ in program.lines)], result)
    careful = program.build([line for _, line in program.lines], result)

    def resolve(payload: JSON) -> JSON:
        try:
            return quick(payload)
        except AttributeError:  # where a path leads through something that is no object
            return careful(payload)

    return resolve


@dataclass
class _Program:
    """What to do, line by line: quickly for events that are objects all the way, carefully for others."""

    compile_member: Callable[[JSON], Resolver]
    names: dict[str, Any] = field(
        default_factory=lambda: {"UNDEFINED": UNDEFINED, "NOTHING": NOTHING, "walk": walk}
    )
    steps: list[str] = field(default_factory=list)
    lines: list[tuple[str, str]] = field(default_factory=list)
    holders: dict[tuple[str, ...], str] = field(default_factory=lambda: {(): "payload"})
    objects: int = 0

    def build(self, lines: list[str], result: str) -> Resolver:
        """A function of these lines."""
        source = "\n    ".join(["def resolve(payload):", *lines, f"return {result}"])
        exec(source, self.names)  # noqa: S102 - of a mapping it holds nothing but the literals of keys
        resolve: Resolver = self.names["resolve"]
        return resolve

    def add_object(self, value: dict[str, JSON]) -> str:
        """Build an object; the name of the local variable that holds it."""
        target = f"object_{self.objects}"
        self.objects += 1
        self._add(f"{target} = {{}}")
        for key in ordered_keys(value):
            self._add_member(f"{target}[{key!r}]", value[key])
        return target

    def _add_member(self, place: str, member: JSON) -> None:
        segments = _plain_path(member)
        if segments:
            quick = f"{self._hold(segments[:-1])}.get({segments[-1]!r}, UNDEFINED)"
            self._add_found(place, quick, f"walk(payload, {segments!r})")
        elif is_plain_object(member):
            self._add(f"{place} = {self.add_object(member)}")
        elif isinstance(member, dict | list):
            call = f"{self._name(self.compile_member(member))}(payload)"
            self._add_found(place, call, call)
        else:
            self._add(f"{place} = {self._name(member)}")

    def _add(self, line: str) -> None:
        self.lines.append((line, line))

    def _add_found(self, place: str, quick: str, careful: str) -> None:
        self.lines.append((f"found = {quick}", f"found = {careful}"))
        self._add(f"if found is not UNDEFINED: {place} = found")

    def _hold(self, segments: tuple[str, ...]) -> str:
        """The local variable that holds what stands at the end of some steps."""
        if segments not in self.holders:
            parent = self._hold(segments[:-1])
            self.holders[segments] = f"step_{len(self.steps)}"
            self.steps.append(f"{self.holders[segments]} = {parent}.get({segments[-1]!r}, NOTHING)")
        return self.holders[segments]

    def _name(self, value: Any) -> str:
        name = f"value_{len(self.names)}"
        self.names[name] = value
        return name


def is_plain_object(value: JSON) -> bool:
    """Whether it is an object in which no key is a directive's."""
    return isinstance(value, dict) and not any(key.startswith("@") for key in value)


def _plain_path(member: JSON) -> tuple[str, ...]:
    if isinstance(member, dict) and list(member) == ["@path"] and isinstance(member["@path"], str):
        return split_path(strip_root(member["@path"]))
    return ()
