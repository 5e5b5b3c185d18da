import gc

import pytest

from mockpin.reports.garbage import collection_paused


@pytest.mark.parametrize("was_enabled", [True, False])
def test_the_collection_of_garbage_is_as_before_after_a_pause(was_enabled):
    before = gc.isenabled()
    try:
        (gc.enable if was_enabled else gc.disable)()
        with pytest.raises(ZeroDivisionError), collection_paused():
            1 / gc.isenabled()
        assert gc.isenabled() == was_enabled
    finally:
        (gc.enable if before else gc.disable)()
