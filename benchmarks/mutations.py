"""How many random changes of a module its own test notices.

    python -m benchmarks.mutations --count 60 validator/mockpin_validator/rules mockpin/emulator/tag

Each change is made in a copy of the repository: a comparison or an operator turned round, a constant
replaced, a condition negated, or a statement dropped. Only the mirrored test runs: for `rules/money.py` of
the validator, `tests/validator/rules/test_money.py`. A change that it passes has survived: its place is
printed. So has every change of a module without a mirrored test.

Left out is what no test can notice: the arguments of @dataclass, what only type checkers read (`__all__`,
the names of types and what stands under `if TYPE_CHECKING`), `strict=` of zip, which checks what the code
makes sure of, the size of a cache, a `return` of nothing at the end of a function, and a named number of
1,000 or more, such as of bytes or rows: tests use its name, so that one more changes nothing for them. Other
changes that only make a program slower, such as of the seconds of a timeout, are left in and survive.

mutmut and cosmic-ray make more kinds of change, but run one command for all; this takes the standard
library, and two minutes for ten changes.
"""

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
PACKAGES = {
    "mockpin": "tests/mockpin",
    "validator/mockpin_validator": "tests/validator",
    "transformer/mockpin_transformer": "tests/transformer",
}
SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.Add: ast.Sub,
    ast.Sub: ast.Add, ast.Mult: ast.Add, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip
DROPPED = (ast.Expr, ast.Assign, ast.AugAssign, ast.Return, ast.Raise)
#: Functions and their arguments whose change no test can notice.
UNNOTICEABLE = {("zip", "strict"), ("lru_cache", "maxsize"), ("cache_short_texts", "maxsize")}
SECONDS = 120
#: From here on one more or less of a named number is not worth a test that repeats the number.
LARGE = 1000


class Place(NamedTuple):
    """A node that can be changed: `number` counts the nodes of its module, `kind` is what is done."""

    module: Path
    number: int
    line: int
    kind: str


def find_places(module: Path) -> Iterator[Place]:
    """Every place of a module that can be changed, but for what no test can notice."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    left_out = {node for root in ast.walk(tree) for top in find_left_out(root) for node in ast.walk(top)}
    for number, node in enumerate(ast.walk(tree)):
        if node not in left_out and (kind := kind_of(node)):
            yield Place(module, number, getattr(node, "lineno", 0), kind)


def find_left_out(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a node whose change no test can notice, as the module's docstring lists them."""
    if isinstance(node, ast.ClassDef):
        yield from node.decorator_list
    elif is_for_type_checkers(node):
        yield node
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        yield from find_large_number(node)
    elif isinstance(node, ast.Call):
        yield from (word for word in node.keywords if (ast.unparse(node.func), word.arg) in UNNOTICEABLE)
    elif isinstance(node, ast.FunctionDef):
        yield from find_last_returns(node.body)


def find_last_returns(body: list[ast.stmt]) -> Iterator[ast.AST]:
    """Each `return` of nothing after which the function would end all the same."""
    last = body[-1]
    if isinstance(last, ast.If):
        for branch in filter(None, (last.body, last.orelse)):
            yield from find_last_returns(branch)
    elif ast.unparse(last) in ("return", "return None"):
        yield last


def find_large_number(node: ast.Assign | ast.AnnAssign) -> Iterator[ast.AST]:
    """The value of a constant that is a whole number of `LARGE` or more."""
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    number = node.value.value if isinstance(node.value, ast.Constant) else None
    if isinstance(target, ast.Name) and target.id.isupper() and isinstance(number, int) and number >= LARGE:
        yield node.value


def kind_of(node: ast.AST) -> str | None:
    """What can be done to a node: None for docstrings and most other nodes."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPPED:
        return "comparison"
    if isinstance(node, ast.BoolOp | ast.BinOp) and type(node.op) in SWAPPED:
        return "operator"
    if isinstance(node, ast.If | ast.IfExp | ast.While):
        return "condition"
    if isinstance(node, ast.Constant) and isinstance(node.value, int):
        return "constant"
    docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return "statement" if isinstance(node, DROPPED) and not docstring else None


def is_for_type_checkers(node: ast.AST) -> bool:
    """Whether a node is `if TYPE_CHECKING`, `__all__ = ...` or a type: `Json = dict[str, Any]`."""
    if isinstance(node, ast.If):
        return ast.unparse(node.test) == "TYPE_CHECKING"
    name = ast.unparse(node.targets[0]) if isinstance(node, ast.Assign) else ""
    return name == "__all__" or (name.lstrip("_")[:1].isupper() and not name.isupper())


def change(source: str, place: Place) -> str:
    """The source of a module with one place changed."""
    tree = ast.parse(source)
    node = list(ast.walk(tree))[place.number]
    if isinstance(node, ast.Compare):
        node.ops[0] = SWAPPED[type(node.ops[0])]()  # type: ignore[assignment,call-overload]
    elif isinstance(node, ast.BoolOp | ast.BinOp):
        node.op = SWAPPED[type(node.op)]()  # type: ignore[assignment]
    elif isinstance(node, ast.If | ast.IfExp | ast.While):
        node.test = ast.UnaryOp(ast.Not(), node.test)
    elif isinstance(node, ast.Constant):
        node.value = not node.value if isinstance(node.value, bool) else int(str(node.value)) + 1
    else:
        tree = Dropper(node).visit(tree)
    return ast.unparse(ast.fix_missing_locations(tree))


class Dropper(ast.NodeTransformer):
    """Puts `pass` in the place of one statement."""

    def __init__(self, dropped: ast.AST) -> None:
        self._dropped = dropped

    def visit(self, node: ast.AST) -> ast.AST:
        """The node, or `pass`."""
        return ast.Pass() if node is self._dropped else self.generic_visit(node)


def mirrored_test(module: Path) -> Path:
    """The test of a module, relative to the repository."""
    for package, tests in PACKAGES.items():
        if module.is_relative_to(package):
            own = module.relative_to(package)
            return Path(tests) / own.parent / f"test_{own.stem.strip('_')}.py"
    raise SystemExit(f"{module} belongs to none of {', '.join(PACKAGES)}.")


def has_test(module: Path) -> bool:
    """Whether a module has a mirrored test."""
    return (ROOT / mirrored_test(module)).exists()


def passes(copy: Path, module: Path) -> bool:
    """Whether the mirrored test of a module passes in the copy, with the processes that it starts."""
    test = str(mirrored_test(module))
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", test]
    sources = os.pathsep.join(str(copy / source) for source in ("", "transformer", "validator"))
    environment = {**os.environ, "PYTHONPATH": sources}  # for what the tests start
    try:
        answer = subprocess.run(
            command, cwd=copy, env=environment, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return answer.returncode == 0


def survives(copy: Path, place: Place) -> bool:
    """Whether no mirrored test fails although the place is changed; the copy is then as it was."""
    if not has_test(place.module):
        return True
    module = copy / place.module
    source = module.read_text(encoding="utf-8")
    module.write_text(change(source, place), encoding="utf-8")
    try:
        return passes(copy, place.module)
    finally:
        module.write_text(source, encoding="utf-8")


def try_changes(copy: Path, places: list[Place]) -> int:
    """Print what became of each change, and return how many were noticed."""
    for module in sorted({place.module for place in places}):
        if has_test(module) and not passes(copy, module):
            raise SystemExit(f"{mirrored_test(module)} fails without any change.")
    killed = 0
    for place in places:
        survived = survives(copy, place)
        killed += not survived
        reason = "" if has_test(place.module) else " (without a mirrored test)"
        word = "SURVIVED" if survived else "killed  "
        print(word, f"{place.module}:{place.line} {place.kind}{reason}", flush=True)
    return killed


def find_modules(paths: list[Path]) -> Iterator[Path]:
    """The modules named, and those of the folders named."""
    for path in paths:
        yield from [path] if path.suffix else sorted(path.rglob("*.py"))


def main() -> None:
    """Change random places of the modules, and print which changes their tests notice."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("paths", nargs="+", type=Path, help="modules or folders, relative to the repository")
    parser.add_argument("--count", type=int, default=20, help="how many changes (20)")
    parser.add_argument("--seed", type=int, default=0, help="which changes (0)")
    asked = parser.parse_args()
    modules = list(find_modules(asked.paths))
    places = [place for module in modules for place in find_places(module)]
    chosen = random.Random(asked.seed).sample(places, min(asked.count, len(places)))
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", "*_cache", "__pycache__"))
        killed = try_changes(copy, chosen)
    untested = {place.module for place in places if not has_test(place.module)}
    print(f"{killed} of {len(chosen)} changes noticed by the mirrored test")
    print(f"{len(untested)} of {len(modules)} modules without a mirrored test, whose changes survive")


if __name__ == "__main__":
    main()
