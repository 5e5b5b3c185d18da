import asyncio
import socket
from contextlib import suppress

import pytest

from mockpin.web.connections import Connection, find_connection


@pytest.fixture
def pair():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        client = socket.create_connection(listener.getsockname())
        served, _ = listener.accept()
        with client, served:
            yield client, served


def name(client):
    return "{}:{}".format(*client.getsockname())


def test_a_connection_is_found_by_its_peer_and_broken_off(pair):
    client, served = pair
    with find_connection(name(client)) as connection:
        connection.break_off()
    assert client.recv(10) == b""
    with pytest.raises(BrokenPipeError):
        served.sendall(b"too late")


def test_what_is_found_is_left_open(pair):
    client, served = pair
    with find_connection(name(client)):
        pass
    served.sendall(b"still there")
    assert client.recv(20) == b"still there"


@pytest.mark.parametrize("peer", ["127.0.0.1:1", "", "unix"])
def test_a_stranger_is_not_found(peer):
    with find_connection(peer) as connection:
        assert connection is None


def test_an_ended_connection_can_be_broken_off_again(pair):
    client, _ = pair
    with find_connection(name(client)) as connection:
        connection.break_off()
        client.close()
        connection.break_off()


def test_whoever_writes_waits_for_its_reader():
    ours, theirs = socket.socketpair()

    async def write():
        waiting = asyncio.create_task(Connection(ours).wait_until_read())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert not waiting.done()
        drain(theirs)
        await waiting

    with ours, theirs:
        fill(ours)
        asyncio.run(write())


def fill(sock):
    sock.setblocking(False)
    with suppress(BlockingIOError):
        while True:
            sock.send(b"x" * 65536)


def drain(sock):
    sock.setblocking(False)
    with suppress(BlockingIOError):
        while True:
            sock.recv(65536)
