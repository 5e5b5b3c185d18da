"""Ctrl-C, pressed once or ten times: one interruption."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from mockpin.cli.shared.interruption import interrupted_once


@contextmanager
def handled_by(handler: Callable[..., Any] | signal.Handlers) -> Iterator[None]:
    """SIGINT handled so, whatever the one who started the tests made of it."""
    before = signal.signal(signal.SIGINT, handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def test_the_first_ctrl_c_interrupts_and_the_next_are_ignored():
    with handled_by(signal.default_int_handler), interrupted_once():
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)


def test_after_it_ctrl_c_interrupts_again():
    with handled_by(signal.default_int_handler):
        with interrupted_once(), pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_where_ctrl_c_is_ignored_it_stays_so():
    with handled_by(signal.SIG_IGN):
        with interrupted_once():
            signal.raise_signal(signal.SIGINT)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
