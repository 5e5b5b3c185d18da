"""What mockpin takes from granian without a promise: a new granian that changes it fails here."""

import ast
import asyncio
import inspect
import os
import socket
import textwrap
from importlib.metadata import requires

import pytest
from granian import net
from granian.rsgi import HTTPProtocol, Scope
from granian.server.common import AbstractServer
from granian.server.embed import Server as GranianServer
from packaging.requirements import Requirement

from mockpin.serving.granian_parts import (
    EmbeddedServer,
    ProtocolClosed,
    ProtocolError,
    embed,
    respond_in_part,
)
from mockpin.serving.server import listen


class Nothing:
    async def __rsgi__(self, scope, protocol):
        protocol.response_empty(204, [])

    def stop(self):
        pass


class Part(Nothing):
    """Answers with this part of a body of 100 bytes."""

    def __init__(self, part):
        self.part = part

    async def __rsgi__(self, scope, protocol):
        await respond_in_part(protocol, 200, [("x-more", "1")], self.part, 100)


@pytest.fixture
def listener():
    with listen("127.0.0.1", 0) as listener:
        yield listener


def find_attributes(function, kind):
    """The attributes of `self` that a function stores or loads."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, kind)
        and ast.unparse(node.value) == "self"
    }


def test_the_requirement_excludes_the_next_major_version():
    (granian,) = [item for item in map(Requirement, requires("mockpin")) if item.name == "granian"]
    assert not granian.specifier.contains("3.0")


def test_granian_binds_its_socket_in_one_method_that_stores_these_three():
    assert find_attributes(AbstractServer._init_shared_socket, ast.Store) == {"_ssp", "_sfd", "_shd"}
    assert "_init_shared_socket" not in vars(GranianServer)


def test_granian_gives_its_workers_the_socket_from_there():
    read = find_attributes(GranianServer._spawn_worker, ast.Load)
    assert {"_ssp", "_shd"} <= read
    assert "_sfd" not in read


def test_a_holder_takes_a_descriptor_a_kind_and_a_backlog(listener):
    holder = net.SocketHolder(os.dup(listener.fileno()), False, 5)
    assert holder.is_uds() is False
    os.close(holder.get_fd())


def test_rsgi_has_the_parts_that_the_gateway_reads():
    assert {"http_version", "server", "client", "scheme", "method", "path", "query_string"} <= set(
        Scope.__annotations__
    )
    parts = ("__call__", "__aiter__", "client_disconnect", "response_bytes", "response_stream")
    assert [name for name in parts if not hasattr(HTTPProtocol, name)] == []
    assert issubclass(ProtocolClosed, Exception)
    assert issubclass(ProtocolError, Exception)


def test_a_stop_ends_the_wait_and_closes_the_descriptor(listener):
    async def serve_and_stop():
        server = embed(Nothing(), listener, backlog=5)
        serving = asyncio.create_task(server.serve())
        await asyncio.sleep(0)
        assert server.listens()
        server.stop()
        await server.wait_until_ended()
        await serving
        return server

    server = asyncio.run(serve_and_stop())
    assert isinstance(server, EmbeddedServer)
    assert not server.listens()


def ask(gateway, listener):
    """All that an embedded server says to one request, until it ends the connection."""

    async def serve_and_ask():
        server = embed(gateway, listener, backlog=5)
        serving = asyncio.create_task(server.serve())
        reader, writer = await asyncio.open_connection(*listener.getsockname())
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        heard = await reader.read()
        writer.close()
        server.stop()
        await serving
        return heard

    return asyncio.run(serve_and_ask())


def test_it_serves_on_the_socket_that_it_was_given(listener):
    assert ask(Nothing(), listener).startswith(b"HTTP/1.1 204")
    assert listener.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN) == 1


def test_a_part_in_one_piece_is_written_whole_under_the_length_that_was_promised(listener):
    head, _, body = ask(Part(b"begin"), listener).partition(b"\r\n\r\n")
    fields = head.lower().split(b"\r\n")
    assert {b"x-more: 1", b"content-length: 100"} <= set(fields)
    assert body == b"begin"


def test_a_part_without_a_byte_never_passes_for_a_whole_body(listener):
    assert b"content-length: 0" not in ask(Part(b""), listener).lower()
