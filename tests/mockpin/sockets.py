"""A server in this process, and what is said to it byte by byte."""

import http.client
import socket
from contextlib import closing

import orjson

from mockpin.emulator.emulator import Emulator
from mockpin.emulator.settings.settings import read_settings
from mockpin.serving.emulator_gateway import make_gateway
from mockpin.serving.server import Background, Server, listen
from mockpin.web.app import build_app
from tests.mockpin.sending import AD_ACCOUNT_ID, PATH, TOKEN, conversion_event

BODY = orjson.dumps({"data": [conversion_event()]})
HEAD = f"POST {PATH} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TOKEN}\r\n".encode()
WAITERS = 4


def chunk(part):
    return b"%x\r\n%s\r\n" % (len(part), part)


def start(*, waiters=20, **texts):
    """An emulator with these settings, and the server of its gateway, which is yet to be entered."""
    emulator = Emulator(read_settings(texts), clock=lambda: conversion_event()["event_time"])
    emulator.accounts.add(AD_ACCOUNT_ID, TOKEN)
    gateway = make_gateway(build_app(emulator), waiters=waiters)
    return emulator, Background(Server(gateway, listen("127.0.0.1", 0)))


def connect(server):
    return socket.create_connection(("127.0.0.1", server.port), timeout=60)


def talk(server, *parts, until=b""):
    """What comes back until the connection ends, or until it says so."""
    with connect(server) as connection:
        heard = b""
        for part in parts:
            connection.sendall(part)
        while not until or until not in heard:
            try:
                more = connection.recv(65536)
            except ConnectionResetError:
                break
            if not more:
                break
            heard += more
        return heard


def ask(server, method="GET", path="/livez", body=None, headers=None):
    """The answer to one request on a connection of its own."""
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)) as client:
        client.request(method, path, body, headers or {})
        answer = client.getresponse()
        with closing(answer):
            answer.read()
        return answer
