import pytest

from mockpin_validator.caching import MAX_CACHED_LENGTH, cache_short_texts


@pytest.mark.parametrize(("length", "calls"), [(1, 1), (MAX_CACHED_LENGTH, 1), (MAX_CACHED_LENGTH + 1, 2)])
def test_only_results_for_short_texts_are_remembered(length, calls):
    called = []

    @cache_short_texts(maxsize=4)
    def note(text):
        called.append(text)
        return len(text)

    assert [note("x" * length) for _ in range(2)] == [length] * 2
    assert len(called) == calls


def test_the_lengths_of_all_texts_count_together():
    called = []

    @cache_short_texts(maxsize=4)
    def join(first, second):
        called.append((first, second))
        return first + second

    half = "x" * (MAX_CACHED_LENGTH // 2 + 1)
    assert join(half, half) == join(half, half)
    assert len(called) == 2


def test_a_cached_function_keeps_its_name():
    @cache_short_texts(maxsize=1)
    def named(text):
        """Says what it does."""

    assert (named.__name__, named.__doc__) == ("named", "Says what it does.")
