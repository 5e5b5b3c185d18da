"""The emulator that the options of `serve` and `run` ask for."""

import click
import pytest
from click.testing import CliRunner

from mockpin.cli.shared.emulators import build_emulator, choose_settings, read_destination, settings_options
from mockpin.cli.shared.errors import InputUnreadable
from mockpin.emulator.accounts import Accounts
from mockpin.emulator.settings.settings import FIELDS, Settings


@click.command()
@settings_options
def show(**options):
    settings = choose_settings({**options, "calibration": None})
    click.echo(f"{settings.history} {settings.origins.get('history', 'default')}")


def test_every_setting_is_a_flag_that_says_what_it_takes():
    flags = {option.name: option.help for option in show.params}
    assert set(flags) == set(FIELDS)
    assert all(FIELDS[name].metadata["values"] in text for name, text in flags.items())


@pytest.mark.parametrize(("arguments", "shown"), [([], "100000 default"), (["--history", "7"], "7 flag")])
def test_a_setting_knows_where_it_comes_from(arguments, shown):
    assert CliRunner().invoke(show, arguments).output.strip() == shown


def test_a_setting_that_cannot_be_is_refused_with_what_it_takes():
    result = CliRunner().invoke(show, ["--history", "none"])
    assert result.exit_code == 2
    assert "a whole number from 1" in result.output


def test_without_a_file_the_destination_is_empty():
    assert read_destination(None) == {}


@pytest.mark.parametrize(("text", "said"), [("{", "not JSON"), (None, "cannot be read")])
def test_a_destination_that_cannot_be_read_is_refused(tmp_path, text, said):
    path = tmp_path / "destination.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(InputUnreadable, match=said):
        read_destination(path)


def test_the_history_is_kept_in_the_store_file(tmp_path):
    path = tmp_path / "history.db"
    build_emulator(Settings(), Accounts(), {"store": str(path), "log_format": "none"}).close()
    assert path.read_bytes().startswith(b"SQLite format 3")


def test_what_may_not_be_meant_in_a_destination_is_told_with_its_file(tmp_path, capsys):
    path = tmp_path / "d.json"
    path.write_text('{"subscriptions": [{"name": "Q", "trigger": "type == \\"track\\"", "mapping": {}}]}')
    assert read_destination(path)["subscriptions"][0]["name"] == "Q"
    assert capsys.readouterr().err.startswith(f"{path}: ")
