import pytest

from mockpin.interception.hosts import HostTable, Treatment, split_address

HOSTS = HostTable(["capi.example.com", "api.pinterest.com"])


@pytest.mark.parametrize(
    ("host", "treatment"),
    [
        ("api.pinterest.com", Treatment.INTERCEPT),
        ("API.Pinterest.com.", Treatment.INTERCEPT),
        ("s.pinimg.com", Treatment.INTERCEPT),
        ("cdn.segment.com", Treatment.INTERCEPT),
        ("capi.example.com", Treatment.INTERCEPT),
        ("www.pinterest.com", Treatment.REFUSE),
        ("pinterest.com", Treatment.REFUSE),
        ("i.pinimg.com", Treatment.REFUSE),
        ("notpinterest.com", Treatment.TUNNEL),
        ("pinterest.com.example.org", Treatment.TUNNEL),
        ("segment.com", Treatment.TUNNEL),
    ],
)
def test_each_host_has_one_treatment(host, treatment):
    assert HOSTS.treat(host) is treatment


def test_a_host_that_is_named_twice_is_intercepted_once():
    assert HOSTS.intercepted.count("api.pinterest.com") == 1


@pytest.mark.parametrize(
    ("text", "address"),
    [("a.b:8443", ("a.b", 8443)), ("a.b", ("a.b", 443)), ("[::1]:1", ("::1", 1)), ("[::1]", ("::1", 443))],
)
def test_an_address_has_a_host_and_a_port(text, address):
    assert split_address(text, default_port=443) == address


@pytest.mark.parametrize("text", ["a.b:0", "a.b:65536", "a.b:x", ":1", "a.b:²", "a.b:٣", "a.b:-1", ""])
def test_what_is_not_an_address_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - its text is the address
        split_address(text, default_port=443)


def test_a_certificate_names_also_the_hosts_that_are_refused():
    names = HOSTS.certified
    assert {"api.pinterest.com", "capi.example.com", "pinterest.com", "*.pinterest.com", "*.pinimg.com"} <= {
        *names
    }
    assert names.count("api.pinterest.com") == 1
