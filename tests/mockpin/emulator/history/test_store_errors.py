"""What each failure of a store says."""

import pytest

from mockpin.emulator.history import store_errors as errors

NOTHING_DONE = "Nothing of the request was done; send it again once that is mended."


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (errors.StoreFailed("s.db", "it is gone"), "The store s.db cannot be opened: it is gone."),
        (errors.StoreUnreadable("s.db", "it is gone"), "The store s.db cannot be opened: it is gone."),
        (
            errors.StoreDamaged("s.db", "page 3"),
            f"The store s.db is damaged: page 3. {errors.HOW_TO_SALVAGE}",
        ),
        (
            errors.StoreTooNew("s.db", "version 9"),
            "The store s.db was written by a newer mockpin (version 9): use that one, or another file.",
        ),
        (
            errors.StoreInUse("s.db"),
            "The store s.db is in use by another mockpin: stop that one, or use another file.",
        ),
        (
            errors.StoreUnwritable("s.db", "no space"),
            f"The store s.db cannot be written: no space. {NOTHING_DONE}",
        ),
        (errors.StoreClosed("s.db"), "The store s.db is closed."),
    ],
)
def test_a_failure_names_the_store_and_what_to_do(error, sentence):
    assert str(error) == sentence
    assert isinstance(error, errors.StoreFailed)
