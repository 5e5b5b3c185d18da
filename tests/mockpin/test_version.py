"""The version that pip shows."""

from importlib.metadata import version

from mockpin.version import __version__


def test_the_version_is_the_distributions():
    assert __version__ == version("mockpin")
