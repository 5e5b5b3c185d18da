"""Groups of rules that share a check, so that few rules run for an event with a mistake."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from mockpin_validator.contract.gate import gate
from mockpin_validator.judging.clean_gate import merge_clean_schemas, simplify
from mockpin_validator.judging.rule import QuickCheck, Rule, is_never_quiet


class RuleGroup(NamedTuple):
    """Rules, and a check that is true only for events on which these rules find nothing."""

    is_quiet: QuickCheck
    rules: tuple[Rule, ...]


class RuleSection(NamedTuple):
    """Neighbouring groups, and a check that is true only for events on which their rules find nothing."""

    is_quiet: QuickCheck
    groups: tuple[RuleGroup, ...]


@lru_cache(maxsize=16)  # for all judges of a process: the gates of all rules take 7 ms to build
def divide_rules(rules: tuple[Rule, ...]) -> tuple[RuleSection, ...]:
    """Divide rules into sections, in their order: neighbours with clean schemas, and neighbours without.

    One check merges the schemas of a section; for a section without schemas it is never true.
    """
    neighbours = groupby(group_rules(rules), key=lambda group: group.rules[0].clean is not None)
    sections = [(has_schemas, tuple(groups)) for has_schemas, groups in neighbours]
    return tuple(
        RuleSection(merge_checks(groups) if has_schemas else is_never_quiet, groups)
        for has_schemas, groups in sections
    )


def group_rules(rules: Iterable[Rule]) -> tuple[RuleGroup, ...]:
    """Group neighbours with the same clean schema or quick check; the order of the rules stays."""
    alike = (tuple(group) for _, group in groupby(rules, key=lambda rule: (rule.clean, rule.quiet)))
    return tuple(RuleGroup(make_quick_check(group[0]), group) for group in alike)


def merge_checks(groups: Iterable[RuleGroup]) -> QuickCheck:
    """Build one check for groups that have clean schemas."""
    is_clean = gate(simplify(merge_clean_schemas(rule for group in groups for rule in group.rules)))
    return lambda event, _: is_clean(event)


def make_quick_check(rule: Rule) -> QuickCheck:
    """Build the quick check of a rule: from its clean schema if it has one."""
    if rule.clean is None:
        return rule.quiet
    is_clean = gate(rule.clean)
    return lambda event, _: is_clean(event)
