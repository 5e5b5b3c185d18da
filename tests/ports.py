"""A port for a server that is told its own before it starts."""

import socket
from contextlib import suppress
from random import SystemRandom

#: Below what systems give to whoever asks for any port, as the other tests do all the time.
SPARE = range(15_000, 30_000)


def free_port():
    """A port on which nobody listens, and which nobody is given meanwhile."""
    while True:
        port = SystemRandom().choice(SPARE)  # the tests' own randomness begins the same in every process
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
