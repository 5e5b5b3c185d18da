"""Test what you send to Pinterest's Conversions API without sending it to Pinterest."""

from importlib.metadata import version

__version__ = version("mockpin")
