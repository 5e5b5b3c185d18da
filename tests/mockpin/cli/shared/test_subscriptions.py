import json

import click
import pytest

from mockpin.cli.shared.errors import InputUnreadable
from mockpin.cli.shared.subscriptions import choose_subscriptions, find_preset_name
from mockpin_transformer import DEFAULT_MAPPING, PRESETS


@pytest.fixture
def mapping_file(tmp_path):
    def write(mapping):
        path = tmp_path / "mapping.json"
        path.write_text(json.dumps(mapping))
        return path

    return write


def test_without_a_choice_every_preset_decides_by_its_trigger():
    chosen = choose_subscriptions(None, None)
    triggers = [preset.trigger for preset in PRESETS.values()]
    assert [subscription.name for subscription in chosen] == list(PRESETS)
    assert [subscription.trigger for subscription in chosen] == triggers


def test_a_mapping_of_ones_own_takes_every_event(mapping_file):
    (chosen,) = choose_subscriptions(mapping_file({"event_name": "lead"}), None)
    assert chosen.mapping.raw == {"event_name": "lead"}
    assert all(chosen.trigger.matches({"type": kind}) for kind in ("track", "page", "identify"))


def test_a_mapping_is_laid_over_a_preset(mapping_file):
    (chosen,) = choose_subscriptions(mapping_file({"opt_out": False}), "checkout")
    assert chosen.mapping.raw == {**DEFAULT_MAPPING, "event_name": "checkout", "opt_out": False}


@pytest.mark.parametrize("mapping", [[], ["event_name"], "lead", 5, None])
def test_a_mapping_is_an_object(mapping_file, mapping):
    with pytest.raises(InputUnreadable, match=r"mapping\.json: a mapping is an object"):
        choose_subscriptions(mapping_file(mapping), "Checkout")


@pytest.mark.parametrize("mapping", [{"event_id": {"@nothing": 1}}, {"event_id": {"@path": 1}}])
def test_a_mapping_that_breaks_the_rules_is_named(mapping_file, mapping):
    with pytest.raises(InputUnreadable, match=r"mapping\.json: "):
        choose_subscriptions(mapping_file(mapping), None)


def test_a_field_that_the_action_does_not_have_is_told(mapping_file, capsys):
    mapping = {"evnt_id": "x", "user_data": {"emial": "x"}, "contents": {"@arrayPath": ["$.a", {}]}, "zzz": 1}
    choose_subscriptions(mapping_file(mapping), None)
    said = capsys.readouterr().err.splitlines()
    assert [line.partition("mapping.json: ")[2] for line in said] == [
        "evnt_id is not a field of a mapping, so Segment ignores it; did you mean event_id?",
        "zzz is not a field of a mapping, so Segment ignores it.",
        "user_data.emial is not a field of a mapping, so Segment ignores it; did you mean user_data.email?",
    ]


def test_a_preset_is_found_in_any_case():
    assert find_preset_name("add to CART") == "Add to Cart"


def test_an_unknown_preset_is_answered_with_those_there_are():
    with pytest.raises(click.BadParameter, match=r"'Buy' is not one of Add Payment Info, .*Watch Video"):
        find_preset_name("Buy")
