import pytest

from mockpin.cli import run


@pytest.mark.parametrize("name", ["value", "custom_data.value", "event-time-too-old"])
def test_a_field_or_a_rule_is_explained(capsys, name):
    assert run(["explain", name]) == 0
    assert "Source: " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/data/0/user_data/em/0", "user_data.em"),
        ("/data/*/custom_data/contents/*/item_price", "contents.item_price"),
        ("/data/3/event_name", "event.event_name"),
    ],
)
def test_the_path_of_a_finding_names_its_field(capsys, path, field):
    assert run(["explain", path]) == 0
    assert capsys.readouterr().out.startswith(f"## {field}\n")


def test_without_a_name_all_names_are_listed(capsys):
    assert run(["explain"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert {"custom_data.value", "user_data.em", "schema"} <= set(listed)


def test_a_misspelt_name_is_told_the_nearest_with_exit_status_2(capsys):
    assert run(["explain", "curency"]) == 2
    assert "Did you mean currency?" in capsys.readouterr().err


def test_a_name_near_to_none_is_led_to_the_list(capsys):
    assert run(["explain", "zzzzzzzz"]) == 2
    assert "lists all names" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("422", "Some events failed"),
        ("29", "does not open this ad account"),
        ("Authentication failed", "token is missing, wrong or expired"),
        ("checkout", "one of Pinterest's standard events"),
        ("offline", "A value of action_source"),
        ("--max-event-age", "How old an event may be"),
        ("event-id-shared", "One event_id belongs to one event"),
    ],
)
def test_answers_names_settings_and_observations_are_explained(capsys, name, said):
    assert run(["explain", "--", name]) == 0
    assert said in capsys.readouterr().out


def test_a_misspelt_name_is_the_nearest_by_its_letters(capsys):
    assert run(["explain", "event_tim"]) == 2
    assert "Did you mean event_time?" in capsys.readouterr().err
