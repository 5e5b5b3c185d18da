"""How many random changes of a module its own test notices.

    python -m benchmarks.mutations --count 60 validator/mockpin_validator/rules mockpin/emulator/tag

Each change is made in a copy of the repository: a comparison or an operator turned round, a constant
replaced, a condition negated, or a statement dropped. Only the mirrored test runs: for `rules/money.py` of
the validator, `tests/validator/rules/test_money.py`. A change that it passes has survived: its place is
printed.

mutmut and cosmic-ray make more kinds of change, but run one command for all; this takes the standard
library, and two minutes for ten changes.
"""

import argparse
import ast
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
SECONDS = 300


class Place(NamedTuple):
    """A node that can be changed: `number` counts the nodes of its module, `kind` is what is done."""

    module: Path
    number: int
    line: int
    kind: str


def find_places(module: Path) -> Iterator[Place]:
    """Every place of a module that can be changed."""
    for number, node in enumerate(ast.walk(ast.parse(module.read_text(encoding="utf-8")))):
        if kind := kind_of(node):
            yield Place(module, number, getattr(node, "lineno", 0), kind)


def kind_of(node: ast.AST) -> str | None:
    """What can be done to a node: None for docstrings, annotations' strings, and most other nodes."""
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
            return Path(tests) / own.parent / f"test_{own.name}"
    raise SystemExit(f"{module} belongs to none of {', '.join(PACKAGES)}.")


def passes(copy: Path, module: Path) -> bool:
    """Whether the mirrored test of a module passes in the copy."""
    test = str(mirrored_test(module))
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "--timeout", "60", test]
    try:
        answer = subprocess.run(command, cwd=copy, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return False
    return answer.returncode == 0


def survives(copy: Path, place: Place) -> bool:
    """Whether the mirrored test passes although the place is changed; the copy is then as it was."""
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
        if not passes(copy, module):
            raise SystemExit(f"{mirrored_test(module)} fails without any change.")
    killed = 0
    for place in places:
        survived = survives(copy, place)
        killed += not survived
        print("SURVIVED" if survived else "killed  ", f"{place.module}:{place.line} {place.kind}", flush=True)
    return killed


def find_modules(paths: list[Path]) -> Iterator[Path]:
    """The modules named, and those of the folders named, that have a mirrored test."""
    for path in paths:
        for module in [path] if path.suffix else sorted(path.rglob("*.py")):
            if (ROOT / mirrored_test(module)).exists():
                yield module


def main() -> None:
    """Change random places of the modules, and print which changes their tests notice."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("paths", nargs="+", type=Path, help="modules or folders, relative to the repository")
    parser.add_argument("--count", type=int, default=20, help="how many changes (20)")
    parser.add_argument("--seed", type=int, default=0, help="which changes (0)")
    asked = parser.parse_args()
    places = [place for module in find_modules(asked.paths) for place in find_places(module)]
    chosen = random.Random(asked.seed).sample(places, min(asked.count, len(places)))
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", "*_cache", "__pycache__"))
        killed = try_changes(copy, chosen)
    print(f"{killed} of {len(chosen)} changes noticed by the mirrored test")


if __name__ == "__main__":
    main()
