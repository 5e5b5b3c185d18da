import pytest

from mockpin.fixtures import FixtureUnreadable, cases


def test_the_cases_of_a_kind_come_by_name(tmp_path):
    (tmp_path / "kind").mkdir()
    (tmp_path / "kind" / "b.json").write_text("2")
    (tmp_path / "kind" / "a.json").write_text("1")
    assert list(cases("kind", root=tmp_path)) == [("a", 1), ("b", 2)]


def test_a_damaged_file_is_named(tmp_path):
    (tmp_path / "kind").mkdir()
    (tmp_path / "kind" / "a.json").write_text("{")
    with pytest.raises(FixtureUnreadable, match=r"a\.json cannot be read as JSON"):
        list(cases("kind", root=tmp_path))


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(FixtureUnreadable, match="kind is missing"):
        list(cases("kind", root=tmp_path))
