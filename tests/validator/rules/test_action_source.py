import pytest

from mockpin_validator import Policy, validate
from tests.validator.events import NOW, changed


@pytest.mark.parametrize(
    ("source", "meant"),
    [("website", "web"), ("serverWebsite", "web"), ("physical_store", "offline"), ("ios", "app_ios")],
)
def test_another_platforms_action_source_is_told_pinterests(source, meant):
    (finding,) = validate(changed(action_source=source), now=NOW)
    assert finding.fix == f"Send '{meant}'."


def test_the_policy_may_let_an_unknown_action_source_pass():
    event = changed(action_source="brie")
    assert not validate(event, now=NOW).ok
    assert validate(event, now=NOW, policy=Policy(unknown_action_source="warn")).ok
