"""Properties that say which branches their examples reach, and fail when a branch is hardly ever reached."""

from collections import Counter
from contextvars import ContextVar
from functools import wraps
from math import sqrt

from hypothesis import event, given, seed

#: A branch that fewer examples reach is as good as untested.
LEAST_SHARE = 0.1
#: By how many standard deviations a count may miss that share: examples are drawn by chance.
LUCK = 2
#: The seeds by which a property is tried before a branch counts as hardly reached, for draws depend on one
#: another. None is the run's own.
SEEDS = (None, 1, 2)
_REACHED = ContextVar("reached")


def reach(branch, happened=True):
    """Note that the example reaches a branch; `pytest --hypothesis-show-statistics` shows the shares."""
    if happened and branch not in _REACHED.get():
        _REACHED.get().add(branch)
        event(branch)


def least_of(total):
    """How many of so many examples must reach a branch: one, or what the least share makes likely."""
    deviation = sqrt(total * LEAST_SHARE * (1 - LEAST_SHARE))
    return max(1, total * LEAST_SHARE - LUCK * deviation)


def holds_for(*strategies, branches=(), **named):
    """Hypothesis' `given`, and an error if far fewer than a tenth of the examples reach a branch."""

    def decorate(test):
        examples, counts = Counter(), Counter()

        @wraps(test)
        def counted(*args, **values):
            _REACHED.set(set())
            test(*args, **values)
            examples["all"] += 1
            counts.update(_REACHED.get())

        property_ = given(*strategies, **named)(counted)

        @wraps(property_)
        def checked(*args, **values):
            examples.clear()
            counts.clear()
            for number in SEEDS:
                seed(number)(property_)(*args, **values)
                total = examples["all"]
                rare = {
                    name: f"{counts[name] / total:.0%}" for name in branches if counts[name] < least_of(total)
                }
                if not rare:
                    return
            raise AssertionError(f"reached by too few of {total} examples: {rare}")

        return checked

    return decorate
