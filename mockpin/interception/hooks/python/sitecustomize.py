"""Loaded by Python before the command (PYTHONPATH): the hosts of intercept.json resolve to mockpin.

urllib3 and aiohttp obey no proxy variable by themselves. Connections to these hosts go to mockpin, and TLS
contexts trust mockpin's certificate for them, and for them alone. Modules are patched when the command
imports them, so that Python starts as fast as before. This file runs on every Python from 3.6 on.
"""

import importlib.machinery
import importlib.util
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(os.path.dirname(HERE), "intercept.json")) as table:
    TABLE = json.load(table)


def is_ours(host):
    """Whether mockpin answers for a host, or refuses it because it is Pinterest's."""
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if not isinstance(host, str):
        return False
    name = host.lower().rstrip(".")
    return name in TABLE["hosts"] or any(
        name == host or name.endswith("." + host) for host in TABLE["pinterest"]
    )


def map_port(port):
    """The port of mockpin that stands for a port of one of the hosts."""
    return TABLE["port"] if port in (80, "80", "http") else TABLE["tls_port"]


def patch_socket(socket):
    """Let the hosts resolve to mockpin."""
    resolve = socket.getaddrinfo

    def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
        if is_ours(host):
            return resolve("127.0.0.1", map_port(port), socket.AF_INET, type, proto)
        return resolve(host, port, family, type, proto, flags)

    socket.getaddrinfo = getaddrinfo


def patch_ssl(ssl):
    """Let a context trust mockpin's certificate just before it is used for one of the hosts."""

    def trusting(wrap):
        def wrap_trusting(self, *args, **kwargs):
            if any(is_ours(value) for value in list(args) + list(kwargs.values())):
                self.load_verify_locations(TABLE["ca"])
            return wrap(self, *args, **kwargs)

        return wrap_trusting

    ssl.SSLContext.wrap_socket = trusting(ssl.SSLContext.wrap_socket)
    ssl.SSLContext.wrap_bio = trusting(ssl.SSLContext.wrap_bio)


def patch_uvloop(uvloop):
    """Let uvloop, which resolves names by itself, connect to mockpin for the hosts."""
    connect, resolve = uvloop.Loop.create_connection, uvloop.Loop.getaddrinfo

    async def create_connection(self, factory, host=None, port=None, **options):
        if is_ours(host):
            if options.get("ssl"):
                options.setdefault("server_hostname", host)
            host, port = "127.0.0.1", map_port(port)
        return await connect(self, factory, host, port, **options)

    async def getaddrinfo(self, host, port, **options):
        if is_ours(host):
            host, port = "127.0.0.1", map_port(port)
        return await resolve(self, host, port, **options)

    uvloop.Loop.create_connection, uvloop.Loop.getaddrinfo = create_connection, getaddrinfo


def patch_aiohttp_resolver(resolver):
    """Let aiohttp resolve with the system, also where aiodns is installed."""
    resolver.DefaultResolver = resolver.ThreadedResolver


PATCHES = {
    "socket": patch_socket,
    "ssl": patch_ssl,
    "uvloop": patch_uvloop,
    "aiohttp.resolver": patch_aiohttp_resolver,
}


class Patcher:
    """A finder that patches a module of the table right after it is imported."""

    def find_spec(self, name, path=None, target=None):
        """The spec that the other finders give, its loader patching; None for every other module."""
        if name not in PATCHES:
            return None
        others = (
            finder for finder in list(sys.meta_path) if finder is not self and hasattr(finder, "find_spec")
        )
        spec = next(filter(None, (finder.find_spec(name, path, target) for finder in others)), None)
        if spec is not None and hasattr(spec.loader, "exec_module"):
            execute = spec.loader.exec_module
            spec.loader.exec_module = lambda module: (execute(module), PATCHES[name](module))
        return spec


def run_next_sitecustomize():
    """Run the sitecustomize that this one stands before, if there is one."""
    rest = [folder for folder in sys.path if os.path.abspath(folder or os.curdir) != HERE]
    spec = importlib.machinery.PathFinder.find_spec("sitecustomize", rest)
    if spec is not None and spec.loader is not None:
        spec.loader.exec_module(importlib.util.module_from_spec(spec))


for loaded, patch in PATCHES.items():
    if loaded in sys.modules:
        patch(sys.modules[loaded])
sys.meta_path.insert(0, Patcher())
run_next_sitecustomize()
