import pytest

from mockpin.addresses import hide_userinfo


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://user:pina_secret@127.0.0.1:9/x", "http://127.0.0.1:9/x"),
        ("http://user:p@ss@host", "http://host"),
        ("http://host/a@b", "http://host/a@b"),
        ("http://[::1]:9", "http://[::1]:9"),
    ],
)
def test_a_name_and_password_are_not_shown(url, shown):
    assert hide_userinfo(url) == shown
