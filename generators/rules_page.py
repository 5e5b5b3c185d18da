"""docs/rules.md, written from the rules and the shipped cases: `python -m generators.rules_page`."""

import sys
from typing import Final

from mockpin.cli.shared.explanations import find_examples
from mockpin.rules import ROWS
from mockpin_validator.handbook import Examples, write_rule_entry

_PREFACE: Final = """# The rules

Generated from the rules and their fixtures by `make docs`.

`faithful` reports an error exactly if Pinterest, as far as is known, refuses the request or answers the event
with "failed"; `strict` fails recommendations too; `lenient` reports only what costs you the event or is
certainly a mistake; a rule that is `off` is not applied. The table `[rules]` of `mockpin.toml` changes single
rules, such as `click-id-missing = "off"`. Each rule has examples: what was sent, what mockpin reports, and
what to do.

Each rule has its source. *documented* means that Pinterest says so, *observed* that its live API did so,
*inferred* that we conclude it.
"""


def write_page(examples: Examples) -> str:
    """The page, whole."""
    index = "".join(f"- [{name}](#{name})\n" for name in ROWS)
    return "\n".join([_PREFACE, index, *(write_rule_entry(rule, examples) for rule in ROWS.values())])


if __name__ == "__main__":
    sys.stdout.write(write_page(find_examples()))
