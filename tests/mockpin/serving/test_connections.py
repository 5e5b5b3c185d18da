import asyncio
import socket
import subprocess
import sys
from contextlib import closing, suppress

import pytest

from mockpin.emulator.history.store_file import open_database
from mockpin.serving.connections import ClientConnection, find_connection

SERVER = "127.0.0.1:7466"


@pytest.fixture
def pair():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        client = socket.create_connection(listener.getsockname())
        served, _ = listener.accept()
        with client, served:
            yield client, served


def name(client):
    """Both ends of a connection, as granian names them."""
    return ["{}:{}".format(*end) for end in (client.getsockname(), client.getpeername())]


def test_a_connection_is_found_by_its_peer_and_broken_off(pair):
    client, served = pair
    with find_connection(*name(client)) as connection:
        connection.break_off()
    assert client.recv(10) == b""
    with pytest.raises(BrokenPipeError):
        served.sendall(b"too late")


def test_what_is_found_is_left_open(pair):
    client, served = pair
    with find_connection(*name(client)):
        pass
    served.sendall(b"still there")
    assert client.recv(20) == b"still there"


def connect_from(port, listener):
    """A client and the connection that was accepted from it; another client may have the same port."""
    client = socket.socket()
    client.settimeout(60)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    client.bind(("127.0.0.1", port))
    client.connect(listener.getsockname())
    return client, listener.accept()[0]


def test_of_two_servers_clients_with_one_port_the_right_one_is_found():
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        first, first_served = connect_from(0, one)
        second, second_served = connect_from(first.getsockname()[1], other)
        with first, first_served, second, second_served:
            for client in (second, first):
                with find_connection(*name(client)) as connection:
                    connection.break_off()
                assert client.recv(10) == b""


@pytest.mark.parametrize("peer", ["127.0.0.1:1", "", "unix"])
def test_a_stranger_is_not_found(peer):
    with find_connection(peer, SERVER) as connection:
        assert connection is None


def test_an_ended_connection_can_be_broken_off_again(pair):
    client, _ = pair
    with find_connection(*name(client)) as connection:
        connection.break_off()
        client.close()
        connection.break_off()


def test_a_search_among_the_open_files_keeps_the_lock_on_the_store(tmp_path):
    path = str(tmp_path / "store.db")
    with closing(open_database(path)), find_connection("127.0.0.1:1", SERVER):
        second = f"from mockpin.emulator.history.store_file import open_database; open_database({path!r})"
        process = subprocess.run([sys.executable, "-c", second], capture_output=True, text=True, check=False)
    assert "StoreInUse" in process.stderr


def test_whoever_writes_waits_for_its_reader():
    ours, theirs = socket.socketpair()

    async def write():
        waiting = asyncio.create_task(ClientConnection(ours).wait_until_read())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert not waiting.done()
        drain(theirs)
        await waiting
        assert not asyncio.get_running_loop().remove_writer(ours)

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
