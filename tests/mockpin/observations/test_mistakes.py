"""Every mistake of a shop is named, as gravely as it is."""

import pytest

from tests.mockpin.observations.mistakes import MISTAKES, NOW
from tests.mockpin.observations.shop import Mistake, Shop

NOT_OF_THE_SHOP = ("expected", "fault", "stray", "now")


@pytest.mark.parametrize("title", MISTAKES)
def test_a_mistake_is_named(mock, title):
    how, severity, words = MISTAKES[title]
    shop = Shop(mock, **{"orders": 40, **{k: v for k, v in how.items() if k not in NOT_OF_THE_SHOP}})
    NOW[0] = int(mock.clock.now)
    if "fault" in how:
        mock.faults.add(**how["fault"])
    shop.trade()
    if "stray" in how:
        Shop(mock, orders=3, channel="api", seed=77, mistake=Mistake(path=how["stray"])).trade()
    report = shop.report(*how.get("expected", ()))
    assert report.severity == severity, [reason.sentence for reason in report.reasons]
    assert any(words in f"{reason.rule} {reason.sentence}" for reason in report.reasons)
