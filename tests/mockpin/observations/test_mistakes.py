"""Every mistake of a shop is named, as gravely as it is."""

import pytest

from mockpin import MockPin
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


STAGING = "2619999999999"
TAGS = {
    "the thanks page of a staging site": (
        lambda _, hit: {**hit, "tid": STAGING} if hit["event"] == "checkout" else hit, ["hits-of-another-tag"],
    ),
    "all pages with two tags": (lambda _, hit: [hit, {**hit, "tid": STAGING}], []),
    "all pages with one tag that mockpin does not know": (lambda _, hit: {**hit, "tid": STAGING}, []),
}  # fmt: skip


@pytest.mark.parametrize("title", TAGS)
def test_a_second_tag_is_named_where_the_first_does_not_report_the_same(title):
    change, rules = TAGS[title]
    with MockPin() as only:
        shop = Shop(only, orders=40, seed=3, mistake=Mistake(tag=change))
        shop.trade()
        told = [seen.rule for seen in shop.report("checkout=40").observations if seen.severity != "info"]
    assert told == rules
