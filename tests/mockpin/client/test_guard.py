"""The guard in front of the real Pinterest."""

import socket
import sys
from contextlib import suppress

import pytest

from mockpin.client.guard import Guard, RealHostContacted, guard_real_host


@pytest.mark.parametrize("host", ["api.pinterest.com", "CT.Pinterest.com.", b"api.pinterest.com"])
@pytest.mark.parametrize("look_up", [lambda host: socket.getaddrinfo(host, 443), socket.gethostbyname])
def test_no_host_of_pinterest_s_is_looked_up(look_up, host):
    with guard_real_host() as guard, pytest.raises(RealHostContacted, match=r"PINTEREST_API_URI"):
        look_up(host)
    assert len(guard.hosts) == 1


@pytest.mark.parametrize("event", ["socket.connect", "socket.sendto", "socket.sendmsg"])
def test_no_socket_goes_to_a_host_of_pinterest_s_by_its_name(event):
    with guard_real_host() as guard, socket.socket() as client:
        sys.audit(event, client, ("127.0.0.1", 443))
        sys.audit(event, client, None)
        with pytest.raises(RealHostContacted):
            sys.audit(event, client, ("API.pinterest.com", 443))
    assert guard.hosts == ["api.pinterest.com"]


def test_a_connection_on_this_machine_is_nobody_s_business():
    with (
        guard_real_host() as guard,
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.socket() as client,
    ):
        client.connect(listener.getsockname())
    assert guard.hosts == []


def test_a_swallowed_refusal_is_remembered():
    with guard_real_host() as guard, suppress(AssertionError):
        socket.getaddrinfo("api.pinterest.com", 443)
    assert guard.hosts == ["api.pinterest.com"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "notpinterest.com", "pinterest.com.example"])
def test_other_hosts_are_nobody_s_business(host):
    with guard_real_host() as guard:
        look_up(host)
    assert guard.hosts == []


def test_the_guard_sleeps_when_nobody_needs_it():
    with guard_real_host() as guard:
        pass
    look_up("api.pinterest.com")
    assert guard.hosts == []


@pytest.mark.parametrize("host", ["pinterest.com", "api.pinterest.com"])
def test_what_is_refused_is_remembered(host):
    guard = Guard()
    with pytest.raises(RealHostContacted, match=host):
        guard.check_host(host)
    guard.check_host("example.com")
    assert guard.hosts == [host]


def look_up(host):
    """Tell Python's listeners of a look-up without making one."""
    sys.audit("socket.getaddrinfo", host, 443, 0, 0, 0)


def test_a_test_that_talks_to_the_real_host_fails_even_when_the_code_swallows_it(suite):
    result = suite("""
import socket

def test_checkout(mockpin):
    try:
        socket.getaddrinfo("api.pinterest.com", 443)
    except Exception:
        pass

def test_without():
    import sys
    sys.audit("socket.getaddrinfo", "api.pinterest.com", 443, 0, 0, 0)
""")
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(
        ["*stopped a connection to api.pinterest.com: read the API's URL from PINTEREST_API_URI*"]
    )
