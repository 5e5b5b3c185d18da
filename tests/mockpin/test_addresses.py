import pytest

from mockpin.addresses import find_server, hide_userinfo, is_loopback, is_within


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


@pytest.mark.parametrize("url", ["http://host", "http://host/", "http://host/v5", "http://host/v5/"])
def test_a_server_is_found_as_a_sender_names_it_too(url):
    assert find_server(url) == "http://host"


@pytest.mark.parametrize(
    ("host", "inside"),
    [
        ("pinterest.com", True),
        ("api.pinterest.com", True),
        ("notpinterest.com", False),
        ("pinterest.com.x", False),
    ],
)
def test_a_host_is_within_its_domain_and_no_other(host, inside):
    assert is_within(host, "pinterest.com") is inside


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "[::1]", "localhost", "a.LOCALHOST"])
def test_this_machine_is_loopback(host):
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["", "0.0.0.0", "10.0.0.1", "example.com", "::2", "localhost.example.com"])
def test_another_machine_is_not(host):
    assert not is_loopback(host)
