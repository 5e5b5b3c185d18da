"""The compiled patterns and the functions of one text in the three packages, found and not listed."""

import ast
import importlib
import inspect
import pkgutil
import re
from functools import cache
from pathlib import Path

PACKAGES = ("mockpin", "mockpin_transformer", "mockpin_validator")
METHODS = frozenset({"search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"})
USES = METHODS | {"compile"}
TEXTS = frozenset({"str", "bytes | str", "str | bytes", "str | None"})


@cache
def modules():
    """Every module of the three packages."""
    names = (
        module.name
        for package in PACKAGES
        for module in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}.")
    )
    return [importlib.import_module(name) for name in names if not name.endswith("__main__")]


def find_patterns():
    """(name, pattern, methods) of each compiled pattern, with the methods that are called on it.

    Of a pattern with a name these are found in the modules that have it, of one in a table in its module.
    """
    called, anywhere, found = _called_methods(), {}, {}
    for module in modules():
        for name, value in vars(module).items():
            for pattern in _patterns_in(value):
                direct = called[module].get(name, set()) if value is pattern else called[module][""]
                anywhere.setdefault(id(pattern), set()).update(direct)
                found.setdefault(id(pattern), (f"{module.__name__}.{name}", pattern))
    return [(name, pattern, anywhere[key] & METHODS) for key, (name, pattern) in found.items()]


def _patterns_in(value):
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list | frozenset | set):
        for item in value:
            yield from _patterns_in(item)
    elif isinstance(value, dict):
        yield from _patterns_in(tuple(value.values()))


@cache
def _tree(module):
    return ast.parse(Path(module.__file__).read_text())


@cache
def _called_methods():
    """Module -> name -> the attributes that are asked of it; "" stands for all names."""
    return {module: _attributes(_tree(module)) for module in modules()}


def _attributes(tree):
    calls = {"": set()}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            calls[""].add(node.attr)
            if isinstance(node.value, ast.Name):
                calls.setdefault(node.value.id, set()).add(node.attr)
    return calls


def find_late_patterns():
    """(module, call) of each use of `re` inside a function, where no constant shows the pattern."""
    for module in modules():
        functions = [
            item for item in ast.walk(_tree(module)) if isinstance(item, ast.FunctionDef | ast.Lambda)
        ]
        for node in {inner for function in functions for inner in ast.walk(function)}:
            is_re = (
                isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "re"
            )
            if is_re and node.attr in METHODS | {"compile"}:
                yield module.__name__, node.attr


def find_text_functions():
    """(name, function) of each function that can be called with one text alone."""
    for module in modules():
        for name, value in vars(module).items():
            function = inspect.unwrap(value) if callable(value) else None
            own = inspect.isfunction(function) and function.__module__ == module.__name__
            if own and _takes_text(function):
                yield f"{module.__name__}.{name}", value


def _takes_text(function):
    required = [
        parameter
        for parameter in inspect.signature(function).parameters.values()
        if parameter.default is parameter.empty
    ]
    (first, *others) = required or [None]
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return first and not others and first.kind in kinds and _name(first.annotation) in TEXTS


def _name(annotation):
    return annotation if isinstance(annotation, str) else getattr(annotation, "__name__", str(annotation))
